import type { SqlDriverAdapter, SqlQueryable } from '@prisma/driver-adapter-utils'
import { isOnPostgresql } from './addresses.ts'
import { inTransaction, whenFree } from './gate.ts'
import { readProgramFile } from './migrate.ts'
import { execute, query } from './sql.ts'

/** A trigger of prisma/guards: its name, the table it stands on, and the one statement that makes it. */
type Guard = { readonly name: string; readonly table: string; readonly sql: string }
/** Of PostgreSQL also the function that all of its triggers call. */
type Guards = { readonly guards: readonly Guard[]; readonly refuse?: string }

/**
 * Makes the triggers of prisma/guards that refuse to change or delete what was recorded, and reads them back. On SQLite always; on PostgreSQL where one
 * differs, because another process may be serving and a trigger is made only while nobody writes. Throws where one cannot be made or reads
 * differently: a server without them must not start.
 */
export async function createGuards(adapter: SqlDriverAdapter): Promise<void> {
  const wanted = await readGuards(adapter)
  const isElsewhere = isOnPostgresql(adapter)
  if (isElsewhere && (await differing(adapter, wanted)) === undefined) return
  await whenFree(() =>
    inTransaction(adapter, async transaction => {
      // Another process that started as well may have made them while this one waited for the lock.
      if (isElsewhere && (await differing(transaction, wanted)) === undefined) return
      if (wanted.refuse !== undefined) await execute(transaction, wanted.refuse)
      for (const { name, table, sql } of wanted.guards) {
        if (isElsewhere) {
          // Dropping would wait for everyone who waits for the head, and they for this transaction.
          await execute(transaction, sql.replace(/^CREATE/, 'CREATE OR REPLACE'))
          await execute(transaction, `ALTER TABLE "${table}" ENABLE ALWAYS TRIGGER "${name}"`)
        } else {
          await execute(transaction, `DROP TRIGGER IF EXISTS "${name}"`)
          await execute(transaction, sql)
        }
      }
    }),
  )
  await verifyGuards(adapter)
}

/** Throws unless every trigger of prisma/guards stands in the database as written there. */
export async function verifyGuards(adapter: SqlQueryable): Promise<void> {
  const name = await differing(adapter, await readGuards(adapter))
  if (name !== undefined) throw new Error(`the guard ${name} is not in the database as prisma/guards has it`)
}

/** Name of the first guard that is missing or reads otherwise; undefined where all stand. */
async function differing(on: SqlQueryable, { guards, refuse }: Guards): Promise<string | undefined> {
  const present = isOnPostgresql(on) ? await readPostgresql(on) : await readSqlite(on)
  if (refuse !== undefined && present.get(REFUSE) !== bodyOf(refuse)) return REFUSE
  return guards.find(({ name, sql }) => present.get(name) !== sql)?.name
}

async function readSqlite(on: SqlQueryable): Promise<Map<string, string>> {
  const rows = await query(on, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`)
  return new Map(rows.map(([name, sql]) => [String(name), String(sql)]))
}

const REFUSE = 'throughline_refuse'
const bodyOf = (sql: string) => /\$\$([\s\S]*)\$\$/.exec(sql)?.[1] ?? ''

/** Triggers that fire always, and the function behind them under its own name. */
async function readPostgresql(on: SqlQueryable): Promise<Map<string, string>> {
  const triggers = `SELECT t.tgname, pg_get_triggerdef(t.oid, true) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND t.tgenabled = 'A' AND n.nspname = current_schema()`
  const body = `SELECT p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.proname = '${REFUSE}' AND n.nspname = current_schema()`
  const present = new Map((await query(on, triggers)).map(([name, sql]) => [String(name), String(sql)]))
  const [refuse] = await query(on, body)
  return refuse ? present.set(REFUSE, String(refuse[0])) : present
}

/** Throws where the file holds no trigger: an empty file guards nothing. */
async function readGuards(on: SqlQueryable): Promise<Guards> {
  const path = `prisma/guards/${isOnPostgresql(on) ? 'postgresql' : 'sqlite'}.sql`
  const text = await readProgramFile(path)
  const statements = text.match(
    isOnPostgresql(on) ? /^CREATE TRIGGER.*(?=;$)/gm : /^CREATE TRIGGER[\s\S]*?^END(?=;$)/gm,
  )
  const guards = (statements ?? []).map(sql => {
    const [, name = '', table = ''] = /^CREATE TRIGGER "(\w+)" .*? ON "(\w+)"/.exec(sql) ?? []
    return { name, table, sql }
  })
  const [refuse] = text.match(/^CREATE OR REPLACE FUNCTION[\s\S]*?^\$\$(?=;$)/m) ?? []
  const isWhole = guards.length > 0 && guards.every(({ name }) => name !== '')
  if (!isWhole || (isOnPostgresql(on) && !refuse)) throw new Error(`${path} holds no triggers`)
  return { guards, ...(refuse !== undefined && { refuse }) }
}
