import { getTranslations } from 'next-intl/server'
import { HandedIn } from './handed-in.tsx'

/** Said loudly, on every page that speaks of the log: nothing is being recorded, and why. */
export async function ReadOnlyNotice({
  readOnly,
}: {
  readOnly: { code: string; detail: string; isHandedIn?: boolean }
}) {
  const t = await getTranslations()
  return (
    <section className="notice loud" role="alert">
      <strong className="block">{t('readOnly.title')}</strong>
      <p>{t('readOnly.text')}</p>
      <p className="mt-1 text-note">
        {t('readOnly.reason')}:{' '}
        <bdi dir="ltr" className="code">
          {readOnly.code}: {readOnly.detail}
        </bdi>
      </p>
      {readOnly.isHandedIn && <HandedIn />}
    </section>
  )
}
