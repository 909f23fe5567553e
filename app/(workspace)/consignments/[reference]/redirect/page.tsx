import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { Name } from '@/app/(workspace)/_act/name.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { RedirectForm } from './redirect-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.redirect') }
}

export default async function RedirectPage(given: ActPageProps) {
  const t = await getTranslations()
  const opened = await openAct('redirect', given, 'everyone')
  const { state, parties } = opened
  const { consignee } = state
  const lead =
    consignee === undefined
      ? t('act.redirect.leadNone')
      : t.rich('act.redirect.lead', {
          consignee: () => <Name key="consignee" parties={parties} reference={consignee} />,
        })
  return (
    <ActPage opened={opened} title={t('act.redirect.title')} lead={lead}>
      {props => <RedirectForm {...props} />}
    </ActPage>
  )
}
