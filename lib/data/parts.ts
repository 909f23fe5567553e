import { freeOf } from '../core/custody/balance.ts'
import { stageOf } from '../core/custody/derive-view.ts'
import type { ConsignmentState, Entry } from '../core/custody/state.ts'
import type { Row } from './sql.ts'

const COLUMNS = [
  'consignment',
  'party',
  'holds',
  'free',
  'founded',
  'awaits',
  'stage',
  'toSign',
  'toSignSince',
  'waiting',
  'waitingSince',
  'differences',
  'differsSince',
  'openSince',
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
  const free = new Set(state.holdings.filter(each => freeOf(state, each) > 0).map(holding => holding.party))
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
  const stage = stageOf(state)
  return [...concerns].map(([party, { toSign, waiting, differences }]) => [
    state.reference,
    party,
    holders.has(party),
    free.has(party),
    state.founder === party,
    state.consignee === party,
    stage,
    ...[toSign, waiting, differences].flatMap(open => [open.count, open.since]),
    oldest([toSign, waiting, differences]),
    leafIndex,
  ])
}

function oldest(opens: readonly Open[]): number | null {
  const times = opens.flatMap(({ since }) => since ?? [])
  return times.length === 0 ? null : Math.min(...times)
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
