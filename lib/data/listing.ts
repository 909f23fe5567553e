import type { Unit } from '../core/custody/quantity.ts'
import { parseReference } from '../core/custody/reference.ts'
import type { ConsignmentState, Release } from '../core/custody/state.ts'
import type { PartyView, Stage } from '../core/custody/views.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { partiesNamed, partyDirectory } from './parties.ts'
import { isStray } from './parts.ts'
import { partyViewFor } from './private-openings.ts'
import { marks, query, type Row, type SqlValue } from './sql.ts'
import { statesOf } from './states.ts'

/** What the party is to a consignment; `all` also lists those it has no part in. Without one: any part. */
export const ROLES = ['consignor', 'holder', 'consignee', 'all'] as const
export const STAGES = ['packed', 'waiting', 'on-the-way', 'delivered', 'returned', 'closed', 'reported'] as const
export const SORTS = ['newest', 'oldest-open'] as const

export type ListingQuery = {
  readonly party: string
  /** Words that all must occur in item, lot, reference or a party's name; a reference in any spelling. */
  readonly query?: string | undefined
  readonly role?: (typeof ROLES)[number] | undefined
  readonly stage?: Stage | undefined
  /** Only with something to settle, by `party` or with the role `all` by anyone. */
  readonly differs?: boolean | undefined
  readonly sort?: (typeof SORTS)[number] | undefined
  /** From 1; one beyond the last gives the last. */
  readonly page?: number | undefined
}

/** One consignment in the list; quantity and unit are of its first line. */
export type ListingRow = {
  readonly reference: string
  readonly title: string
  readonly lines: number
  readonly quantity: number
  readonly unit: Unit
  readonly stage: Stage
  /** Record time of its newest event, unix milliseconds. */
  readonly recordedAt: number
  readonly founder: PartyView
  readonly consignee?: PartyView
  readonly holders: readonly PartyView[]
  /** The newest release that is open, else the newest: its two halves. */
  readonly handoff?: { readonly status: Release['status']; readonly giver: PartyView; readonly taker?: PartyView }
  /** Something to settle, for anyone. */
  readonly differs: boolean
}

export type Listing = {
  readonly rows: readonly ListingRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
}

export const ROWS_A_PAGE = 50

/** A page of the consignments that fit. Recorded ones only: drafts are listed apart. */
export async function listConsignments(asked: ListingQuery, on?: Log): Promise<Listing> {
  const log = on ?? (await database())
  const { sql, args } = await whereOf(log, asked)
  const from = `FROM "Consignment" c LEFT JOIN "Part" p ON p."consignment" = c."reference" AND p."party" = ? WHERE ${sql}`
  const [counted] = await query(log.sqlite, `SELECT COUNT(*) ${from}`, [asked.party, ...args])
  const total = Number(counted?.[0] ?? 0)
  const pages = Math.max(1, Math.ceil(total / ROWS_A_PAGE))
  const page = Math.min(Math.max(1, Math.floor(asked.page ?? 1) || 1), pages)
  const order = asked.sort === 'oldest-open' ? `${OPEN_SINCE}, c."leafIndex"` : 'c."leafIndex" DESC'
  const rows = await query(
    log.sqlite,
    `SELECT ${COLUMNS} ${from} ORDER BY ${order} LIMIT ${ROWS_A_PAGE} OFFSET ${(page - 1) * ROWS_A_PAGE}`,
    [asked.party, ...args],
  )
  return { rows: await rowsOf(log, rows), total, page, pages }
}

const COLUMNS = [
  ...['reference', 'title', 'lines', 'quantity', 'unit', 'stage', 'recordedAt', 'founder', 'consignee'].map(
    name => `c."${name}"`,
  ),
  'p."party"',
].join(', ')

// When the oldest of what is open for the party began; what asks nothing of it comes last. Spelled so that every database takes it.
const NEVER = '9000000000000000'
const [SIGN, WAIT, DIFFER] = ['toSignSince', 'waitingSince', 'differsSince'].map(
  name => `COALESCE(p."${name}", ${NEVER})`,
)
const OPEN_SINCE = `CASE WHEN ${SIGN} <= ${WAIT} AND ${SIGN} <= ${DIFFER} THEN ${SIGN} WHEN ${WAIT} <= ${DIFFER} THEN ${WAIT} ELSE ${DIFFER} END`

type Where = { readonly sql: string; readonly args: readonly SqlValue[] }

async function whereOf(log: Log, { party, query: typed = '', role, stage, differs }: ListingQuery): Promise<Where> {
  const parts: Where[] = []
  if (role === undefined) parts.push({ sql: 'p."party" IS NOT NULL', args: [] })
  if (role === 'consignor') parts.push({ sql: 'c."founder" = ?', args: [party] })
  if (role === 'consignee') parts.push({ sql: 'c."consignee" = ?', args: [party] })
  if (role === 'holder') parts.push({ sql: 'p."holds"', args: [] })
  if (stage) parts.push({ sql: 'c."stage" = ?', args: [stage] })
  if (differs && role !== 'all') parts.push({ sql: 'p."differences" > 0', args: [] })
  if (differs && role === 'all') {
    const any = 'SELECT 1 FROM "Part" d WHERE d."consignment" = c."reference" AND d."differences" > 0'
    parts.push({ sql: `EXISTS (${any})`, args: [] })
  }
  const reference = referenceIn(typed)
  if (reference !== undefined) parts.push({ sql: 'c."reference" = ?', args: [reference] })
  else parts.push(...(await wordsOf(log, typed)))
  return {
    sql: parts.length === 0 ? '1 = 1' : parts.map(part => part.sql).join(' AND '),
    args: parts.flatMap(part => part.args),
  }
}

/** The one reference that was typed, or the address of a label with one; undefined for other words. */
function referenceIn(typed: string): string | undefined {
  const onLabel = /\/t\/([^#?/\s]+)/.exec(typed)?.[1]
  const read = parseReference(onLabel ?? typed)
  return read.ok ? read.value : undefined
}

const MOST_WORDS = 8
const MOST_NAMED = 50

async function wordsOf(log: Log, typed: string): Promise<readonly Where[]> {
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (words.length === 0) return []
  const parties = await partyDirectory(log)
  return words.map(word => {
    const named = parties.filter(each => each.name.toLowerCase().includes(word)).slice(0, MOST_NAMED)
    const asReference = word.replaceAll('-', '').replaceAll('o', '0').replace(/[il]/g, '1')
    const tests: Where[] = [
      { sql: `c."searchText" LIKE ? ESCAPE '!'`, args: [containing(word)] },
      ...(asReference === ''
        ? []
        : [{ sql: `c."reference" LIKE ? ESCAPE '!'`, args: [containing(asReference.toUpperCase())] }]),
      ...(named.length === 0
        ? []
        : [
            {
              sql: `EXISTS (SELECT 1 FROM "Part" n WHERE n."consignment" = c."reference" AND n."party" IN (${marks(named.length)}))`,
              args: named.map(each => each.reference),
            },
          ]),
    ]
    return { sql: `(${tests.map(test => test.sql).join(' OR ')})`, args: tests.flatMap(test => test.args) }
  })
}

const containing = (text: string) => `%${text.replace(/[!%_]/g, '!$&')}%`

async function rowsOf(log: Log, rows: readonly Row[]): Promise<readonly ListingRow[]> {
  const states = await statesOf(
    log,
    rows.map(row => String(row[0])),
  )
  const named = new Set<string>()
  for (const row of rows) for (const at of [7, 8]) if (row[at] !== null) named.add(String(row[at]))
  for (const state of states.values()) for (const party of state.standing) named.add(party)
  const names = await partiesNamed([...named], log)
  return rows.map(row => {
    const isPart = row[9] !== null
    const view = (reference: string): PartyView =>
      partyViewFor({ named: names.get(reference), isPart }) ?? { reference, name: { absent: 'withheld' } }
    const state = states.get(String(row[0]))
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
      ...whereabouts(state, view),
    }
  })
}

function whereabouts(
  state: ConsignmentState | undefined,
  view: (reference: string) => PartyView,
): Pick<ListingRow, 'holders' | 'handoff' | 'differs'> {
  if (!state) return { holders: [], differs: false }
  const shown = state.releases.findLast(release => release.status === 'open') ?? state.releases.at(-1)
  const taker = shown?.taker ?? (shown && 'party' in shown.to ? shown.to.party : undefined)
  return {
    holders: [...new Set(state.holdings.map(holding => holding.party))].map(view),
    ...(shown && {
      handoff: {
        status: shown.status,
        giver: view(shown.giver),
        ...(taker !== undefined && { taker: view(taker) }),
      },
    }),
    differs: state.releases.some(release => release.missing.length > 0) || state.chain.some(isStray),
  }
}
