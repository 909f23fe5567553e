import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { whenFree } from './gate.ts'
import { bytesOf, execute, query } from './sql.ts'
import type { TreeHead } from './tiles.ts'

/** A signed checkpoint as stored; `signedAt` in unix milliseconds. */
export type StoredCheckpoint = TreeHead & { readonly note: string; readonly signedAt: number }

/** The newest stored checkpoint, or the one of exactly `size`. */
export async function readCheckpoint(on: SqlQueryable, size?: number): Promise<StoredCheckpoint | undefined> {
  const which = size === undefined ? 'ORDER BY "size" DESC LIMIT 1' : 'WHERE "size" = ?'
  const sql = `SELECT "size", "root", "note", "signedAt" FROM "Checkpoint" ${which}`
  const [row] = await query(on, sql, size === undefined ? [] : [size])
  if (!row) return undefined
  return { size: Number(row[0]), root: bytesOf(row[1]), note: String(row[2]), signedAt: Number(row[3]) }
}

/** Stores a checkpoint unless one of its size is there, and gives the one that is: another process may have signed the same head first. */
export async function storeCheckpoint(on: SqlQueryable, checkpoint: StoredCheckpoint): Promise<StoredCheckpoint> {
  const { size, root, note, signedAt } = checkpoint
  const sql =
    'INSERT INTO "Checkpoint" ("size", "root", "note", "signedAt") VALUES (?, ?, ?, ?) ON CONFLICT ("size") DO NOTHING'
  await whenFree(() => execute(on, sql, [size, root, note, signedAt]))
  return (await readCheckpoint(on, size)) as StoredCheckpoint
}
