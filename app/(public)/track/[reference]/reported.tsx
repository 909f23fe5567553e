import { formatCountry } from '@/lib/format/number.ts'
import { formatDate } from '@/lib/format/time.ts'
import { namesIn, ShownText } from './names.tsx'
import type { Reading } from './reading.ts'

const DATES = ['ordered', 'scheduled', 'delivered', 'recorded'] as const

/** History from elsewhere: who says so, and what it tells. No holdings, no balance, never the green seal. */
export function Reported({ reading }: { reading: Reading }) {
  const { t, view, locale } = reading
  const reported = view.reported
  if (!reported) return null
  const dates = DATES.flatMap(name => {
    const date = reported.dates[name]
    return date === undefined ? [] : [{ name, date }]
  })
  const route = [
    ...(reported.mode === undefined ? [] : [t(`modes.${reported.mode}`)]),
    ...(reported.to === undefined ? [] : [t('track.to', { country: formatCountry(locale, reported.to) })]),
  ]
  return (
    <section className="sheet panel" aria-labelledby="reported">
      <h2 id="reported">{t('track.reportedTitle')}</h2>
      <p className="mt-1 text-ink-2">{t.rich('track.reportedText', namesIn(reading, { party: view.founder }))}</p>
      <dl className="facts mt-4 grid-cols-2">
        {dates.map(({ name, date }) => (
          <div key={name}>
            <dt>{t(`track.dates.${name}`)}</dt>
            <dd>
              <time dateTime={date}>{formatDate(locale, date)}</time>
            </dd>
          </div>
        ))}
        {route.length > 0 && (
          <div>
            <dt>{t('track.route')}</dt>
            <dd>{route.join(', ')}</dd>
          </div>
        )}
        {reported.vendor && (
          <div>
            <dt>{t('track.vendor')}</dt>
            <dd>
              <ShownText t={t} shown={reported.vendor} />
            </dd>
          </div>
        )}
        {reported.recipient && (
          <div>
            <dt>{t('track.recipient')}</dt>
            <dd>
              <ShownText t={t} shown={reported.recipient} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}
