import { database } from './database.ts'
import { type ListingRow, rowsFor } from './listing-rows.ts'
import { type Narrowing, type Source, STAGES, sourceOf } from './listing-where.ts'
import type { Log } from './log-state.ts'
import { caughtUp } from './projected.ts'
import { query, type Row } from './sql.ts'

/** `newest` and `oldest` by the newest record; the others end with the newest of what is alike. */
export const SORTS = ['newest', 'oldest', 'oldest-open', 'item', 'stage'] as const
export type Sort = (typeof SORTS)[number]

export type ListingQuery = Narrowing & {
  readonly party: string
  readonly sort?: Sort | undefined
  /** From 1; one beyond the last gives the last. */
  readonly page?: number | undefined
}

/** How many there would be with this choice and everything else that was asked. */
export type Counts = {
  readonly role: Readonly<Record<'any' | 'consignor' | 'holder' | 'consignee', number>>
  readonly stage: Readonly<Record<string, number>>
  readonly due: Readonly<Record<'sign' | 'wait' | 'free', number>>
  readonly differs: number
}

export type Listing = {
  readonly rows: readonly ListingRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly counts: Counts
  /** The log's clock, for ages. */
  readonly now: number
}

export const ROWS_A_PAGE = 50

/** A page of the consignments that fit. Recorded ones only: drafts are listed apart. */
export async function listConsignments(asked: ListingQuery, on?: Log): Promise<Listing> {
  const log = on ?? (await database())
  await caughtUp(log)
  const { total, counts } = await countAll(log, asked)
  const pages = Math.max(1, Math.ceil(total / ROWS_A_PAGE))
  const page = Math.min(Math.max(1, Math.floor(asked.page ?? 1) || 1), pages)
  const references =
    total === 0 ? [] : await referencesOf(log, asked, { limit: ROWS_A_PAGE, offset: (page - 1) * ROWS_A_PAGE })
  return { rows: await rowsFor(log, asked.party, references), total, page, pages, counts, now: log.clock() }
}

/** Every row that fits, in the list's order, some at a time: each consignment once, whatever is recorded meanwhile. */
export async function* everyConsignment(asked: ListingQuery, on?: Log): AsyncGenerator<readonly ListingRow[]> {
  const log = on ?? (await database())
  await caughtUp(log)
  const references = await referencesOf(log, asked, { limit: -1, offset: 0 })
  // The first are there soon; then as many at a time as keep nobody else waiting.
  for (let at = 0, some = ROWS_A_PAGE; at < references.length; at += some, some = ROWS_AT_ONCE) {
    yield await rowsFor(log, asked.party, references.slice(at, at + some))
  }
}

const ROWS_AT_ONCE = 200

async function referencesOf(
  log: Log,
  { party, sort = 'newest', ...narrowing }: ListingQuery,
  { limit, offset }: { limit: number; offset: number },
): Promise<string[]> {
  const source = await sourceOf(log, party, narrowing, { facets: false, needsText: sort === 'item' })
  const { from, args, where, lead } = source
  const name = lead === 'c' ? 'c."reference"' : 'p."consignment"'
  const most = limit < 0 ? '' : ` LIMIT ${limit} OFFSET ${offset}`
  const sql = `SELECT ${name} FROM ${from} WHERE ${where.sql} ORDER BY ${orderOf(sort, lead)}${most}`
  return (await query(log.adapter, sql, [...args, ...where.args])).map(row => String(row[0]))
}

function orderOf(sort: Sort, lead: 'p' | 'c'): string {
  const newest = `${lead}."leafIndex" DESC`
  switch (sort) {
    case 'newest':
      return newest
    case 'oldest':
      return `${lead}."leafIndex"`
    case 'oldest-open':
      return `p."openSince" NULLS LAST, ${lead}."leafIndex"`
    case 'item':
      return `LOWER(c."title"), ${newest}`
    case 'stage': {
      const cases = STAGES.map((stage, at) => `WHEN '${stage}' THEN ${at}`).join(' ')
      return `CASE ${lead}."stage" ${cases} END, ${newest}`
    }
  }
}

/** So many consignments are alike in all that the filters ask. */
type Cell = {
  readonly stage: string
  readonly is: Readonly<Record<'holder' | 'consignor' | 'consignee' | 'sign' | 'wait' | 'free' | 'differs', boolean>>
  readonly count: number
}

/** One pass over the index: how many fit, and how many would with each other choice. */
async function countAll(log: Log, asked: ListingQuery): Promise<{ total: number; counts: Counts }> {
  const { party, role, stage, due, differs } = asked
  const isAll = role === 'all'
  const own = await cellsOf(log, await sourceOf(log, party, { ...asked, role: undefined }, FACETS))
  type Choice = Pick<Narrowing, 'role' | 'stage' | 'due' | 'differs'>
  const chosen: Choice = { role: isAll ? undefined : role, stage, due, differs }
  const fits = (other: Choice) => {
    const { role, stage, due, differs } = { ...chosen, ...other }
    return own
      .filter(
        ({ is, ...cell }) =>
          (role === undefined || role === 'all' || is[role]) &&
          (stage === undefined || cell.stage === stage) &&
          (due === undefined || is[due]) &&
          (!differs || is.differs),
      )
      .reduce((sum, cell) => sum + cell.count, 0)
  }
  const stages = isAll ? await stagesOfAll(log, asked) : undefined
  const inStage = (name: Narrowing['stage']) => (stages ? (stages.get(String(name)) ?? 0) : fits({ stage: name }))
  const everywhere =
    stages && [...stages].reduce((sum, [name, count]) => (stage && name !== stage ? sum : sum + count), 0)
  return {
    total: everywhere ?? fits({}),
    counts: {
      role: {
        any: fits({ role: undefined }),
        consignor: fits({ role: 'consignor' }),
        holder: fits({ role: 'holder' }),
        consignee: fits({ role: 'consignee' }),
      },
      stage: Object.fromEntries(STAGES.map(name => [name, inStage(name)])),
      due: { sign: fits({ due: 'sign' }), wait: fits({ due: 'wait' }), free: fits({ due: 'free' }) },
      differs: fits({ differs: true }),
    },
  }
}

const FACETS = { facets: true, needsText: false } as const

const CELL = [
  'p."stage"',
  'p."holds"',
  'p."founded"',
  'p."awaits"',
  'p."toSign" > 0',
  'p."waiting" > 0',
  'p."free"',
  'p."differences" > 0',
]

async function cellsOf(log: Log, { from, args, where }: Source): Promise<readonly Cell[]> {
  const places = CELL.map((_, at) => at + 1).join(', ')
  const sql = `SELECT ${CELL.join(', ')}, COUNT(*) FROM ${from} WHERE ${where.sql} GROUP BY ${places}`
  const is = (row: Row, at: number) => Boolean(row[at])
  return (await query(log.adapter, sql, [...args, ...where.args])).map(row => ({
    stage: String(row[0]),
    is: {
      holder: is(row, 1),
      consignor: is(row, 2),
      consignee: is(row, 3),
      sign: is(row, 4),
      wait: is(row, 5),
      free: is(row, 6),
      differs: is(row, 7),
    },
    count: Number(row[8]),
  }))
}

async function stagesOfAll(log: Log, asked: ListingQuery): Promise<ReadonlyMap<string, number>> {
  const { stage: _stage, ...others } = asked
  const { from, args, where } = await sourceOf(log, asked.party, others, { facets: false, needsText: true })
  const sql = `SELECT c."stage", COUNT(*) FROM ${from} WHERE ${where.sql} GROUP BY 1`
  return new Map((await query(log.adapter, sql, [...args, ...where.args])).map(row => [String(row[0]), Number(row[1])]))
}
