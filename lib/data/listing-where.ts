import { parseReference } from '../core/custody/reference.ts'
import type { Stage } from '../core/custody/views.ts'
import type { Log } from './log-state.ts'
import { partyDirectory } from './parties.ts'
import { marks, query, type SqlValue } from './sql.ts'

/** What the party is to a consignment; `all` also lists those it has no part in. Without one: any part. */
export const ROLES = ['consignor', 'holder', 'consignee', 'all'] as const
/** What a consignment asks of the party: its signature, patience, a step with what it holds and has not offered. */
export const DUES = ['sign', 'wait', 'free'] as const
export const STAGES = ['packed', 'waiting', 'on-the-way', 'delivered', 'returned', 'closed', 'reported'] as const

/** What a list is narrowed to; without any of it all that the party has a part in. */
export type Narrowing = {
  /** Words that all must occur in item, lot, reference or a party's name; a reference in any spelling. */
  readonly query?: string | undefined
  readonly role?: (typeof ROLES)[number] | undefined
  readonly stage?: Stage | undefined
  readonly due?: (typeof DUES)[number] | undefined
  /** Only with something to settle, by the party or with the role `all` by anyone. */
  readonly differs?: boolean | undefined
  /** Only what this other party takes part in too: its reference. */
  readonly with?: string | undefined
  /** First and last UTC day of the newest record, `YYYY-MM-DD`. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** A condition with a value for each of its marks. */
type Where = { readonly sql: string; readonly args: readonly SqlValue[] }

/** Tables of a list: `p` the party's part, `c` the consignment. Of the whole log the part may be missing; for what is the party's own it leads. */
export type Source = {
  readonly from: string
  readonly args: readonly SqlValue[]
  readonly where: Where
  /** Alias under which `stage` and `leafIndex` are read. */
  readonly lead: 'p' | 'c'
}

/** Where a list of `party` is read from. `facets`: without what the filters of one choice count apart: role, stage, due, differences. */
export async function sourceOf(
  log: Log,
  party: string,
  narrowing: Narrowing,
  { facets, needsText }: { facets: boolean; needsText: boolean },
): Promise<Source> {
  const isAll = narrowing.role === 'all'
  const lead = isAll ? 'c' : 'p'
  const words = await textOf(log, narrowing.query ?? '', `${lead}."${isAll ? 'reference' : 'consignment'}"`)
  const parts = [
    ...(isAll ? [] : [{ sql: 'p."party" = ?', args: [party] }]),
    ...(await datesOf(log, narrowing, lead)),
    ...withOther(narrowing.with, lead),
    ...words.where,
    ...(facets ? [] : choicesOf(narrowing, lead)),
  ]
  const where = joined(parts)
  if (isAll) {
    const from = '"Consignment" c LEFT JOIN "Part" p ON p."consignment" = c."reference" AND p."party" = ?'
    return { from, args: [party], where, lead }
  }
  const texts = words.needsText || needsText
  const from = texts ? '"Part" p JOIN "Consignment" c ON c."reference" = p."consignment"' : '"Part" p'
  return { from, args: [], where, lead }
}

const joined = (parts: readonly Where[]): Where => ({
  sql: parts.length === 0 ? '1 = 1' : parts.map(part => part.sql).join(' AND '),
  args: parts.flatMap(part => part.args),
})

const DUE: Readonly<Record<(typeof DUES)[number], string>> = {
  sign: 'p."toSign" > 0',
  wait: 'p."waiting" > 0',
  free: 'p."free"',
}

function choicesOf({ role, stage, due, differs }: Narrowing, lead: 'p' | 'c'): readonly Where[] {
  const parts: Where[] = []
  if (role === 'consignor') parts.push({ sql: 'p."founded"', args: [] })
  if (role === 'consignee') parts.push({ sql: 'p."awaits"', args: [] })
  if (role === 'holder') parts.push({ sql: 'p."holds"', args: [] })
  if (stage) parts.push({ sql: `${lead}."stage" = ?`, args: [stage] })
  if (due) parts.push({ sql: DUE[due], args: [] })
  if (differs && role !== 'all') parts.push({ sql: 'p."differences" > 0', args: [] })
  if (differs && role === 'all') {
    // Whatever is to be settled, its founder may settle: one row says it for everyone.
    const any =
      'SELECT 1 FROM "Part" d WHERE d."consignment" = c."reference" AND d."party" = c."founder" AND d."differences" > 0'
    parts.push({ sql: `EXISTS (${any})`, args: [] })
  }
  return parts
}

function withOther(other: string | undefined, lead: 'p' | 'c'): readonly Where[] {
  if (other === undefined) return []
  const name = lead === 'c' ? 'c."reference"' : 'p."consignment"'
  const sql = `EXISTS (SELECT 1 FROM "Part" w WHERE w."consignment" = ${name} AND w."party" = ?)`
  return [{ sql, args: [other] }]
}

const DAY = 24 * 60 * 60 * 1000

async function datesOf(log: Log, { from, to }: Narrowing, lead: 'p' | 'c'): Promise<readonly Where[]> {
  const parts: Where[] = []
  if (from !== undefined) {
    parts.push({ sql: `${lead}."leafIndex" >= ?`, args: [await firstLeafAt(log, Date.parse(from))] })
  }
  if (to !== undefined) {
    parts.push({ sql: `${lead}."leafIndex" < ?`, args: [await firstLeafAt(log, Date.parse(to) + DAY)] })
  }
  return parts
}

/** The first leaf recorded at `time` (unix milliseconds) or later; record times never go back, so it is found by halving. */
async function firstLeafAt(log: Log, time: number): Promise<number> {
  const [head] = await query(log.adapter, 'SELECT "size" FROM "Head" WHERE "id" = 1')
  let [low, high] = [0, Number(head?.[0] ?? 0)]
  while (low < high) {
    const middle = (low + high) >> 1
    const [leaf] = await query(log.adapter, 'SELECT "recordedAt" FROM "Leaf" WHERE "leafIndex" = ?', [middle])
    if (Number(leaf?.[0] ?? Number.POSITIVE_INFINITY) < time) low = middle + 1
    else high = middle
  }
  return low
}

const MOST_WORDS = 8
const MOST_NAMED = 50

type Text = { readonly where: readonly Where[]; readonly needsText: boolean }

async function textOf(log: Log, typed: string, name: string): Promise<Text> {
  const reference = referenceIn(typed)
  if (reference !== undefined) return { where: [{ sql: `${name} = ?`, args: [reference] }], needsText: false }
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
  if (words.length === 0) return { where: [], needsText: false }
  const parties = await partyDirectory(log)
  const where = words.map(word => {
    const named = parties.filter(each => each.name.toLowerCase().includes(word)).slice(0, MOST_NAMED)
    const asReference = word.replaceAll('-', '').replaceAll('o', '0').replace(/[il]/g, '1')
    const tests: Where[] = [{ sql: `c."searchText" LIKE ? ESCAPE '!'`, args: [containing(word)] }]
    if (asReference !== '') {
      tests.push({ sql: `c."reference" LIKE ? ESCAPE '!'`, args: [containing(asReference.toUpperCase())] })
    }
    if (named.length > 0) {
      const one = `SELECT 1 FROM "Part" n WHERE n."consignment" = c."reference" AND n."party" IN (${marks(named.length)})`
      tests.push({ sql: `EXISTS (${one})`, args: named.map(each => each.reference) })
    }
    return { sql: `(${tests.map(test => test.sql).join(' OR ')})`, args: tests.flatMap(test => test.args) }
  })
  return { where, needsText: true }
}

/** The one reference that was typed, or the address of a label with one; undefined for other words. */
function referenceIn(typed: string): string | undefined {
  const onLabel = /\/t\/([^#?/\s]+)/.exec(typed)?.[1]
  const read = parseReference(onLabel ?? typed)
  return read.ok ? read.value : undefined
}

const containing = (text: string) => `%${text.replace(/[!%_]/g, '!$&')}%`
