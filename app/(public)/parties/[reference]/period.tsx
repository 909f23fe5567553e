import { getTranslations } from 'next-intl/server'

/** Times that figures are counted over: so many days until now, or all. */
const PERIODS = ['30', '90', '365', 'all'] as const
type Period = (typeof PERIODS)[number]

const DAY = 24 * 60 * 60 * 1000

/** The period that an address asks for; a quarter where it asks for none that there is. */
export function periodIn(asked: string | undefined): Period {
  return PERIODS.find(each => each === asked) ?? '90'
}

/** When a period began, unix milliseconds. Whole days, so that an address gives the same figures all day. */
export function beginOf(period: Period, now = Date.now()): number {
  return period === 'all' ? 0 : Math.floor(now / DAY) * DAY - Number(period) * DAY
}

/** The periods as plain links. `to`: the page with another period in its address. */
export async function PeriodLinks({ period, to }: { period: Period; to: (period: Period) => string }) {
  const t = await getTranslations()
  return (
    <nav aria-label={t('parties.figures.period')} className="no-print">
      <ul className="flex flex-wrap gap-1.5">
        {PERIODS.map(each => (
          <li key={each}>
            <a className="filter" href={to(each)} {...(each === period && { 'aria-current': 'true' as const })}>
              {t(`parties.figures.periods.${each}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
