import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/** The file's text; undefined where there is none. */
export function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Replaces a file in one step and waits until file and folder are on the disk: after a crash it is the old one or the new one, whole. */
export function replaceFile(path: string, text: string): void {
  const fresh = `${path}.new`
  writeDurably(fresh, 'w', text)
  renameSync(fresh, path)
  syncFolder(path)
}

/** Makes a file that only its owner reads; throws where it exists. */
export function createPrivateFile(path: string, text: string): void {
  writeDurably(path, 'wx', text)
  syncFolder(path)
}

function writeDurably(path: string, flag: 'w' | 'wx', text: string): void {
  const file = openSync(path, flag, 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } catch (error) {
    // Windows cannot sync a folder; its renames are journaled.
    if (process.platform !== 'win32') throw error
  } finally {
    closeSync(folder)
  }
}

const LONGEST_WAIT_MILLISECONDS = 10_000

/**
 * Runs `body` while nobody else does so under the same `path`, in this process or another. The lock is the operating system's, through an
 * SQLite file of its own: it goes with its process, so a crash leaves nothing to clean up. Throws after ten seconds.
 */
export async function withLock<Value>(path: string, body: () => Promise<Value>): Promise<Value> {
  // Waiting inside SQLite would stop this process, and with it whoever holds the lock here.
  const lock = new Database(path, { timeout: 0 })
  try {
    for (const start = performance.now(); !tryLock(lock); ) {
      if (performance.now() - start > LONGEST_WAIT_MILLISECONDS) throw new Error(`someone else holds ${path}`)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    return await body()
  } finally {
    lock.close()
  }
}

function tryLock(lock: Database.Database): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return false
    throw error
  }
}
