import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { ConsignmentState, Entry } from '../core/custody/state.ts'
import type { Log } from './log-state.ts'
import { insert, query, type Row } from './sql.ts'
import { statesOf } from './states.ts'

const COLUMNS = [
  'consignment',
  'party',
  'holds',
  'toSign',
  'toSignSince',
  'waiting',
  'waitingSince',
  'differences',
  'differsSince',
  'leafIndex',
] as const

/** The table of parts, its columns with the primary key (`keys` of them) first. */
export const PART = { table: 'Part', columns: COLUMNS, keys: 2 } as const

/** What is open here and how old the oldest of it is. */
type Open = { count: number; since: number | null }

type Concern = { toSign: Open; waiting: Open; differences: Open }

/**
 * What a consignment asks of each party with standing, in the order they came in. From the state alone: a release to whoever shows its code
 * asks nobody, a difference asks those who may settle it (PROTOCOL §4).
 */
export function partRows(state: ConsignmentState): readonly Row[] {
  const concerns = new Map<string, Concern>()
  for (const party of state.standing) concerns.set(party, { toSign: none(), waiting: none(), differences: none() })
  const holders = new Set(state.holdings.map(holding => holding.party))
  const count = (parties: Iterable<string>, name: keyof Concern, since: number) => {
    for (const party of new Set(parties)) {
      const open = concerns.get(party)?.[name]
      if (!open) continue
      open.count++
      open.since = Math.min(open.since ?? since, since)
    }
  }
  for (const { status, giver, to, missing, index, answeredBy } of state.releases) {
    if (status === 'open') {
      const since = recordedAt(state, index)
      count([giver], 'waiting', since)
      if ('party' in to) count([to.party], 'toSign', since)
    }
    if (missing.length > 0) count([giver, state.founder], 'differences', recordedAt(state, answeredBy ?? index))
  }
  const closers = [...holders, state.founder, ...(state.consignee === undefined ? [] : [state.consignee])]
  for (const entry of state.chain) if (isStray(entry)) count(closers, 'differences', entry.recorded.recordedAt)
  const leafIndex = state.chain.at(-1)?.recorded.index ?? 0
  return [...concerns].map(([party, { toSign, waiting, differences }]) => [
    state.reference,
    party,
    holders.has(party),
    ...[toSign, waiting, differences].flatMap(open => [open.count, open.since]),
    leafIndex,
  ])
}

const none = (): Open => ({ count: 0, since: null })

/** Signed and recorded, not in effect, and nobody has settled it. */
export function isStray(entry: Entry): boolean {
  return entry.notInEffect !== undefined && entry.settledBy === undefined
}

/** Record time of the consignment's event at leaf `index`, unix milliseconds. */
export function recordedAt(state: ConsignmentState, index: number): number {
  return state.chain.findLast(entry => entry.recorded.index === index)?.recorded.recordedAt ?? 0
}

const AT_ONCE = 200

/**
 * Writes the parts of consignments that have none: they were recorded before this table was. What another process writes meanwhile is newer
 * and stays. One with an altered leaf stays without: the log is read-only then, and says so. Answers how many consignments were due.
 */
export async function fillParts(log: Log): Promise<number> {
  const due = await withoutParts(log.sqlite)
  for (let at = 0; at < due.length; at += AT_ONCE) {
    const states = await statesOf(log, due.slice(at, at + AT_ONCE))
    const rows = [...states.values()].flatMap(partRows)
    await insert(log.sqlite, { ...PART, onConflict: 'ON CONFLICT DO NOTHING' }, rows)
  }
  return due.length
}

async function withoutParts(on: SqlQueryable): Promise<string[]> {
  const sql = `SELECT c."reference" FROM "Consignment" c WHERE NOT EXISTS (SELECT 1 FROM "Part" p WHERE p."consignment" = c."reference") ORDER BY c."leafIndex"`
  return (await query(on, sql)).map(row => String(row[0]))
}
