import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { EMPTY_ROOT } from '../core/ledger/merkle.ts'
import { formatVkey, type NoteKey, parseVkey } from '../core/ledger/vkey.ts'
import type { KnownLog, WitnessHead } from '../core/ledger/witness-decision.ts'

/** A log that this witness follows, and what it cosigned of it last. */
export type FollowedLog = KnownLog & {
  readonly origin: string
  /** Where its tiles are, for a witness that replays. */
  readonly url: string | undefined
  /** The checkpoint cosigned last with the log's lines and ours; undefined before the first. */
  readonly note: string | undefined
  /** Unix seconds. */
  readonly cosignedAt: number | undefined
}

/** What a witness keeps. Logs are never taken out: one that is added again would be cosigned from its beginning, and a fork with it. */
export type WitnessStore = {
  addLog(log: { readonly key: NoteKey; readonly url: string | undefined }): void
  log(origin: string): FollowedLog | undefined
  logs(): readonly FollowedLog[]
  /** Puts `head` in the place of `old`, on the disk when this returns; false where another stands there by now. */
  replace(step: { origin: string; old: WitnessHead; head: WitnessHead; note: string; cosignedAt: number }): boolean
  close(): void
}

const TABLES = `
CREATE TABLE IF NOT EXISTS "Log" ("origin" TEXT PRIMARY KEY, "url" TEXT, "size" INTEGER NOT NULL, "root" BLOB NOT NULL, "note" TEXT, "cosignedAt" INTEGER) STRICT;
CREATE TABLE IF NOT EXISTS "LogKey" ("vkey" TEXT PRIMARY KEY, "origin" TEXT NOT NULL) STRICT;
CREATE TRIGGER IF NOT EXISTS "Log_no_delete" BEFORE DELETE ON "Log" BEGIN SELECT RAISE(ABORT, 'a log is never forgotten'); END;
CREATE TRIGGER IF NOT EXISTS "Log_no_shrinking" BEFORE UPDATE ON "Log" WHEN NEW."size" < OLD."size" BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
`

type Row = {
  origin: string
  url: string | null
  size: bigint
  root: Buffer
  note: string | null
  cosignedAt: bigint | null
}

/** Opens, or makes, the witness's database in `folder`. What was stored is on the disk: after a power cut too. Throws where the disk would not be waited for. */
export function openWitnessStore(folder: string): WitnessStore {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const database = new Database(join(folder, 'witness.db'), { timeout: 5000 })
  database.defaultSafeIntegers(true)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  if (database.pragma('synchronous', { simple: true }) !== 2n) throw new Error('the disk is not waited for')
  database.exec(TABLES)
  const addLog = database.prepare('INSERT INTO "Log" VALUES (?, NULL, 0, ?, NULL, NULL) ON CONFLICT DO NOTHING')
  const addKey = database.prepare('INSERT INTO "LogKey" VALUES (?, ?) ON CONFLICT DO NOTHING')
  const setUrl = database.prepare('UPDATE "Log" SET "url" = ? WHERE "origin" = ?')
  const one = database.prepare<[string], Row>('SELECT * FROM "Log" WHERE "origin" = ?')
  const all = database.prepare<[], Row>('SELECT * FROM "Log" ORDER BY "origin"')
  const keys = database.prepare<[string], { vkey: string }>(
    'SELECT "vkey" FROM "LogKey" WHERE "origin" = ? ORDER BY "vkey"',
  )
  // One statement compares and stores: of two requests that were checked against the same head, one finds it gone.
  const replace = database.prepare(
    'UPDATE "Log" SET "size" = ?, "root" = ?, "note" = ?, "cosignedAt" = ? WHERE "origin" = ? AND "size" = ? AND "root" = ?',
  )
  const logOf = ({ origin, url, size, root, note, cosignedAt }: Row): FollowedLog => ({
    origin,
    url: url ?? undefined,
    keys: keys.all(origin).map(({ vkey }) => keyOf(vkey)),
    head: { size, rootHash: new Uint8Array(root) },
    note: note ?? undefined,
    cosignedAt: cosignedAt === null ? undefined : Number(cosignedAt),
  })
  return {
    addLog: database.transaction(({ key, url }: { key: NoteKey; url: string | undefined }) => {
      addLog.run(key.name, EMPTY_ROOT)
      addKey.run(formatVkey(key), key.name)
      if (url !== undefined) setUrl.run(url, key.name)
    }),
    log(origin) {
      const row = one.get(origin)
      return row && logOf(row)
    },
    logs: () => all.all().map(logOf),
    replace({ origin, old, head, note, cosignedAt }) {
      const { changes } = replace.run(head.size, head.rootHash, note, cosignedAt, origin, old.size, old.rootHash)
      return changes === 1
    },
    close: () => database.close(),
  }
}

function keyOf(vkey: string): NoteKey {
  const key = parseVkey(vkey)
  if (!key.ok) throw new Error(key.detail)
  return key.value
}
