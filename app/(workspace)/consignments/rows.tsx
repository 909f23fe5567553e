import { getLocale, getTranslations } from 'next-intl/server'
import { formatReference } from '@/lib/core/custody/reference.ts'
import type { PartyView } from '@/lib/core/custody/views.ts'
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

const WIDTHS = {
  reference: 'w-[9.5rem]',
  goods: '',
  stage: 'w-[9rem]',
  way: 'w-[18%]',
  handoff: 'w-[16%]',
  with: 'w-[14%]',
  newest: 'w-[7.5rem]',
} as const

async function OneRow({ row, as }: { row: ListingRow; as: string | undefined }) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const { reference, title, lines, quantity, unit, stage, founder, consignee, holders, handoff, differs, recordedAt } =
    row
  const goods = `${t(`units.${unit}`, { count: quantity })}${lines > 1 ? ` ${t('home.more', { count: lines - 1 })}` : ''}`
  const [holder, ...others] = holders
  const ends = {
    from: () => <PartyName key="from" party={founder} />,
    to: () => <PartyName key="to" party={consignee ?? founder} />,
  }
  return (
    <tr>
      <th scope="row">
        <a href={paths.consignment(reference, as)} className="inline-flex min-h-6 items-center">
          <bdi dir="ltr" className="code whitespace-nowrap">
            {formatReference(reference)}
          </bdi>
        </a>
      </th>
      <td title={`${title}, ${goods}`}>
        <bdi className="font-semibold">{title}</bdi> <span className="text-ink-2">{goods}</span>
      </td>
      <td>
        {t(`stages.${stage}`)}
        {differs && <span className="chip open ms-2">{t('consignments.differsChip')}</span>}
      </td>
      <td>{consignee ? t.rich('home.fromTo', ends) : t.rich('home.from', ends)}</td>
      <td>{handoff && <Halves handoff={handoff} />}</td>
      <td data-says={holder && t('consignments.column.with')}>
        {holder && <PartyName party={holder as PartyView} />}
        {others.length > 0 && ` ${t('home.more', { count: others.length })}`}
      </td>
      <td className="text-ink-2 text-note">
        <Age locale={locale} since={recordedAt} now={Date.now()} />
      </td>
    </tr>
  )
}
