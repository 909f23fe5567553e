import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'

/** Whether the database at `databaseUrl` holds a leaf; looks without creating, migrating or locking anything. */
export function holdsLeaves(databaseUrl: string): boolean {
  const path = databaseUrl.replace(/^file:/, '')
  if (!existsSync(path)) return false
  const database = new Database(path, { readonly: true })
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'Leaf'").get()
    return table !== undefined && database.prepare('SELECT 1 FROM "Leaf" LIMIT 1').get() !== undefined
  } finally {
    database.close()
  }
}
