import { getLocale, getTranslations } from 'next-intl/server'
import type { LogHealth } from '@/lib/data/log-health.ts'
import { formatNumber } from '@/lib/format/number.ts'

/** What was refused, by the code that its sender was told. */
export async function Refused({ refused }: { refused: LogHealth['refused'] }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return (
    <section className="sheet panel grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="refused">
      <h2 id="refused">{t('status.refused')}</h2>
      <p className="text-ink-2 text-note">{t('status.refusedText')}</p>
      {refused.length === 0 ? (
        <p>{t('status.refusedNone')}</p>
      ) : (
        <table className="rows">
          <thead>
            <tr>
              <th scope="col">{t('status.code')}</th>
              <th scope="col" className="number whitespace-normal">
                {t('status.today')}
              </th>
              <th scope="col" className="number whitespace-normal">
                {t('status.week')}
              </th>
            </tr>
          </thead>
          <tbody>
            {refused.map(({ code, today, week }) => (
              <tr key={code}>
                <th scope="row" className="whitespace-normal">
                  <bdi dir="ltr" className="code">
                    {code}
                  </bdi>
                </th>
                <td className="number">{formatNumber(locale, today)}</td>
                <td className="number">{formatNumber(locale, week)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
