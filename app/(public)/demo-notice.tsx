import { getTranslations } from 'next-intl/server'

/** Read from leaf 0, so a log cannot be shown as something else than it was founded. `isShort`: where people work all day. */
export async function DemoNotice({ isShort = false }: { isShort?: boolean }) {
  const t = await getTranslations()
  if (isShort)
    return (
      <p className="text-note text-open">
        <strong>{t('demo.short')}</strong>
      </p>
    )
  return (
    <p className="notice text-note">
      <strong>{t('demo.title')}.</strong> {t('demo.text')}
    </p>
  )
}
