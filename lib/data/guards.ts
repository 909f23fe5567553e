import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { inTransaction, whenFree } from './gate.ts'
import { readProgramFile } from './migrate.ts'
import { execute, query } from './sql.ts'

/**
 * Re-creates the triggers of prisma/guards that refuse to change or delete what was recorded, and reads them back. Throws where one
 * cannot be created or reads differently: a server without them must not start.
 */
export async function createGuards(adapter: SqlDriverAdapter): Promise<void> {
  const wanted = await readGuards()
  await whenFree(() =>
    inTransaction(adapter, async transaction => {
      for (const [name, sql] of wanted) {
        await execute(transaction, `DROP TRIGGER IF EXISTS "${name}"`)
        await execute(transaction, sql)
      }
    }),
  )
  await verifyGuards(adapter)
}

/** Throws unless every trigger of prisma/guards stands in the database as written there. */
export async function verifyGuards(adapter: SqlDriverAdapter): Promise<void> {
  const wanted = await readGuards()
  const rows = await query(adapter, `SELECT name, sql FROM sqlite_master WHERE type = 'trigger'`)
  const present = new Map(rows.map(([name, sql]) => [String(name), String(sql)]))
  for (const [name, sql] of wanted) {
    if (present.get(name) !== sql) throw new Error(`the guard ${name} is not in the database as prisma/guards has it`)
  }
}

/** Triggers by name, each as one statement. Throws where the file holds none: an empty file guards nothing. */
async function readGuards(): Promise<Map<string, string>> {
  const text = await readProgramFile('prisma/guards/sqlite.sql')
  const statements = text.match(/^CREATE TRIGGER[\s\S]*?^END(?=;$)/gm) ?? []
  const guards = new Map(statements.map(sql => [/^CREATE TRIGGER "(\w+)"/.exec(sql)?.[1] ?? '', sql]))
  if (guards.size === 0 || guards.has('')) throw new Error('prisma/guards/sqlite.sql holds no triggers')
  return guards
}
