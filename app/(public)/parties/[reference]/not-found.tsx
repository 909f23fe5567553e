import { getTranslations } from 'next-intl/server'
import { paths } from '@/lib/paths.ts'

export default async function PartyNotFound() {
  const t = await getTranslations()
  return (
    <section className="sheet panel grid max-w-[640px] gap-3">
      <h1>{t('parties.unknownTitle')}</h1>
      <p>{t('parties.unknown')}</p>
      <p>
        <a href={paths.home()}>{t('errors.backHome')}</a>
      </p>
    </section>
  )
}
