import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { LeaveForm } from '@/app/(workspace)/_act/leave-form.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.distribute') }
}

export default async function DistributePage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('distribute', given)
  return (
    <ActPage opened={opened} title={t('act.distribute.title')} lead={t('act.distribute.lead')}>
      {props => <LeaveForm props={props} kind="distribute" />}
    </ActPage>
  )
}
