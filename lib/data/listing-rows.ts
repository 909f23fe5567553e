import type { Unit } from '../core/custody/quantity.ts'
import type { Release } from '../core/custody/state.ts'
import type { PartyView, Stage } from '../core/custody/views.ts'
import type { ConsignmentCard } from './consignments.ts'
import type { Log } from './log-state.ts'
import { type NamedParty, partiesNamed } from './parties.ts'
import { partyViewFor } from './private-openings.ts'
import { marks, query, type Row } from './sql.ts'

/** One consignment in a party's list. */
export type ListingRow = ConsignmentCard & {
  readonly holders: readonly PartyView[]
  /** The newest release that is open, else the newest: its two halves. */
  readonly handoff?: { readonly status: Release['status']; readonly giver: PartyView; readonly taker?: PartyView }
  /** Something to settle, for anyone. */
  readonly differs: boolean
}

/** Rows of these consignments for the members of `party`, in the order asked for: from projections alone, no state is folded. */
export async function rowsFor(log: Log, party: string, references: readonly string[]): Promise<readonly ListingRow[]> {
  if (references.length === 0) return []
  const these = `IN (${marks(references.length)})`
  const [consignments, parts, handoffs] = await Promise.all([
    query(log.adapter, `SELECT ${COLUMNS} FROM "Consignment" WHERE "reference" ${these}`, references),
    query(log.adapter, `SELECT ${PART_COLUMNS} FROM "Part" WHERE "consignment" ${these}`, references),
    query(log.adapter, `SELECT ${HANDOFF_COLUMNS} FROM "Handoff" WHERE "consignment" ${these}`, references),
  ])
  const named = new Set<string>()
  for (const row of consignments) for (const at of [7, 8]) if (row[at] !== null) named.add(String(row[at]))
  for (const row of parts) if (row[2]) named.add(String(row[1]))
  for (const row of handoffs) for (const at of [3, 4]) if (row[at] !== null) named.add(String(row[at]))
  const names = await partiesNamed([...named], log)
  const found = new Map(consignments.map(row => [String(row[0]), row]))
  const [partsOf, handoffsOf] = [byFirst(parts), byFirst(handoffs)]
  return references.flatMap(reference => {
    const row = found.get(reference)
    const mine = partsOf.get(reference) ?? []
    return row ? rowOf({ row, parts: mine, handoffs: handoffsOf.get(reference) ?? [], names, party }) : []
  })
}

const columns = (names: readonly string[]) => names.map(name => `"${name}"`).join(', ')
const COLUMNS = columns([
  'reference',
  'title',
  'lines',
  'quantity',
  'unit',
  'stage',
  'recordedAt',
  'founder',
  'consignee',
])
const PART_COLUMNS = columns(['consignment', 'party', 'holds', 'differences'])
const HANDOFF_COLUMNS = columns(['consignment', 'releasedAt', 'status', 'giver', 'taker'])

function byFirst(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const grouped = new Map<string, Row[]>()
  for (const row of rows) {
    const group = grouped.get(String(row[0]))
    if (group) group.push(row)
    else grouped.set(String(row[0]), [row])
  }
  return grouped
}

function rowOf(from: {
  row: Row
  parts: readonly Row[]
  handoffs: readonly Row[]
  names: ReadonlyMap<string, NamedParty>
  party: string
}): ListingRow {
  const { row, parts, handoffs, names, party } = from
  const isPart = parts.some(part => part[1] === party)
  const view = (reference: string): PartyView =>
    partyViewFor({ named: names.get(reference), isPart }) ?? { reference, name: { absent: 'withheld' } }
  return {
    reference: String(row[0]),
    title: String(row[1]),
    lines: Number(row[2]),
    quantity: Number(row[3]),
    unit: row[4] as Unit,
    stage: row[5] as Stage,
    recordedAt: Number(row[6]),
    founder: view(String(row[7])),
    ...(row[8] !== null && { consignee: view(String(row[8])) }),
    holders: parts.filter(part => part[2]).map(part => view(String(part[1]))),
    ...lastHandoff(handoffs, view),
    differs: parts.some(part => Number(part[3]) > 0),
  }
}

function lastHandoff(handoffs: readonly Row[], view: (reference: string) => PartyView): Pick<ListingRow, 'handoff'> {
  const newest = handoffs.toSorted((a, b) => Number(a[1]) - Number(b[1]))
  const shown = newest.findLast(row => row[2] === 'open') ?? newest.at(-1)
  if (!shown) return {}
  const [, , status, giver, taker] = shown
  return {
    handoff: {
      status: status as Release['status'],
      giver: view(String(giver)),
      ...(taker !== null && taker !== undefined && { taker: view(String(taker)) }),
    },
  }
}
