import { getTranslations } from 'next-intl/server'

/** Read from leaf 0, so a log cannot be shown as something else than it was founded. */
export async function DemoNotice() {
  const t = await getTranslations()
  return (
    <p className="notice text-note">
      <strong>{t('demo.title')}.</strong> {t('demo.text')}
    </p>
  )
}
