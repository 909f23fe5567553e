import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { Answered, Legs, PartyFigures } from '@/lib/data/party-figures.ts'
import { formatNumber, formatShare } from '@/lib/format/number.ts'
import { formatDuration } from '@/lib/format/time.ts'

type Props = {
  figures: PartyFigures
  /** Stands first: what is so now, whatever the period. */
  now?: ReactNode
}

/** What a party gave, took and took its time with: numbers first, then one small chart with its numbers beside it. */
export async function Figures({ figures: { given, taken, legs }, now }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const rest = (['open', 'refused', 'withdrawn'] as const).filter(name => given[name] > 0)
  return (
    <div className="grid gap-5">
      <dl className="figures">
        {now}
        <Figure title={t('parties.figures.given')} value={formatNumber(locale, given.received)}>
          {await differing(given)}
          {rest.length > 0 && (
            <p>{rest.map(name => t(`parties.figures.${name}`, { count: given[name] })).join(' · ')}</p>
          )}
        </Figure>
        <Figure title={t('parties.figures.taken')} value={formatNumber(locale, taken.received)}>
          {await differing(taken)}
          {taken.refused > 0 && <p>{t('parties.figures.refused', { count: taken.refused })}</p>}
        </Figure>
      </dl>
      <LegChart legs={legs} />
    </div>
  )

  async function differing({ received, differs }: Answered) {
    if (received === 0) return null
    if (differs === 0) return <p>{t('parties.figures.noDifference')}</p>
    const share = formatShare(locale, differs, received)
    return <p className="text-open">{t('parties.figures.differs', { count: differs, share })}</p>
  }
}

/** One number, large, with what it is and what belongs to it. */
export function Figure({ title, value, children }: { title: string; value: ReactNode; children?: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-2 text-note">{title}</dt>
      <dd>
        <p className="figure">{value}</p>
        <div className="text-ink-2 text-note">{children}</div>
      </dd>
    </div>
  )
}

const HOUR = 3_600_000

/** Length of a bar's scale; the drawing is stretched to its column. */
const SCALE = 100

async function LegChart({ legs: { count, medianHours, bars } }: { legs: Legs }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const longest = Math.max(1, ...bars.map(bar => bar.count))
  return (
    <div className="grid gap-2">
      <h3>{t('parties.figures.legs')}</h3>
      <p className="max-w-[70ch] text-ink-2 text-note">{t('parties.figures.legsText')}</p>
      {medianHours === undefined ? (
        <p>{t('parties.figures.noLeg')}</p>
      ) : (
        <>
          <p>
            {t('parties.figures.median', { duration: formatDuration(locale, Math.max(1, medianHours) * HOUR), count })}
          </p>
          <table className="bars">
            <caption className="sr-only">{t('parties.figures.legs')}</caption>
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('parties.figures.time')}</th>
                <th scope="col">{t('parties.figures.count')}</th>
              </tr>
            </thead>
            <tbody>
              {bars.map(({ from, to, count: size }) => (
                <tr key={from}>
                  <th scope="row">
                    {to === undefined
                      ? t('parties.figures.over', { from })
                      : from === 0
                        ? t('parties.figures.under', { to })
                        : t('parties.figures.between', { from, to })}
                  </th>
                  <td>
                    <span className="bar-cell">
                      <Bar share={size / longest} />
                      {formatNumber(locale, size)}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  )
}

/** In true proportion; a share too thin to see gets a tick. The number stands beside it, so it says nothing to a reader. */
function Bar({ share }: { share: number }) {
  const length = share === 0 ? 0 : Math.max(share * SCALE, 0.75)
  return (
    <svg viewBox={`0 0 ${SCALE} 10`} preserveAspectRatio="none" className="bar rtl:-scale-x-100" aria-hidden="true">
      <rect width={SCALE} height="10" className="fill-fold" />
      <rect width={length} height="10" className="fill-ink-2" />
    </svg>
  )
}
