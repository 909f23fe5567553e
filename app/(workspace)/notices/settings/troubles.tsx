import { getTranslations } from 'next-intl/server'
import type { Trouble } from '@/lib/data/deliveries.ts'
import { UtcTime } from '../../_forms/utc-time.tsx'

/** What did not reach the member: given up, or still tried. Nothing where all is well. */
export async function Troubles({ troubles }: { troubles: readonly Trouble[] }) {
  const t = await getTranslations()
  if (troubles.length === 0) return null
  return (
    <section className="notice grid gap-2" aria-labelledby="troubles">
      <h2 id="troubles">{t('notices.own.trouble')}</h2>
      <ul className="grid gap-1">
        {troubles.map(({ channel, notices: count, code, at, isGivenUp }) => {
          const time = () => <UtcTime key="time" milliseconds={at} />
          return (
            <li key={`${channel} ${at} ${code}`}>
              {isGivenUp
                ? t.rich('notices.own.gaveUp', { count, time })
                : t.rich('notices.own.trying', { count, time })}{' '}
              {t(`notices.own.codes.${code}`)}
            </li>
          )
        })}
      </ul>
      <p>{t('notices.own.troubleText')}</p>
    </section>
  )
}
