import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { LogReplay, Taken } from '../audit/replay.ts'
import { findEntry } from '../core/custody/consignment.ts'
import { verifyOpenings } from '../core/custody/sealed.ts'
import { isOpeningPublic } from '../core/evidence/openings.ts'
import type { Finding } from './fsck.ts'
import { SIGNING } from './projections.ts'
import { marks, query, type Row, type SqlValue } from './sql.ts'

type Expected = {
  readonly code: Finding['code']
  readonly table: string
  readonly columns: readonly string[]
  /** So many of the columns are the primary key. */
  readonly keys: number
}

const EVENT_NAME = { code: 'name-differs', table: 'EventName', columns: ['hash', 'leafIndex'], keys: 1 } as const

/** Names, who signed, and openings of the leaves [from, to), which were just replayed: their subjects are still in memory. */
export async function* compareBeside(
  on: SqlQueryable,
  {
    taken,
    from,
    to,
    world,
  }: { taken: readonly Taken[]; from: number; to: number; world: LogReplay['states']['world'] },
): AsyncGenerator<Finding> {
  const names = taken.flatMap(namesOf)
  if (names.length > 0) {
    const sql = `SELECT "hash", "leafIndex" FROM "EventName" WHERE "hash" IN (${marks(names.length)})`
    const hashes = names.map(([hash]) => hash as string)
    yield* compareRows({ ...EVENT_NAME, rows: names, stored: await query(on, sql, hashes) })
  }
  const within = 'WHERE "leafIndex" >= ? AND "leafIndex" < ?'
  const signings = taken.flatMap(({ index, signed }): Row[] => {
    const key = signed?.ok ? signed.value.event?.key : undefined
    return key === undefined ? [] : [[index, key]]
  })
  const stored = await query(on, `SELECT "leafIndex", "key" FROM "Signing" ${within}`, [from, to])
  yield* compareRows({ code: 'projection-differs', ...SIGNING, rows: signings, stored })
  const openings = `SELECT "leafIndex", "field", "salt", "value", "isPublic" FROM "Opening" ${within}`
  const byIndex = new Map(taken.map(each => [each.index, each]))
  for (const row of await query(on, openings, [from, to])) {
    const finding = checkOpening(row, byIndex.get(Number(row[0])), world)
    if (finding) yield finding
  }
}

/** How many names these leaves have in `EventName`. */
export const namesIn = (taken: readonly Taken[]): number => taken.flatMap(namesOf).length

function namesOf({ index, signed }: Taken): Row[] {
  if (!signed?.ok) return []
  const restated = signed.value.event ? signed.value.restated : undefined
  const hashes = restated ? [signed.value.hash, restated.hash] : [signed.value.hash]
  return hashes.map(hash => [hash, index])
}

/** Rows that speak of leaves beyond the last, and names that no leaf has: there are more than `names`. */
export async function* compareRest(
  on: SqlQueryable,
  { size, names }: { size: number; names: number },
): AsyncGenerator<Finding> {
  for (const [table, code] of [
    ['Signing', 'projection-differs'],
    ['Opening', 'opening-wrong'],
  ] as const) {
    for (const [leaf] of await query(on, `SELECT "leafIndex" FROM "${table}" WHERE "leafIndex" >= ?`, [size])) {
      yield { code, leaf: Number(leaf), detail: `${table} speaks of leaf ${leaf}, which is not there` }
    }
  }
  const [count] = await query(on, 'SELECT COUNT(*) FROM "EventName"')
  if (Number(count?.[0]) === names) return
  const detail = `EventName has ${count?.[0]} names, the leaves have ${names}`
  yield { code: 'name-differs', detail }
}

/** Each of `rows` against the `stored` row of its key, and what is stored beside them. */
export function* compareRows(
  args: Expected & { readonly rows: readonly Row[]; readonly stored: readonly Row[] },
): Generator<Finding> {
  const { code, table, columns, keys, rows } = args
  const keyOf = (row: Row) => row.slice(0, keys).join(' ')
  const stored = new Map(args.stored.map(row => [keyOf(row), row]))
  const leaf = columns.indexOf('leafIndex')
  for (const row of rows) {
    const key = keyOf(row)
    const other = stored.get(key)
    stored.delete(key)
    const at = columns.findIndex((_, i) => spelled(row[i]) !== spelled(other?.[i]))
    if (!other) yield { code, detail: `${table} lacks ${key}` }
    else if (at >= 0) {
      const detail = `${table} ${key}: ${columns[at]} is ${spelled(row[at])}, stored as ${spelled(other[at])}`
      yield { code, ...(leaf >= 0 && { leaf: Number(row[leaf]) }), detail }
    }
  }
  for (const key of stored.keys()) yield { code, detail: `${table} has ${key}, which no leaf speaks of` }
}

/** One spelling for what the database and the program write differently. */
export function spelled(value: SqlValue | undefined): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return value === true ? '1' : value === false ? '0' : String(value)
}

function checkOpening(row: Row, taken: Taken | undefined, world: LogReplay['states']['world']): Finding | undefined {
  const [leaf, field] = [Number(row[0]), String(row[1])]
  const wrong = (detail: string): Finding => ({ code: 'opening-wrong', leaf, detail })
  const acting = taken?.acting
  if (!acting) return wrong(`${field}: there is no such event`)
  const fits = verifyOpenings(acting, { [field]: { salt: String(row[2]), value: String(row[3]) } })
  const state = world.consignment(acting.id)
  const targetOf = () => (acting.kind === 'correct' && state ? findEntry(state, acting.body.event)?.acting : undefined)
  if (!fits.ok) return wrong(`${field}: ${fits.code}`)
  const isStoredPublic = Number(row[4]) === 1
  if (isOpeningPublic({ acting, field, targetOf }) === isStoredPublic) return undefined
  return wrong(`${field} is stored as ${isStoredPublic ? 'public' : 'withheld'}`)
}
