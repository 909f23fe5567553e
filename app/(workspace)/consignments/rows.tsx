import { getLocale, getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { Sort } from '@/lib/data/listing.ts'
import type { ListingRow } from '@/lib/data/listing-rows.ts'
import { paths } from '@/lib/paths.ts'
import { Age } from '../_shown/age.tsx'
import { PartySaid } from '../_shown/party-name.tsx'
import { type Filters, spelled } from './filters.ts'
import { Halves } from './halves.tsx'

type Props = { rows: readonly ListingRow[]; now: number; filters: Filters; as: string | undefined }
type Words = Awaited<ReturnType<typeof getTranslations>>

const COLUMNS = ['reference', 'goods', 'stage', 'way', 'handoff', 'with', 'newest'] as const

/** What a press on a column's name orders by; pressed again where there is another end to begin at. */
const ORDERS: Readonly<Partial<Record<(typeof COLUMNS)[number], readonly Sort[]>>> = {
  goods: ['item'],
  stage: ['stage'],
  newest: ['newest', 'oldest'],
}

/** The list: at a desk a table with rows of forty pixels, on a phone a card for each. */
export async function Rows({ rows, now, filters, as }: Props) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { sort = 'newest' } = filters
  return (
    <section className="sheet min-w-0" aria-label={t('workspace.consignments')}>
      <table className="rows listing">
        <thead>
          <tr>
            {COLUMNS.map(name => {
              const orders = ORDERS[name]
              const label = t(`consignments.column.${name}`)
              if (!orders) {
                return (
                  <th key={name} scope="col" className={WIDTHS[name]}>
                    {label}
                  </th>
                )
              }
              const at = orders.indexOf(sort)
              const next = orders[(at + 1) % orders.length]
              const down = sort === 'newest'
              return (
                <th
                  key={name}
                  scope="col"
                  className={WIDTHS[name]}
                  {...(at >= 0 && { 'aria-sort': down ? ('descending' as const) : ('ascending' as const) })}
                >
                  <a
                    href={paths.consignments(as, spelled({ ...filters, sort: next, page: 1 }))}
                    className="listing-order"
                  >
                    {label}
                    {at >= 0 && <span aria-hidden="true">{down ? '↓' : '↑'}</span>}
                  </a>
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>{rows.map(row => OneRow({ row, now, as, t, locale }))}</tbody>
      </table>
    </section>
  )
}

/** What a narrower desk has no place for; a card has it again. */
const WIDE = 'min-[62rem]:max-[88rem]:hidden'
const CARD = 'min-[62rem]:hidden'
const WIDTHS = {
  reference: 'w-[9.5rem]',
  goods: '',
  stage: 'w-[11rem]',
  way: `w-[18%] ${WIDE}`,
  handoff: 'w-[22%] min-[88rem]:w-[17%]',
  with: CARD,
  newest: 'w-[7.5rem]',
} as const

// A plain function, called for every row: a component apiece is what makes a long list slow.
function OneRow(props: { row: ListingRow; now: number; as: string | undefined; t: Words; locale: string }) {
  const { row, now, as, t, locale } = props
  const { reference, title, lines, quantity, unit, stage, founder, consignee, holders, handoff, differs, recordedAt } =
    row
  const count = t(`units.${unit}`, { count: quantity })
  const more = lines > 1 ? ` ${t('home.more', { count: lines - 1 })}` : ''
  const [holder, ...others] = holders
  const ends = {
    from: () => <PartySaid key="from" party={founder} t={t} />,
    to: () => <PartySaid key="to" party={consignee ?? founder} t={t} />,
  }
  return (
    <tr key={reference}>
      <th scope="row">
        <a href={paths.consignment(reference, as)} className="inline-flex min-h-tap items-center min-[62rem]:min-h-6">
          <bdi dir="ltr" className="code whitespace-nowrap">
            {formatReference(reference)}
          </bdi>
        </a>
      </th>
      <td>
        <span className="listing-name">
          {count} <bdi className="font-semibold">{title}</bdi>
          <span className="text-ink-2">{more}</span>
        </span>
      </td>
      <td>
        <span className="listing-name">
          {t(`stages.${stage}`)}
          {differs && <span className="chip open ms-2">{t('consignments.differsChip')}</span>}
        </span>
      </td>
      <td className={WIDE}>
        <span className="listing-name">{t.rich(consignee ? 'consignments.fromTo' : 'consignments.from', ends)}</span>
      </td>
      <td>{handoff && <Halves handoff={handoff} t={t} />}</td>
      <td data-says={holder && t('consignments.column.with')} className={CARD}>
        {holder && <PartySaid party={holder} t={t} />}
        {others.length > 0 && ` ${t('consignments.moreHolders', { count: others.length })}`}
      </td>
      <td className="text-ink-2 text-note">
        <Age locale={locale} since={recordedAt} now={now} />
      </td>
    </tr>
  )
}
