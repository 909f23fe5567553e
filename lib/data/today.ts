import { freeOf } from '../core/custody/balance.ts'
import type { Unit } from '../core/custody/quantity.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import type { ConsignmentState, Quantity, Release } from '../core/custody/state.ts'
import type { PartyView } from '../core/custody/views.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { partiesNamed } from './parties.ts'
import { isStray, recordedAt } from './parts.ts'
import { partyViewFor } from './private-openings.ts'
import { caughtUp } from './projected.ts'
import { query } from './sql.ts'
import { statesOf } from './states.ts'

/** Rows of one list at most, as many as a person reads at a time; the list of consignments has them all. */
export const MOST_ROWS = 20

/** What a row is about: the first line that it names, in base units, and how many other lines there are. */
export type Goods = { readonly item: string; readonly quantity: number; readonly unit: Unit; readonly others: number }

/** What a row asks for; hashes are event hashes. */
export type Due =
  | { readonly kind: 'receive'; readonly release: string }
  /** Given and not answered: the giver shows the waybill, or with `isOpen` the code that whoever scans it takes the goods with. */
  | { readonly kind: 'wait'; readonly release: string; readonly isOpen: boolean }
  | { readonly kind: 'settle-missing'; readonly handoff: string }
  | { readonly kind: 'settle-record'; readonly event: string; readonly act: string; readonly reason: Refusal }
  | { readonly kind: 'release' | 'distribute' }

export type TodayRow = {
  readonly reference: string
  readonly goods: Goods
  /** The party at the other end: giver, taker, who signed, who is to get it. Absent where anyone with the code may take it, or none is named. */
  readonly other?: PartyView
  /** Since when it waits: record time, unix milliseconds. */
  readonly since: number
  readonly due: Due
}

/** Oldest first; `count` of all, of which `rows` holds the first {@link MOST_ROWS}. */
export type TodayList = { readonly rows: readonly TodayRow[]; readonly count: number }

/** What one party has to do, by urgency, and `now` by the server's clock, for saying how old it is. */
export type Today = {
  readonly sign: TodayList
  readonly waiting: TodayList
  readonly differences: TodayList
  /** What it holds and has not offered, for the next step. */
  readonly held: TodayList
  readonly now: number
}

/** Today of `party`: counts and order from the index of its parts, and a state for each consignment that is shown, no more. */
export async function todayOf(party: string, on?: Log): Promise<Today> {
  const log = on ?? (await database())
  await caughtUp(log)
  const [totals, toSign, waiting, differing, holding] = await Promise.all([
    totalsOf(log, party),
    oldestOf(log, party, { where: 'toSign', by: 'toSignSince' }),
    oldestOf(log, party, { where: 'waiting', by: 'waitingSince' }),
    oldestOf(log, party, { where: 'differences', by: 'differsSince' }),
    oldestOf(log, party, { where: 'free', by: 'leafIndex' }),
  ])
  const states = await statesOf(log, [...toSign, ...waiting, ...differing, ...holding])
  const each = (references: readonly string[], rows: (state: ConsignmentState) => readonly Unnamed[]) =>
    references
      .flatMap(reference => {
        const state = states.get(reference)
        return state ? rows(state) : []
      })
      .toSorted((a, b) => a.since - b.since)
      .slice(0, MOST_ROWS)
  const unnamed = {
    sign: each(toSign, state => toSignRows(state, party)),
    waiting: each(waiting, state => waitingRows(state, party)),
    differences: each(differing, state => differenceRows(state, party)),
    held: each(holding, state => heldRows(state, party)),
  }
  const others = Object.values(unnamed).flatMap(rows => rows.flatMap(row => row.other ?? []))
  const names = await partiesNamed(others, log)
  const listOf = (rows: readonly Unnamed[], count: number): TodayList => ({
    rows: rows.map(({ other, ...row }) => {
      const view = other === undefined ? undefined : partyViewFor({ named: names.get(other), isPart: true })
      return { ...row, ...(view && { other: view }) }
    }),
    count,
  })
  return {
    sign: listOf(unnamed.sign, totals.sign),
    waiting: listOf(unnamed.waiting, totals.waiting),
    differences: listOf(unnamed.differences, totals.differences),
    held: listOf(unnamed.held, totals.held),
    now: log.clock(),
  }
}

/** Counts of all there is, from the index alone. */
async function totalsOf(log: Log, party: string) {
  const open = `SELECT COALESCE(SUM("toSign"), 0), COALESCE(SUM("waiting"), 0), COALESCE(SUM("differences"), 0) FROM "Part" WHERE "party" = ? AND "openSince" IS NOT NULL`
  const free = 'SELECT COUNT(*) FROM "Part" WHERE "party" = ? AND "free"'
  const [[sums], [held]] = await Promise.all([query(log.adapter, open, [party]), query(log.adapter, free, [party])])
  return {
    sign: Number(sums?.[0]),
    waiting: Number(sums?.[1]),
    differences: Number(sums?.[2]),
    held: Number(held?.[0]),
  }
}

type Concern = 'toSign' | 'waiting' | 'differences' | 'free'

/** References of the consignments of which `where` is oldest: enough for {@link MOST_ROWS} rows, each having at least one. */
async function oldestOf(
  log: Log,
  party: string,
  { where, by }: { where: Concern; by: string },
): Promise<readonly string[]> {
  const isOpen = where === 'free' ? '"free"' : `"openSince" IS NOT NULL AND "${where}" > 0`
  const sql = `SELECT "consignment" FROM "Part" WHERE "party" = ? AND ${isOpen} ORDER BY "${by}", "leafIndex" LIMIT ${MOST_ROWS}`
  return (await query(log.adapter, sql, [party])).map(row => String(row[0]))
}

/** A row whose other party has no name yet. */
type Unnamed = Omit<TodayRow, 'other'> & { readonly other?: string | undefined }

const isOpen = (release: Release) => release.status === 'open'

function toSignRows(state: ConsignmentState, party: string): readonly Unnamed[] {
  return state.releases
    .filter(release => isOpen(release) && 'party' in release.to && release.to.party === party)
    .map(release => ({
      ...rowOf(state, release.lines, recordedAt(state, release.index)),
      other: release.giver,
      due: { kind: 'receive', release: release.hash },
    }))
}

function waitingRows(state: ConsignmentState, party: string): readonly Unnamed[] {
  return state.releases
    .filter(release => isOpen(release) && release.giver === party)
    .map(({ hash, index, lines, to }) => ({
      ...rowOf(state, lines, recordedAt(state, index)),
      other: 'party' in to ? to.party : undefined,
      due: { kind: 'wait', release: hash, isOpen: 'claim' in to },
    }))
}

function differenceRows(state: ConsignmentState, party: string): readonly Unnamed[] {
  const missing = state.releases
    .filter(release => release.missing.length > 0 && (release.giver === party || state.founder === party))
    .map(
      ({ hash, index, answeredBy, missing: lines, giver, taker }): Unnamed => ({
        ...rowOf(state, lines, recordedAt(state, answeredBy ?? index)),
        other: giver === party ? taker : giver,
        due: { kind: 'settle-missing', handoff: hash },
      }),
    )
  const closes =
    state.founder === party || state.consignee === party || state.holdings.some(holding => holding.party === party)
  const strays = closes ? state.chain.filter(isStray) : []
  return [
    ...missing,
    ...strays.map(
      ({ acting, actingHash, recorded, notInEffect }): Unnamed => ({
        ...rowOf(state, packedIn(state), recorded.recordedAt),
        other: acting.by,
        due: { kind: 'settle-record', event: actingHash, act: acting.kind, reason: notInEffect as Refusal },
      }),
    ),
  ]
}

function heldRows(state: ConsignmentState, party: string): readonly Unnamed[] {
  const free = state.holdings
    .filter(holding => holding.party === party)
    .map(holding => ({ ...holding, quantity: freeOf(state, holding) }))
    .filter(holding => holding.quantity > 0)
  if (free.length === 0) return []
  const since = state.chain.at(-1)?.recorded.recordedAt ?? 0
  const isConsignee = state.consignee === party
  return [
    {
      ...rowOf(state, free, since),
      other: isConsignee ? state.founder : state.consignee,
      due: { kind: isConsignee ? 'distribute' : 'release' },
    },
  ]
}

function packedIn(state: ConsignmentState): readonly Quantity[] {
  return state.lines.map(line => ({
    line: line.id,
    condition: line.condition,
    quantity: state.terms.get(line.id)?.packed ?? 0,
  }))
}

/** The first line named is told with all of it, whatever its condition. */
function rowOf(
  state: ConsignmentState,
  quantities: readonly Quantity[],
  since: number,
): Pick<TodayRow, 'reference' | 'goods' | 'since'> {
  const first = quantities[0]?.line
  const line = state.lines.find(each => each.id === first)
  const quantity = quantities.filter(each => each.line === first).reduce((sum, each) => sum + each.quantity, 0)
  const others = new Set(quantities.map(each => each.line)).size - 1
  return {
    reference: state.reference,
    goods: { item: line?.item ?? '', quantity, unit: line?.unit ?? 'piece', others: Math.max(0, others) },
    since,
  }
}

/** Whether a member has a key of their own that may sign for the party: made on some device and not declined, enrolled, or neither. */
export async function keyStandingOf(
  { party, userId }: { party: string; userId: string },
  on?: Log,
): Promise<'none' | 'waiting' | 'live'> {
  const log = on ?? (await database())
  const asked = await log.prisma.deviceKey.findMany({ where: { party, userId, declinedAt: null } })
  const enrolled = await log.prisma.key.findMany({ where: { key: { in: asked.map(each => each.key) } } })
  if (enrolled.some(key => key.revokedAt === null)) return 'live'
  return asked.length > enrolled.length ? 'waiting' : 'none'
}
