import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { stageOf } from '../core/custody/derive-view.ts'
import type { ConsignmentState, KeyState, PartyState, Subject } from '../core/custody/state.ts'
import { HANDOFF, handoffRows } from './handoffs.ts'
import { PART, partRows } from './parts.ts'
import { insert, type Row } from './sql.ts'

const CONSIGNMENT = [
  'reference',
  'mode',
  'founder',
  'consignee',
  'stage',
  'title',
  'lines',
  'quantity',
  'unit',
  'searchText',
  'recordedAt',
  'leafIndex',
  'eventCount',
] as const
const PARTY = ['reference', 'type', 'suspended', 'nameLeaf'] as const
const KEY = ['key', 'publicKey', 'party', 'role', 'held', 'until', 'byOperator', 'enrolledAt', 'revokedAt'] as const

/** Which key signed each leaf; written once with its leaf. */
export const SIGNING = { table: 'Signing', columns: ['leafIndex', 'key'], keys: 1 } as const

/** The projections of states: table and columns, of which the first `keys` are the primary key. */
export const PROJECTIONS = {
  consignment: { table: 'Consignment', columns: CONSIGNMENT, keys: 1 },
  part: PART,
  handoff: HANDOFF,
  party: { table: 'Party', columns: PARTY, keys: 1 },
  key: { table: 'Key', columns: KEY, keys: 1 },
} as const
type Projection = keyof typeof PROJECTIONS

/** Row of a consignment as lists and searches need it. */
function consignmentRow(state: ConsignmentState): Row {
  const [first] = state.lines
  const last = state.chain.at(-1)?.recorded
  const reported = state.reportedQuantities.find(each => each.line === first?.id)?.quantity
  const quantity = reported ?? state.terms.get(first?.id ?? '')?.packed ?? 0
  const words = [state.reference, ...state.lines.flatMap(line => [line.item, line.lot ?? ''])]
  return [
    state.reference,
    state.mode,
    state.founder,
    state.consignee ?? null,
    stageOf(state),
    first?.item ?? '',
    state.lines.length,
    quantity,
    first?.unit ?? '',
    words
      .filter(word => word !== '')
      .join('\n')
      .toLowerCase(),
    last?.recordedAt ?? 0,
    last?.index ?? 0,
    state.chain.length,
  ]
}

/** Row of a party; its name is the opening at `nameLeaf`. */
function partyRow(state: PartyState): Row {
  const named = state.chain.findLast(entry => entry.acting.kind === 'register' || entry.acting.kind === 'update')
  return [state.reference, state.type, state.suspended, named?.recorded.index ?? 0]
}

function keyRow(state: KeyState): Row {
  const { key, publicKey, party, role, held, until, byOperator, enrolledAt, revoked } = state
  return [key, publicKey, party, role, held, until ?? null, byOperator, enrolledAt, revoked?.index ?? null]
}

/** Rows of these states, by projection. `since`: what no record from this leaf index on can have changed is left out. */
export function rowsOf(subjects: Iterable<Subject>, since = 0): Readonly<Record<Projection, Row[]>> {
  const rows: Record<Projection, Row[]> = { consignment: [], part: [], handoff: [], party: [], key: [] }
  for (const { about, state } of subjects) {
    if (about === 'consignment') {
      rows.consignment.push(consignmentRow(state))
      rows.part.push(...partRows(state))
      rows.handoff.push(...handoffRows(state, since))
    } else if (about === 'party') rows.party.push(partyRow(state))
    else if (about === 'key') rows.key.push(keyRow(state))
  }
  return rows
}

/** Writes the rows of states that changed with the leaves from `since` on: one statement for each table. */
export async function writeProjections(on: SqlQueryable, subjects: Iterable<Subject>, since: number): Promise<void> {
  for (const [name, rows] of Object.entries(rowsOf(subjects, since))) {
    const projection = PROJECTIONS[name as Projection]
    const { table, columns } = projection
    if (rows.length > 0) await insert(on, { table, columns, onConflict: replacing(projection) }, rows)
  }
}

/** Upsert by the first `keys` columns. An index over columns that are not named here costs nothing then. */
function replacing({ columns, keys, changing = columns.slice(keys) }: Replaced): string {
  const key = columns.slice(0, keys).map(name => `"${name}"`)
  return `ON CONFLICT (${key}) DO UPDATE SET ${changing.map(name => `"${name}" = excluded."${name}"`)}`
}

type Replaced = { readonly columns: readonly string[]; readonly keys: number; readonly changing?: readonly string[] }
