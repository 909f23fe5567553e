import { getTranslations } from 'next-intl/server'
import { Redrawn } from '../island.tsx'

/** What this browser has seen of the log, and how that holds against what is shown now: filled by the browser, which alone knows. */
export async function Remembered() {
  const t = await getTranslations()
  return (
    <section className="sheet panel grid min-w-0 gap-3" aria-labelledby="remembered-title">
      <h2 id="remembered-title">{t('memory.remembered.title')}</h2>
      <p className="text-ink-2 text-note">{t('memory.remembered.text')}</p>
      <noscript>
        <p>{t('memory.remembered.script')}</p>
      </noscript>
      <Redrawn id="remembered" markup="" />
    </section>
  )
}
