import type { ArgType, SqlQuery, SqlQueryable } from '@prisma/driver-adapter-utils'
import { queryPrepared, runPrepared } from './prepared.ts'

/** What a statement takes and gives: integers come back as numbers (ours stay below 2^53), bytes as Uint8Array. */
export type SqlValue = string | number | bigint | boolean | Uint8Array | null
export type Row = readonly SqlValue[]

const AS_IS: ArgType = { scalarType: 'unknown', arity: 'scalar' }

/** The rows of one statement, columns in the order it names them; `?` stands for each of `args`. Goes past Prisma's client: for the hot path and for statements it cannot say. */
export async function query(on: SqlQueryable, sql: string, args: readonly SqlValue[] = []): Promise<Row[]> {
  const known = queryPrepared(on, sql, args)
  if (known) return known
  const { rows } = await on.queryRaw(queryOf(on, sql, args))
  return rows as Row[]
}

/** Runs one statement and gives the number of rows it changed. */
export async function execute(on: SqlQueryable, sql: string, args: readonly SqlValue[] = []): Promise<number> {
  return runPrepared(on, sql, [args]) ?? on.executeRaw(queryOf(on, sql, args))
}

/** PostgreSQL numbers its marks. A question mark between quotes is a letter. */
function spelledFor(on: SqlQueryable, sql: string): string {
  if (on.provider !== 'postgres') return sql
  let count = 0
  return sql.replace(/'[^']*'|"[^"]*"|\?/g, found => (found === '?' ? `$${++count}` : found))
}

// SQLite binds at most 32,766 values a statement, PostgreSQL 65,535.
const MOST_VALUES = 30_000

/**
 * Inserts `rows` in as few statements as the database takes. `onConflict`: what follows VALUES, for an upsert. In a transaction on PostgreSQL what fails
 * is told by the next statement, COMMIT at the latest.
 */
export async function insert(
  on: SqlQueryable,
  into: { table: string; columns: readonly string[]; onConflict?: string },
  rows: readonly Row[],
): Promise<void> {
  const one = `(${into.columns.map(() => '?').join(',')})`
  const names = into.columns.map(name => `"${name}"`).join(',')
  const start = `INSERT INTO "${into.table}" (${names}) VALUES`
  if (rows.length === 0) return
  if (runPrepared(on, `${start} ${one} ${into.onConflict ?? ''}`, rows) !== undefined) return
  const step = Math.floor(MOST_VALUES / into.columns.length)
  for (let at = 0; at < rows.length; at += step) {
    const some = rows.slice(at, at + step)
    const sql = `${start} ${some.map(() => one).join(',')} ${into.onConflict ?? ''}`
    if (isWrittenBehind(on)) await on.later(queryOf(on, sql, some.flat()))
    else await execute(on, sql, some.flat())
  }
}

/**
 * Runs an UPDATE inside a transaction that must not be committed unless exactly one row changes: throws `problem`, on PostgreSQL with the next statement,
 * COMMIT at the latest.
 */
export async function changeOne(
  on: SqlQueryable,
  update: string,
  args: readonly SqlValue[],
  problem: string,
): Promise<void> {
  if (isWrittenBehind(on)) {
    // What is no number cannot be read as one, and says so. The count keeps it from being read before there is need.
    const found = `CASE COUNT(*) WHEN 1 THEN 1 ELSE ('${problem}: ' || COUNT(*))::int END`
    return on.later(queryOf(on, `WITH changed AS (${update} RETURNING 1) SELECT ${found} FROM changed`, args))
  }
  if ((await execute(on, update, args)) !== 1) throw new Error(problem)
}

/** A transaction of PostgreSQL's: what is inserted there need not be waited for before the next is sent. */
type WrittenBehind = SqlQueryable & { later(query: SqlQuery): Promise<void> }
const isWrittenBehind = (on: SqlQueryable): on is WrittenBehind => 'later' in on

const queryOf = (on: SqlQueryable, sql: string, args: readonly SqlValue[]): SqlQuery => ({
  sql: spelledFor(on, sql),
  args: [...args],
  argTypes: args.map(() => AS_IS),
})

/** `?,?,?` for a list in a statement. */
export function marks(count: number): string {
  return Array.from({ length: count }, () => '?').join(',')
}

/** Plain bytes of a column, without a copy. */
export function bytesOf(value: SqlValue | undefined): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new Error(`a column holds ${typeof value} where bytes belong`)
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}
