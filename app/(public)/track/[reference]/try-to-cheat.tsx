import { getTranslations } from 'next-intl/server'
import { escapeHtml } from '@/lib/device/words.ts'
import { Redrawn } from '../../island.tsx'

/** The bench, closed: what it is for, and the button that fetches it. Without scripts nothing can be tried, and it says so. */
export async function TryToCheat() {
  const t = await getTranslations()
  const button = `<button type="button" class="btn" data-does="cheat" data-needs-script hidden>${escapeHtml(t('cheat.open'))}</button>`
  return (
    <section className="no-print sheet panel" aria-labelledby="cheat">
      <h2 id="cheat">{t('cheat.title')}</h2>
      <p className="mt-1 max-w-[62ch] text-ink-2">{t('cheat.lead')}</p>
      <noscript>
        <p className="mt-2">{t('cheat.needsScript')}</p>
      </noscript>
      <div className="mt-3">
        <Redrawn id="bench" markup={button} />
      </div>
    </section>
  )
}
