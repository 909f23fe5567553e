import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { ReleaseForm } from './release-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.release') }
}

export default async function ReleasePage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('release', given, 'everyone')
  return (
    <ActPage opened={opened} title={t('act.release.title')} lead={t('act.release.lead')}>
      {props => <ReleaseForm {...props} />}
    </ActPage>
  )
}
