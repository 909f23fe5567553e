import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { LeaveForm } from '@/app/(workspace)/_act/leave-form.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.write-off') }
}

export default async function WriteOffPage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('write-off', given)
  return (
    <ActPage opened={opened} title={t('act.write-off.title')} lead={t('act.write-off.lead')}>
      {props => <LeaveForm props={props} kind="write-off" />}
    </ActPage>
  )
}
