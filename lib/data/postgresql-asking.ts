import type { SqlQuery, SqlResultSet } from '@prisma/driver-adapter-utils'
import pg from 'pg'

/** Milliseconds until a connection is made, else there is none. */
export const CONNECT = 10_000

/** Integers below 2^53 as numbers, larger ones as text, truth as 1 and 0, times as ISO text, bytes as bytes: what SQLite's driver gives. */
function parserOf(oid: number): (text: string) => unknown {
  const { builtins, getTypeParser } = pg.types
  if (oid === builtins.INT8 || oid === builtins.NUMERIC)
    return text => (Number.isSafeInteger(Number(text)) ? Number(text) : text)
  // Without a zone, and UTC by this program's rule; the driver would take it for the machine's own time.
  if (oid === builtins.TIMESTAMP) return text => new Date(`${text}Z`).toISOString().replace('Z', '+00:00')
  if (oid === builtins.BOOL) return text => (text === 't' ? 1 : 0)
  return getTypeParser(oid, 'text')
}
const TYPES = { getTypeParser: parserOf } as unknown as pg.CustomTypesConfig

/** One question with its answer's rows as arrays; throws as the driver does. `name`: of the statement, which the connection keeps prepared. */
export async function ask(
  on: pg.Pool | pg.ClientBase,
  { sql, args }: SqlQuery,
  name?: string,
): Promise<pg.QueryArrayResult> {
  return on.query({ ...(name && { name }), text: sql, values: args as unknown[], rowMode: 'array', types: TYPES })
}

/** Every number of rows is another text, and a connection keeps each that it ran: what comes after so many is read anew each time. */
const MOST_NAMED = 300
const kept = new WeakMap<pg.ClientBase, Map<string, string>>()

/**
 * {@link ask} for what is written again and again: each connection reads and plans it once, which costs more than running it. Not for questions: a plan
 * that is kept from when a table was small reads all of it when it is large.
 */
export async function askAgain(on: pg.ClientBase, query: SqlQuery): Promise<pg.QueryArrayResult> {
  const names = kept.get(on) ?? new Map<string, string>()
  kept.set(on, names)
  const known = names.get(query.sql)
  if (known !== undefined || names.size >= MOST_NAMED) return ask(on, query, known)
  const name = `throughline ${names.size}`
  names.set(query.sql, name)
  return ask(on, query, name)
}

/** An answer as Prisma's adapters give it. */
export const resultSet = ({ fields, rows }: pg.QueryArrayResult): SqlResultSet => ({
  columnNames: fields.map(field => field.name),
  columnTypes: [],
  rows,
})
