import { getTranslations } from 'next-intl/server'
import { Redrawn } from '../../island.tsx'

/** Share, copy and print. Each needs a script, so without one there is only the browser's own menu. */
export async function PassOn() {
  const t = await getTranslations()
  return (
    <section
      className="no-print sheet panel"
      aria-labelledby="pass-on"
      data-needs-script=""
      hidden
      suppressHydrationWarning
    >
      <h2 id="pass-on">{t('share.title')}</h2>
      <p className="mt-1 text-ink-2 text-note">{t('share.text')}</p>
      <div className="mt-3 flex flex-wrap gap-2.5">
        <button type="button" className="btn" data-does="share" hidden suppressHydrationWarning>
          {t('share.share')}
        </button>
        <button type="button" className="btn" data-does="copy">
          {t('share.copy')}
        </button>
        <button type="button" className="btn quiet" data-does="print">
          {t('share.print')}
        </button>
      </div>
      <div aria-live="polite" className="mt-2 text-note">
        <Redrawn id="shared" markup="" />
      </div>
    </section>
  )
}
