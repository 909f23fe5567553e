import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import Database from 'better-sqlite3'
import { fail, pass, type Result } from '../core/result.ts'
import { filePath, isPostgresql } from './addresses.ts'
import { readCheckpoint } from './checkpoints.ts'
import { makeRoom, openSnapshot } from './connection.ts'
import { type CopyCode, copyDatabase } from './copy-database.ts'
import { fsck } from './fsck.ts'
import { readHead } from './head.ts'
import { migrate } from './migrate.ts'
import type { TreeHead } from './tiles.ts'

/** What a backup holds: all leaves up to `leaves`, and the newest checkpoint over them; without one nothing was signed yet. */
export type Held = { readonly leaves: number; readonly checkpoint?: TreeHead }

/** `file-exists`: nothing is overwritten. `database-missing`: there is none at that address. Of PostgreSQL also {@link CopyCode}. */
export type BackupCode = 'file-exists' | 'database-missing' | CopyCode

/** `backup-unreadable`: no database of this program · `backup-damaged`: `fsck` found something · `target-exists`: a backup goes into an empty place. */
export type RestoreCode = 'backup-unreadable' | 'backup-damaged' | 'target-exists' | CopyCode

/** How far it is, in pages, rows or leaves; or something found in what was restored. */
export type BackupStep =
  | { readonly step: 'progress'; readonly what: string; readonly done: number; readonly of: number }
  | {
      readonly step: 'finding'
      readonly finding: { readonly code: string; readonly detail: string; readonly leaf?: number }
    }

type Tell = (step: BackupStep) => void

const PAGES_AT_ONCE = 2000

/**
 * Writes the database at `from` as it is at one moment into the new SQLite file `file`, while a server goes on recording: everything that was
 * acknowledged before the call is in it. It comes in one step: a backup that is cut short leaves `file.part`, and no `file`. The file is readable
 * by its owner alone: it holds names and salts. Log key and rollback guard are no part of the database, hence of no backup.
 */
export async function backUp(
  { from, file }: { from: string; file: string },
  tell: Tell = () => {},
): Promise<Result<Held, BackupCode>> {
  if (existsSync(file)) return fail('file-exists', file)
  const part = `${file}.part`
  discard(part)
  if (isPostgresql(from)) {
    const copied = await copyDatabase({ from, to: `file:${part}`, mayMove: true }, tell)
    if (!copied.ok) {
      discard(part)
      return copied
    }
  } else {
    if (!existsSync(filePath(from))) return fail('database-missing', filePath(from))
    await copyPages(filePath(from), part, tell)
  }
  finish(part)
  const held = await heldBy(`file:${part}`)
  renameSync(part, file)
  return pass(held)
}

/**
 * Puts the backup `file` at the empty place `to`, brings it to this program's schema and checks all of it, before it is there: hashes, tree,
 * signatures, rules and lists. A restore that is cut short leaves no database.
 */
export async function restore(
  { file, to }: { file: string; to: string },
  tell: Tell = () => {},
): Promise<Result<Held, RestoreCode>> {
  if (!isLog(file)) return fail('backup-unreadable', file)
  const target = isPostgresql(to) ? `${file}.restoring` : filePath(to)
  if (!isPostgresql(to) && (existsSync(target) || existsSync(`${target}-wal`))) return fail('target-exists', target)
  makeRoom(to)
  const part = `${target}.part`
  discard(part)
  try {
    copyFileSync(file, part, constants.COPYFILE_FICLONE)
    chmodSync(part, 0o600)
    await migrate(`file:${part}`)
    let findings = 0
    for await (const step of fsck(`file:${part}`)) {
      if (step.step === 'finding') findings++
      if (step.step === 'progress') tell({ ...step, what: 'leaves' })
      else if (step.step === 'finding') tell(step)
    }
    if (findings > 0) return fail('backup-damaged', `${findings} findings`)
    if (isPostgresql(to)) {
      const copied = await copyDatabase({ from: `file:${part}`, to }, tell)
      if (!copied.ok) return copied
      return pass(await heldBy(to))
    }
    finish(part)
    const held = await heldBy(`file:${part}`)
    renameSync(part, target)
    return pass(held)
  } finally {
    discard(part)
  }
}

/** SQLite's own online backup, inside one read transaction: a server that writes meanwhile neither waits for it nor makes it begin anew. */
async function copyPages(from: string, part: string, tell: Tell): Promise<void> {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    source.exec('BEGIN')
    source.prepare('SELECT COUNT(*) FROM "Head"').get()
    await source.backup(part, {
      progress({ totalPages, remainingPages }) {
        tell({ step: 'progress', what: 'pages', done: totalPages - remainingPages, of: totalPages })
        return PAGES_AT_ONCE
      },
    })
  } finally {
    source.close()
  }
}

/** One file with nothing beside it, on the disk, for its owner alone. */
function finish(part: string): void {
  const database = new Database(part, { fileMustExist: true })
  database.pragma('journal_mode = DELETE')
  database.close()
  chmodSync(part, 0o600)
  const file = openSync(part, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

async function heldBy(url: string): Promise<Held> {
  const adapter = await openSnapshot(url)
  try {
    const { size } = await readHead(adapter)
    const newest = await readCheckpoint(adapter)
    return { leaves: size, ...(newest && { checkpoint: { size: newest.size, root: newest.root } }) }
  } finally {
    await adapter.dispose()
  }
}

function isLog(file: string): boolean {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true })
    try {
      return database.prepare(`SELECT name FROM sqlite_master WHERE name = 'Leaf'`).get() !== undefined
    } finally {
      database.close()
    }
  } catch {
    return false
  }
}

function discard(part: string): void {
  for (const end of ['', '-wal', '-shm', '-journal', '.migrating']) rmSync(`${part}${end}`, { force: true })
}
