import { getLocale, getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { ListingRow } from '@/lib/data/listing.ts'
import { paths } from '@/lib/paths.ts'
import { Age } from '../_shown/age.tsx'
import { PartyName } from '../_shown/party-name.tsx'
import { Halves } from './halves.tsx'

type Props = { rows: readonly ListingRow[]; as: string | undefined }

/** The list: at a desk a table with rows of forty pixels, on a phone a card for each. */
export async function Rows({ rows, as }: Props) {
  const t = await getTranslations()
  const columns = ['reference', 'goods', 'stage', 'way', 'handoff', 'with', 'newest'] as const
  return (
    <section className="sheet min-w-0" aria-label={t('workspace.consignments')}>
      <table className="rows listing">
        <thead>
          <tr>
            {columns.map(name => (
              <th key={name} scope="col" className={WIDTHS[name]}>
                {t(`consignments.column.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <OneRow key={row.reference} row={row} as={as} />
          ))}
        </tbody>
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
  stage: 'w-[10.75rem]',
  way: `w-[17%] ${WIDE}`,
  handoff: 'w-[17%]',
  with: CARD,
  newest: 'w-[8.5rem]',
} as const

async function OneRow({ row, as }: { row: ListingRow; as: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { reference, title, lines, quantity, unit, stage, founder, consignee, holders, handoff, differs, recordedAt } =
    row
  const count = t(`units.${unit}`, { count: quantity })
  const more = lines > 1 ? ` ${t('home.more', { count: lines - 1 })}` : ''
  const [holder, ...others] = holders
  const ends = {
    from: () => <PartyName key="from" party={founder} />,
    to: () => <PartyName key="to" party={consignee ?? founder} />,
  }
  return (
    <tr>
      <th scope="row">
        <a href={paths.consignment(reference, as)} className="inline-flex min-h-tap items-center min-[62rem]:min-h-6">
          <bdi dir="ltr" className="code whitespace-nowrap">
            {formatReference(reference)}
          </bdi>
        </a>
      </th>
      <td title={`${count} ${title}${more}`}>
        <span className="flex gap-x-1.5 max-[62rem]:flex-wrap">
          <span className="shrink-0">{count}</span>
          <bdi className="font-semibold min-[62rem]:truncate">{title}</bdi>
          <span className="shrink-0 text-ink-2">{more}</span>
        </span>
      </td>
      <td>
        {differs && <span className="chip open me-2">{t('consignments.differsChip')}</span>}
        {t(`stages.${stage}`)}
      </td>
      <td className={WIDE}>{t.rich(consignee ? 'consignments.fromTo' : 'consignments.from', ends)}</td>
      <td>{handoff && <Halves handoff={handoff} />}</td>
      <td data-says={holder && t('consignments.column.with')} className={CARD}>
        {holder && <PartyName party={holder} />}
        {others.length > 0 && ` ${t('consignments.moreHolders', { count: others.length })}`}
      </td>
      <td className="text-ink-2 text-note">
        <Age locale={locale} since={recordedAt} now={Date.now()} />
      </td>
    </tr>
  )
}
