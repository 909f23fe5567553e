import { getTranslations } from 'next-intl/server'

const ROWS = ['database', 'server', 'operator', 'device', 'bundle', 'nobody'] as const

/** Who could cheat by controlling what, and who would notice: kept true with the README. */
export async function TrustTable() {
  const t = await getTranslations()
  const cell = 'block px-3 py-2 align-top min-[44rem]:table-cell min-[44rem]:py-3'
  return (
    <section className="sheet panel" aria-labelledby="trust">
      <h2 id="trust" className="mb-3">
        {t('log.trust')}
      </h2>
      <table className="w-full text-start text-note">
        <thead className="sr-only min-[44rem]:not-sr-only min-[44rem]:table-header-group">
          <tr className="text-ink-2">
            <th className="px-3 py-2 text-start">{t('log.who')}</th>
            <th className="px-3 py-2 text-start">{t('log.can')}</th>
            <th className="px-3 py-2 text-start">{t('log.cannot')}</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map(row => (
            <tr key={row} className="block border-rule border-t py-2 min-[44rem]:table-row">
              <th scope="row" className={`${cell} text-start font-semibold min-[44rem]:w-1/5`}>
                {t(`log.table.${row}.who`)}
              </th>
              <td className={cell}>
                <span className="text-ink-2 min-[44rem]:hidden">{t('log.can')}: </span>
                {t(`log.table.${row}.can`)}
              </td>
              <td className={cell}>
                <span className="text-ink-2 min-[44rem]:hidden">{t('log.cannot')}: </span>
                {t(`log.table.${row}.cannot`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
