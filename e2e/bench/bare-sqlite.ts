import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
// biome-ignore lint/style/noRestrictedImports: the peer that lib/data is measured against is the bare driver.
import Sqlite from 'better-sqlite3'

/** Seconds that bare better-sqlite3 takes to insert one row: `batch` rows a transaction, WAL, synchronous FULL, one table of index and bytes. */
export function secondsToInsert({ rows, batch }: { rows: readonly Uint8Array[]; batch: number }): number {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bare-'))
  const sqlite = new Sqlite(join(folder, 'bare.db'))
  try {
    sqlite.pragma('journal_mode = WAL')
    sqlite.pragma('synchronous = FULL')
    sqlite.exec('CREATE TABLE "Leaf" ("leafIndex" INTEGER PRIMARY KEY, "bytes" BLOB NOT NULL)')
    const insert = sqlite.prepare('INSERT INTO "Leaf" VALUES (?, ?)')
    const insertBatch = sqlite.transaction((from: number) => {
      for (const [at, bytes] of rows.slice(from, from + batch).entries()) insert.run(from + at, bytes)
    })
    const start = performance.now()
    for (let from = 0; from < rows.length; from += batch) insertBatch(from)
    return (performance.now() - start) / 1000 / rows.length
  } finally {
    sqlite.close()
    rmSync(folder, { recursive: true })
  }
}
