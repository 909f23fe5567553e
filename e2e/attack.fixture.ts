// biome-ignore lint/style/noRestrictedImports: who attacks the database does not ask lib/data.
import Sqlite from 'better-sqlite3'

/** Opens the database of a running server as someone does who has its file, takes the guards off, and puts them back as they were. */
function attack<Value>(database: string, act: (sqlite: Sqlite.Database) => Value): Value {
  const sqlite = new Sqlite(database)
  try {
    const guards = sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
      name: string
      sql: string
    }[]
    for (const { name } of guards) sqlite.exec(`DROP TRIGGER "${name}"`)
    const value = act(sqlite)
    for (const { sql } of guards) sqlite.exec(sql)
    return value
  } finally {
    sqlite.close()
  }
}

/** Flips one bit of one byte in the middle of the newest leaf of a subject. Answers the leaf's index. */
export function flipByte(database: string, subject: string): number {
  return attack(database, sqlite => {
    const { leafIndex, bytes } = sqlite
      .prepare('SELECT "leafIndex", "bytes" FROM "Leaf" WHERE "subject" = ? ORDER BY "leafIndex" DESC LIMIT 1')
      .get(subject) as { leafIndex: number; bytes: Buffer }
    const at = bytes.length >> 1
    bytes[at] = (bytes[at] as number) ^ 1
    sqlite.prepare('UPDATE "Leaf" SET "bytes" = ? WHERE "leafIndex" = ?').run(bytes, leafIndex)
    return leafIndex
  })
}

/** Puts another value in place of every sealed one that reads `from`. Answers how many there were. */
export function renameOpenings(database: string, { from, to }: { from: string; to: string }): number {
  return attack(
    database,
    sqlite => sqlite.prepare('UPDATE "Opening" SET "value" = ? WHERE "value" = ?').run(to, from).changes,
  )
}

/** Deletes every sealed value that reads `value`. Answers how many there were. */
export function eraseOpenings(database: string, value: string): number {
  return attack(database, sqlite => sqlite.prepare('DELETE FROM "Opening" WHERE "value" = ?').run(value).changes)
}

/** Says of a leaf in effect that it is not: the newest of the subject. */
export function putOutOfEffect(database: string, subject: string): number {
  const sql = `UPDATE "Leaf" SET "inEffect" = 0, "reason" = 'not-holder'
    WHERE "leafIndex" = (SELECT MAX("leafIndex") FROM "Leaf" WHERE "subject" = ?)`
  return attack(database, sqlite => sqlite.prepare(sql).run(subject).changes)
}

/** How many leaves the database holds, and how many the newest checkpoint covers. */
export function countLeaves(database: string): { recorded: number; sealed: number } {
  const sqlite = new Sqlite(database, { readonly: true })
  try {
    const count = (sql: string) => Number(sqlite.prepare(sql).pluck().get())
    return { recorded: count('SELECT COUNT(*) FROM "Leaf"'), sealed: count('SELECT MAX("size") FROM "Checkpoint"') }
  } finally {
    sqlite.close()
  }
}

/** Holds what the server needs to sign its next list, as a stuck second process would: records are taken and stay unsealed until the answer is called. */
export function holdSealing(dataDir: string): () => void {
  const lock = new Sqlite(`${dataDir}/log.guard.lock`, { timeout: 5000 })
  lock.exec('BEGIN EXCLUSIVE')
  return () => lock.close()
}

/** Takes away what the pages about the log read, as a disk that fails does: they can no longer be made. */
export function hideCheckpoints(database: string): void {
  const sqlite = new Sqlite(database)
  sqlite.exec('ALTER TABLE "Checkpoint" RENAME TO "Hidden"')
  sqlite.close()
}

/** Hides that a key was revoked from everything that reads its records: the key looks as good as before. Answers how many records were hidden. */
export function hideRevocation(database: string, key: string): number {
  return attack(database, sqlite => {
    const hidden = sqlite.prepare('UPDATE "Leaf" SET "subject" = ? WHERE "subject" = ? AND "seq" = 1')
    sqlite.prepare('UPDATE "Key" SET "revokedAt" = NULL WHERE "key" = ?').run(key)
    return hidden.run(`key/${'0'.repeat(32)}`, `key/${key}`).changes
  })
}
