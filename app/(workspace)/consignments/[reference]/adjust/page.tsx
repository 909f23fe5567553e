import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { ActPage } from '@/app/(workspace)/_act/act-page.tsx'
import { type ActPageProps, openAct } from '@/app/(workspace)/_act/open-act.ts'
import { AdjustForm } from './adjust-form.tsx'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations())('act.do.adjust') }
}

export default async function AdjustPage(given: ActPageProps) {
  const t = await getTranslations()
  return (
    <ActPage opened={await openAct('adjust', given)} title={t('act.adjust.title')} lead={t('act.adjust.lead')}>
      {props => <AdjustForm {...props} />}
    </ActPage>
  )
}
