import { cpSync, readFileSync, rmSync } from 'node:fs'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import Database from 'better-sqlite3'
import pg from 'pg'
import { filePath, isOnPostgresql, isPostgresql } from './addresses.ts'
import { openSnapshot } from './connection.ts'
import { hexOf } from './hash.ts'
import { execute } from './sql.ts'

// What someone does who holds the database: past this program, its guards and its locks. One statement in the words of SQLite serves for both.

type Where = { readonly databaseUrl: string }

const names = [...readFileSync('prisma/schema.prisma', 'utf8').matchAll(/^(?:model|\s+)\s*(\w+)/gm)].map(
  ([, name]) => name,
)
const quoted = new Set(names.filter(name => name !== undefined && /[A-Z]/.test(name)))

/** Names in quotes, because PostgreSQL would fold them, and bytes as PostgreSQL writes them. */
function forPostgresql(sql: string): string {
  return sql
    .replace(/x'([0-9a-f]*)'|'[^']*'|"[^"]*"|\w+/g, (found, hex) => {
      if (hex !== undefined) return `'\\x${hex}'::bytea`
      return quoted.has(found) ? `"${found}"` : found
    })
    .replace(/zeroblob\((\d+)\)/g, `decode(repeat('00', $1), 'hex')`)
    .replace(/\bAS BLOB\b/g, 'AS bytea')
}

async function onServer<Value>(url: string, use: (client: pg.Client) => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** Changes what is stored. `isSeen`: the guards stay away afterwards, as those of a thief in a hurry. */
export async function tamper({ databaseUrl }: Where, sql: string, { isSeen = false } = {}): Promise<void> {
  if (isPostgresql(databaseUrl)) {
    return onServer(databaseUrl, async client => {
      const tables = await client.query(
        'SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal',
      )
      const each = (what: string) => tables.rows.map(({ name }) => `ALTER TABLE ${name} ${what} TRIGGER USER`).join(';')
      const triggers = await client.query(
        'SELECT tgname, tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal',
      )
      await client.query(each('DISABLE'))
      await client.query(forPostgresql(sql))
      if (isSeen) return
      await client.query(
        triggers.rows.map(({ tgname, name }) => `ALTER TABLE ${name} ENABLE ALWAYS TRIGGER "${tgname}"`).join(';'),
      )
    })
  }
  const database = new Database(filePath(databaseUrl))
  const guards = database.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`).all() as {
    name: string
    sql: string
  }[]
  for (const { name } of guards) database.exec(`DROP TRIGGER "${name}"`)
  database.exec(sql)
  if (!isSeen) for (const guard of guards) database.exec(guard.sql)
  database.close()
}

/** Rows as they are stored, a record each. */
export async function storedRows({ databaseUrl }: Where, sql: string): Promise<Record<string, unknown>[]> {
  const adapter = await openSnapshot(databaseUrl)
  try {
    const text = isPostgresql(databaseUrl) ? forPostgresql(sql) : sql
    const { columnNames, rows } = await adapter.queryRaw({ sql: text, args: [], argTypes: [] })
    return rows.map(row => Object.fromEntries(columnNames.map((name, at) => [name, row[at]])))
  } finally {
    await adapter.dispose()
  }
}

/** Changes one byte of a leaf, or of the hash stored for it, the way a thief of the database would: the guards are no match for that. */
export async function flip(where: Where, leafIndex: number, column: 'bytes' | 'leafHash' = 'bytes'): Promise<void> {
  const [leaf] = await storedRows(where, `SELECT ${column} FROM Leaf WHERE leafIndex = ${leafIndex}`)
  const bytes = Buffer.from(leaf?.[column] as Uint8Array)
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] as number) ^ 1
  await tamper(where, `UPDATE Leaf SET ${column} = x'${hexOf(bytes)}' WHERE leafIndex = ${leafIndex}`)
}

/** Holds the lock that every writer waits for, as another process would, until what it gives is called. */
export async function holdLock({ databaseUrl }: Where): Promise<() => Promise<void>> {
  if (isPostgresql(databaseUrl)) {
    const client = new pg.Client({ connectionString: databaseUrl })
    await client.connect()
    await client.query('BEGIN; SELECT 1 FROM "Head" FOR UPDATE')
    return () => client.end()
  }
  const other = new Database(filePath(databaseUrl))
  other.exec('BEGIN IMMEDIATE')
  return async () => {
    other.close()
  }
}

/** A copy of a database that nobody has open, under an address of its own: a backup. */
export async function copyDatabase({ databaseUrl }: Where, suffix: string): Promise<string> {
  if (isPostgresql(databaseUrl)) {
    const copy = new URL(databaseUrl)
    copy.pathname += suffix
    await replace({ databaseUrl: copy.href }, databaseUrl)
    return copy.href
  }
  const source = new Database(filePath(databaseUrl))
  source.exec(`VACUUM INTO '${filePath(databaseUrl)}${suffix}'`)
  source.close()
  return `${databaseUrl}${suffix}`
}

/** Puts the database at `from` in the place of another that nobody has open. */
export async function replace({ databaseUrl }: Where, from: string): Promise<void> {
  if (!isPostgresql(databaseUrl)) return cpSync(filePath(from), filePath(databaseUrl))
  const name = (url: string) => new URL(url).pathname.slice(1)
  const admin = new URL(databaseUrl)
  admin.pathname = '/postgres'
  await onServer(admin.href, async client => {
    await client.query(`DROP DATABASE IF EXISTS "${name(databaseUrl)}" WITH (FORCE)`)
    await client.query(`CREATE DATABASE "${name(databaseUrl)}" TEMPLATE "${name(from)}"`)
  })
}

/** Takes the whole database away. */
export async function dropDatabase({ databaseUrl }: Where): Promise<void> {
  if (!isPostgresql(databaseUrl)) {
    for (const end of ['', '-wal', '-shm']) rmSync(filePath(databaseUrl) + end, { force: true })
    return
  }
  const admin = new URL(databaseUrl)
  admin.pathname = '/postgres'
  const name = new URL(databaseUrl).pathname.slice(1)
  await onServer(admin.href, client => client.query(`DROP DATABASE "${name}" WITH (FORCE)`))
}

/** From now on every such write to the table fails, as where the disk is full, until what this gives is called. */
export async function breakWrites(
  { adapter }: { readonly adapter: SqlDriverAdapter },
  { table, event }: { table: string; event: 'INSERT' | 'UPDATE' },
): Promise<() => Promise<void>> {
  const start = `CREATE TRIGGER "broken" BEFORE ${event} ON "${table}"`
  const there = isOnPostgresql(adapter)
  const how = there ? `FOR EACH ROW EXECUTE FUNCTION throughline_refuse('no')` : `BEGIN SELECT RAISE(ABORT, 'no'); END`
  await execute(adapter, `${start} ${how}`)
  return async () => {
    await execute(adapter, `DROP TRIGGER "broken"${there ? ` ON "${table}"` : ''}`)
  }
}
