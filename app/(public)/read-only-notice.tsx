import { getTranslations } from 'next-intl/server'
import type { ReadOnlyCode } from '@/lib/data/log-state.ts'
import { wayOutOf } from '@/lib/data/way-out.ts'
import { HandedIn } from './handed-in.tsx'

/** Said loudly, on every page that speaks of the log: nothing is being recorded, and why. */
export async function ReadOnlyNotice({
  readOnly,
}: {
  readOnly: { code: ReadOnlyCode; detail: string; isHandedIn?: boolean }
}) {
  const t = await getTranslations()
  return (
    <section className="notice loud" role="alert">
      <strong className="block">{t('readOnly.title')}</strong>
      <p>{t('readOnly.text')}</p>
      <p className="mt-1">{t(`readOnly.wayOut.${wayOutOf(readOnly.code)}`)}</p>
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
