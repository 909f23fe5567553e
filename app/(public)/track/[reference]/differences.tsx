import { namesIn } from './names.tsx'
import { openDifferences, type Reading, unsettledEvents } from './reading.ts'

/** What does not fit and nobody has settled: goods missing between two parties, and records that are not in effect. */
export function Differences({ reading }: { reading: Reading }) {
  const { t } = reading
  const missing = openDifferences(reading.view)
  const events = unsettledEvents(reading.view)
  if (missing.length + events.length === 0) return null
  return (
    <section className="notice" aria-labelledby="differences">
      <h2 id="differences" className="mb-2 text-open">
        {t('track.differences')}
      </h2>
      <ul className="grid gap-2">
        {missing.map(({ handoff, missing: { line, condition, quantity } }) => (
          <li key={`${handoff.release} ${line} ${condition}`}>
            <a href={`#record-${handoff.releaseIndex}`}>
              {t.rich('track.missingAt', {
                ...namesIn(reading, { giver: handoff.giver, taker: handoff.taker }),
                quantity: reading.count(line, quantity),
              })}
            </a>{' '}
            <bdi className="text-ink-2">{reading.line(line)?.item}</bdi>
          </li>
        ))}
        {events.map(event => (
          <li key={event.index}>
            <a href={`#record-${event.index}`}>
              {t.has(`kinds.${event.kind}`) ? t(`kinds.${event.kind}`) : t('kinds.newer')}{' '}
              {t.rich('track.by', namesIn(reading, { party: event.by }))}
            </a>
            : {t('track.notInEffect', { reason: event.notInEffect ? t(`refusals.${event.notInEffect}`) : '' })}
          </li>
        ))}
      </ul>
    </section>
  )
}
