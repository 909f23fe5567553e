import type { Reading } from '@/app/(public)/track/[reference]/reading.ts'
import { paths } from '@/lib/paths.ts'

/** Paper and proof: labels, the file that proves it all, and what anyone sees. */
export function Downloads({ reading: { t, view, sealedSize = 0 }, as }: { reading: Reading; as: string | undefined }) {
  const last = view.events.at(-1)
  return (
    <section className="sheet panel grid gap-3" aria-labelledby="papers">
      <h2 id="papers">{t('consignments.papers')}</h2>
      <div className="no-print flex flex-wrap gap-2.5">
        {view.mode === 'live' && (
          <a className="btn" href={paths.labels(view.reference, as)}>
            {t('consignments.labels')}
          </a>
        )}
        <a className="btn" href={paths.evidence(view.reference)} download={`${view.reference}.evidence.json`}>
          {t('track.download')}
        </a>
        <a className="btn quiet" href={paths.track(view.reference)}>
          {t('consignments.publicPage')}
        </a>
      </div>
      {last && last.index >= sealedSize && <p className="text-ink-2 text-note">{t('consignments.beingSealed')}</p>}
    </section>
  )
}
