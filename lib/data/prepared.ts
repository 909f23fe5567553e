import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { Row, SqlValue } from './sql.ts'

// What the driver (better-sqlite3) offers below Prisma's adapter, as far as it is used here.
type Statement = {
  readonly reader: boolean
  run(values: readonly SqlValue[]): { readonly changes: number }
  raw(): Statement
  safeIntegers(isBigInt: boolean): Statement
  all(values: readonly SqlValue[]): Row[]
}
type Sqlite = { readonly inTransaction: boolean; prepare(sql: string): Statement }

const MOST_STATEMENTS = 500

/** Statements of each connection by their text; closing the connection ends them. */
const prepared = new WeakMap<Sqlite, Map<string, Statement>>()

/**
 * Prisma's adapter for SQLite prepares every statement anew, which on the hot path costs more than running it. Inside a transaction, which has
 * the connection to itself, these run prepared ones. Undefined where `on` is anything else: then the adapter is asked.
 */
function statementFor(on: SqlQueryable, sql: string): Statement | undefined {
  if (on.provider !== 'sqlite' || !('commit' in on)) return undefined
  const client = Reflect.get(on, 'client') as Sqlite | undefined
  if (typeof client?.prepare !== 'function') return undefined
  // SQLite may have rolled back by itself (storage full): what is written from then on would stand alone.
  if (!client.inTransaction) throw new Error('this transaction is over')
  const statements = prepared.get(client) ?? new Map<string, Statement>()
  prepared.set(client, statements)
  const known = statements.get(sql)
  if (known) return known
  const made = asAdapter(on, () => client.prepare(sql))
  if (statements.size >= MOST_STATEMENTS) statements.clear()
  statements.set(sql, made)
  return made
}

/** The rows of a statement inside an SQLite transaction; undefined elsewhere. */
export function queryPrepared(on: SqlQueryable, sql: string, args: readonly SqlValue[]): Row[] | undefined {
  const statement = statementFor(on, sql)
  if (!statement?.reader) return undefined
  return asAdapter(on, () => statement.safeIntegers(false).raw().all(args.map(bound)))
}

/** Runs a statement once for each of `rows` inside an SQLite transaction, and gives the number of rows changed; undefined elsewhere, and nothing was done. */
export function runPrepared(on: SqlQueryable, sql: string, rows: readonly Row[]): number | undefined {
  const statement = statementFor(on, sql)
  if (!statement) return undefined
  return asAdapter(on, () => {
    let changed = 0
    for (const row of rows) changed += statement.run(row.map(bound)).changes
    return changed
  })
}

const bound = (value: SqlValue): SqlValue => (typeof value === 'boolean' ? Number(value) : value)

/** The driver's errors as the adapter reports them: what is full, busy or broken is told by those. */
function asAdapter<Value>(on: SqlQueryable, run: () => Value): Value {
  try {
    return run()
  } catch (error) {
    const report = Reflect.get(on, 'onError') as ((error: unknown) => never) | undefined
    if (report) report.call(on, error)
    throw error
  }
}
