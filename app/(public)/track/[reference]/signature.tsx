import type { EventView } from '@/lib/core/custody/views.ts'
import { formatCountry } from '@/lib/format/number.ts'
import { clockOf, clocksDiffer, formatDateTime, formatDuration, formatOffset, isoOf } from '@/lib/format/time.ts'
import { paths } from '@/lib/paths.ts'
import { Code, ShownText } from './names.tsx'
import { clockDifference, type Reading } from './reading.ts'

/** When and where, as the signer said it, by the clock of the place. */
export function When({ reading, event }: { reading: Reading; event: EventView }) {
  const { t, locale } = reading
  const clock = clockOf(event.at)
  const place = event.fields.place
  return (
    <>
      <time dateTime={isoOf(clock)}>{formatDateTime(locale, clock)}</time>{' '}
      <bdi dir="ltr" className="text-[0.85em]">
        {formatOffset(clock.offset)}
      </bdi>
      {place && 'value' in place && (
        <>
          {' · '}
          <ShownText t={t} shown={place} />
        </>
      )}
      {event.place && ` · ${formatCountry(locale, event.place.country)}`}
    </>
  )
}

/** What a reader must know about a signature beside the act itself: the other clock, whose key it was, what became of it. */
export function Marks({ reading, event }: { reading: Reading; event: EventView }) {
  const { t } = reading
  const marks: { text: string; isOpen?: boolean }[] = []
  const difference = clockDifference(event)
  const clock = clockOf(event.at)
  if (clocksDiffer({ claimed: clock.milliseconds, recorded: event.recordedAt })) {
    const duration = formatDuration(reading.locale, difference)
    marks.push({ text: t(difference > 0 ? 'track.clocks.later' : 'track.clocks.earlier', { duration }) })
    const recorded = { milliseconds: event.recordedAt, offset: clock.offset }
    marks.push({ text: t('track.clocks.recorded', { when: formatDateTime(reading.locale, recorded) }) })
  }
  if (event.index >= (reading.sealedSize ?? Number.POSITIVE_INFINITY)) marks.push({ text: t('track.unsealed') })
  if (event.keyHeld !== 'device') marks.push({ text: t(`track.mark.${event.keyHeld}`) })
  if (event.keyByOperator) marks.push({ text: t('track.mark.operator') })
  if (event.keyStolen) marks.push({ text: t('track.mark.stolen'), isOpen: true })
  if (event.restates !== undefined) marks.push({ text: t('track.restates') })
  for (const index of event.correctedBy) marks.push({ text: t('track.correctedBy', { index }) })
  if (marks.length === 0) return null
  return (
    <ul className="mt-1.5 flex flex-wrap gap-1.5">
      {marks.map(({ text, isOpen }) => (
        <li key={text} className={`chip ${isOpen ? 'open' : ''}`}>
          {text}
        </li>
      ))}
    </ul>
  )
}

/** What a correction replaced, as it was first signed. */
export function Corrected({ reading, event }: { reading: Reading; event: EventView }) {
  const { t, locale } = reading
  const { original } = event
  if (!original || (original.at === undefined && !original.place && !original.fields)) return null
  const was = [
    ...(original.at === undefined ? [] : [formatDateTime(locale, clockOf(original.at))]),
    ...(original.place ? [formatCountry(locale, original.place.country)] : []),
    ...Object.values(original.fields ?? {}).map(shown => ('value' in shown ? shown.value : t(`field.${shown.absent}`))),
  ]
  return (
    <p className="text-ink-2 text-note">
      {t('track.corrects')}: <s>{was.join(' · ')}</s>
    </p>
  )
}

/** Where the record stands and how to check it alone: one level deeper, where an auditor looks. */
export function RecordDetails({ reading, event }: { reading: Reading; event: EventView }) {
  const { t } = reading
  const facts = [
    [t('track.detail.index'), String(event.index)],
    [t('track.detail.hash'), event.hash],
    [t('track.detail.key'), event.key],
  ] as const
  return (
    <details className="mt-1 text-[0.8125rem] text-ink-2">
      <summary className="w-fit py-1">
        {t('track.details')} {event.index}
      </summary>
      <dl className="facts mt-1">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Code>{value}</Code>
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('track.detail.proof')}</dt>
          <dd>
            <a href={paths.proof(event.hash)} download={`${event.hash.slice(0, 16)}.tlog-proof`}>
              {t('track.detail.download')}
            </a>
          </dd>
        </div>
      </dl>
    </details>
  )
}
