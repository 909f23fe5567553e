import { database } from './database.ts'
import type { Place } from './key-records.ts'
import type { Log } from './log-state.ts'
import { caughtUp } from './projected.ts'
import { query, type SqlValue } from './sql.ts'

/** What a party handed over, took and took its time with, counted from the log: anyone who replays it comes to the same. */
export type PartyFigures = {
  /** Releases of this time by what became of them; `differs`: of the received ones, those with anything damaged, missing, left or surplus. */
  readonly given: Answered & { readonly open: number; readonly withdrawn: number }
  /** What it answered in this time as the taker. */
  readonly taken: Answered
  /** From taking goods to the next signature for them, of what it handed on in this time. What it packed itself has no leg. */
  readonly legs: Legs
}

export type Answered = { readonly received: number; readonly refused: number; readonly differs: number }

/** `medianHours`: to the hour; absent without a leg. `bars`: counts by whole days, from `from` to under `to`; the last has no end. */
export type Legs = {
  readonly count: number
  readonly medianHours?: number
  readonly bars: readonly { readonly from: number; readonly to?: number; readonly count: number }[]
}

/** Bounds of the bars in days. */
const BOUNDS = [0, 1, 2, 3, 7, 14, 30] as const

/** Figures of `party` since then (unix milliseconds; 0 for all of it); with `other`, of what passed between the two alone. */
export async function figuresOf(
  { party, since, other }: { party: string; since: number; other?: string },
  on?: Log,
): Promise<PartyFigures> {
  const log = on ?? (await database())
  await caughtUp(log)
  const hours = `CASE WHEN "status" = 'received' AND "takenAt" IS NOT NULL THEN ("answeredAt" - "takenAt") / 3600000 END`
  const [given, taken] = await Promise.all([
    grouped(log, ['"status"', '"differs"', hours], ['giver', 'releasedAt', 'taker'], [party, since], other),
    grouped(log, ['"status"', '"differs"'], ['taker', 'answeredAt', 'giver'], [party, since], other),
  ])
  const sum = (rows: readonly Group[], status: string, differs?: boolean) =>
    rows
      .filter(row => row.status === status && (differs === undefined || row.differs === differs))
      .reduce((count, row) => count + row.count, 0)
  const answered = (rows: readonly Group[]): Answered => ({
    received: sum(rows, 'received'),
    refused: sum(rows, 'refused'),
    differs: sum(rows, 'received', true),
  })
  return {
    given: { ...answered(given), open: sum(given, 'open'), withdrawn: sum(given, 'withdrawn') },
    taken: answered(taken),
    legs: legsOf(given.flatMap(({ hours, count }) => (hours === undefined ? [] : { hours, count }))),
  }
}

type Group = { readonly status: string; readonly differs: boolean; readonly hours?: number; readonly count: number }

/** One pass over the part of an index that is this party's and this time's. */
async function grouped(
  log: Log,
  by: readonly string[],
  [who, when, whom]: readonly [string, string, string],
  args: readonly SqlValue[],
  other: string | undefined,
): Promise<readonly Group[]> {
  const between = other === undefined ? '' : ` AND "${whom}" = ?`
  const places = by.map((_, at) => at + 1).join(', ')
  const sql = `SELECT ${by.join(', ')}, COUNT(*) FROM "Handoff" WHERE "${who}" = ? AND "${when}" >= ?${between} GROUP BY ${places}`
  const rows = await query(log.adapter, sql, other === undefined ? args : [...args, other])
  return rows.map(row => ({
    status: String(row[0]),
    differs: Boolean(row[1]),
    ...(by.length > 2 && row[2] !== null && { hours: Number(row[2]) }),
    count: Number(row.at(-1)),
  }))
}

function legsOf(groups: readonly { hours: number; count: number }[]): Legs {
  const rising = groups.toSorted((a, b) => a.hours - b.hours)
  const count = rising.reduce((sum, each) => sum + each.count, 0)
  const nth = (place: number) => {
    let passed = 0
    return rising.find(each => {
      passed += each.count
      return passed > place
    })?.hours
  }
  const low = nth(Math.floor((count - 1) / 2))
  const high = nth(Math.floor(count / 2))
  const bars = BOUNDS.map((from, at) => {
    const to = BOUNDS[at + 1]
    const within = rising.filter(({ hours }) => hours >= from * 24 && (to === undefined || hours < to * 24))
    return { from, ...(to !== undefined && { to }), count: within.reduce((sum, each) => sum + each.count, 0) }
  })
  return { count, ...(low !== undefined && high !== undefined && { medianHours: (low + high) / 2 }), bars }
}

/** How many consignments a party holds something of now, and the newest record that one of its keys signed. */
export async function standsNow(party: string, on?: Log): Promise<{ holds: number; last?: Place }> {
  const log = on ?? (await database())
  await caughtUp(log)
  const newest = `SELECT MAX(n."leafIndex") FROM (SELECT (SELECT MAX(s."leafIndex") FROM "Signing" s WHERE s."key" = k."key") AS "leafIndex" FROM "Key" k WHERE k."party" = ?) n`
  const [[held], [last]] = await Promise.all([
    query(log.adapter, 'SELECT COUNT(*) FROM "Part" WHERE "party" = ? AND "holds"', [party]),
    query(log.adapter, `SELECT "leafIndex", "recordedAt" FROM "Leaf" WHERE "leafIndex" = (${newest})`, [party]),
  ])
  return {
    holds: Number(held?.[0] ?? 0),
    ...(last && { last: { leafIndex: Number(last[0]), recordedAt: Number(last[1]) } }),
  }
}
