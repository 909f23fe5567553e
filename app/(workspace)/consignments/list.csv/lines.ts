import type { PartyView } from '@/lib/core/custody/views.ts'
import type { ListingRow } from '@/lib/data/listing-rows.ts'
import { BYTE_ORDER_MARK, csvRow } from '@/lib/format/csv.ts'

/** Names and order of the columns: programs read them, so a new one goes to the end and none is renamed (lib/decisions/csv-export.md). */
const CSV_COLUMNS = [
  'reference',
  'item',
  'quantity',
  'unit',
  'lines',
  'stage',
  'from',
  'from_reference',
  'to',
  'to_reference',
  'held_by',
  'held_by_references',
  'handover',
  'handover_from',
  'handover_to',
  'differs',
  'last_record',
] as const

/** The file in pieces: the head, then one for each group of rows. Names are as the list shows them to this party: withheld ones are empty. */
export async function* csvLines(groups: AsyncIterable<readonly ListingRow[]>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvRow(CSV_COLUMNS)
  for await (const rows of groups) yield rows.map(row => csvRow(cellsOf(row))).join('')
}

const nameOf = (party: PartyView | undefined) => (party && 'value' in party.name ? party.name.value : '')

function cellsOf(row: ListingRow): readonly (string | number)[] {
  const { reference, title, quantity, unit, lines, stage, founder, consignee, holders, handoff, differs } = row
  return [
    reference,
    title,
    quantity,
    unit,
    lines,
    stage,
    nameOf(founder),
    founder.reference,
    nameOf(consignee),
    consignee?.reference ?? '',
    holders.map(nameOf).filter(Boolean).join('; '),
    holders.map(holder => holder.reference).join(' '),
    handoff?.status ?? '',
    nameOf(handoff?.giver),
    nameOf(handoff?.taker),
    differs ? 'yes' : 'no',
    new Date(row.recordedAt).toISOString(),
  ]
}
