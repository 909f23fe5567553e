import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** An append-only file of JSON lines. What was kept before a crash is read back after it; a line that was cut short was never relied on. */
export interface Journal<Entry> {
  /** Entries in the order they were kept. */
  readonly entries: readonly Entry[]
  /** Appends them and, unless told otherwise, waits until they are on the disk. */
  keep(entries: readonly Entry[], options?: { readonly durable: boolean }): void
  close(): void
}

/**
 * Opens or makes the journal at `path`, readable by its owner alone: it holds openings. A last line without its end is the trace of a crash
 * and is cut off; any other line that is no JSON throws, since what follows could not be trusted.
 */
export function openJournal<Entry>(path: string): Journal<Entry> {
  mkdirSync(dirname(path), { recursive: true })
  const whole = readWhole(path)
  const end = whole.lastIndexOf(0x0a) + 1
  if (end < whole.length) truncateSync(path, end)
  const entries = whole
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line, place) => readLine<Entry>(line, `${path}, line ${place + 1}`))
  const file = openSync(path, 'a', 0o600)
  return {
    entries,
    keep(more, { durable } = { durable: true }) {
      if (more.length === 0) return
      writeSync(file, more.map(entry => `${JSON.stringify(entry)}\n`).join(''))
      if (durable) fsyncSync(file)
      entries.push(...more)
    },
    close: () => closeSync(file),
  }
}

function readWhole(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}

function readLine<Entry>(line: string, where: string): Entry {
  try {
    return JSON.parse(line) as Entry
  } catch {
    throw new Error(`${where} is damaged. Nothing was changed; restore the file from a copy.`)
  }
}
