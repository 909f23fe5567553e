import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { equalBytes } from '../core/bytes.ts'
import { readCheckpoint, storeCheckpoint } from './checkpoints.ts'
import { recordedAt } from './counting.ts'
import { readIfPresent, replaceFile } from './files.ts'
import { guardPath, readGuard, readOwnCheckpoint, withGuardLock, writeGuard } from './guard-file.ts'
import { readHead } from './head.ts'
import { goReadOnly, type Log, type Signer } from './log-state.ts'
import { warn } from './loud.ts'
import { isConsistent, type TreeHead } from './tiles.ts'

const shownPath = (log: Log) => join(log.settings.dataDir, 'log.shown')
const trustedPath = (log: Log) => join(log.settings.dataDir, 'log.trusted')

/**
 * Before the first signature of a process (PROTOCOL §6, rollback guard): the database must hold, unchanged, everything that this log is known
 * to have signed. Leaves the log read-only where it does not, or where nothing is known although there are leaves. `sawEmpty`: this process had the
 * database open before there was a leaf.
 */
export async function checkRollback(log: Log, signer: Signer, { sawEmpty = false } = {}): Promise<void> {
  const { guardFile, trustDatabase } = log.settings
  await withGuardLock(log.settings, async () => {
    const guard = await readGuard(log.settings, signer)
    if (guard && !guard.ok) return goReadOnly(log, 'guard-unreadable', `${guard.code}: ${guard.detail}`)
    log.guard = guard?.value
    const given = guardFile === undefined ? undefined : readFileSync(guardFile, 'utf8')
    if (given !== undefined) await handIn(log, given)
    if (guard) {
      if (await compare(log, guard.value, 'the guard file')) await storeGuarded(log, guard.value)
      return
    }
    const { size } = await readHead(log.adapter)
    if (size === 0 || log.readOnly) return
    if (given !== undefined) {
      // handIn compared it; from here on this process has a guard.
      const own = await readOwnCheckpoint(given, signer)
      if (!own.ok) return goReadOnly(log, 'guard-unreadable', `${guardFile}: ${own.code}: ${own.detail}`)
      writeGuard(log.settings, given)
      log.guard = own.value
      return
    }
    if (sawEmpty && (await beginGuard(log, signer))) return
    if (trustDatabase) {
      const line = `${new Date(log.clock()).toISOString()} started from the database alone, at ${size} leaves`
      appendFileSync(trustedPath(log), `${line}\n`)
      return warn(`${line}. Had it been set back, a fork will be signed.`)
    }
    goReadOnly(
      log,
      'guard-missing',
      `the database holds ${size} leaves and there is no guard file to compare them with`,
    )
  })
  await heedShown(log)
}

/** Clocks of two machines may differ by so much, milliseconds. */
const SKEW = 10 * 60_000

/**
 * Another process on this database founded the log while this one looked on: what is known here is that nothing was signed before. Its guard begins with
 * the checkpoint over no leaves that the founder stored. False where leaf 0 is older than this process: then a log was put in place under it.
 */
async function beginGuard(log: Log, signer: Signer): Promise<boolean> {
  const first = await recordedAt(log, 0)
  const empty = await readCheckpoint(log.adapter, 0)
  if (first === undefined || first < log.openedAt - SKEW || !empty) return false
  const own = await readOwnCheckpoint(empty.note, signer)
  if (!own.ok || own.value.size !== 0) return false
  writeGuard(log.settings, empty.note)
  log.guard = own.value
  return true
}

/** A crash between guard file and database leaves a signed size unstored: its note is stored now, so that this size is never signed otherwise. */
async function storeGuarded(log: Log, guard: TreeHead): Promise<void> {
  const note = readIfPresent(guardPath(log.settings))
  if (note === undefined || guard.size === 0) return
  const stored = await storeCheckpoint(log.adapter, { ...guard, note, signedAt: log.clock() })
  if (!equalBytes(stored.root, guard.root)) {
    goReadOnly(log, 'checkpoint-differs', `a checkpoint of ${guard.size} leaves with another root is stored`)
  }
}

/** When and at what size this log was told to trust its database, a line each; undefined if never. */
export function trustedDatabase(log: Log): string | undefined {
  return readIfPresent(trustedPath(log))?.trimEnd()
}

/**
 * Anyone shows a checkpoint that carries our own signature. Where it is larger than the log, or not a prefix of it, the database was set back
 * or changed: read-only at once, and after every restart until someone has looked (the checkpoint is kept as `log.shown`).
 */
export async function handIn(log: Log, note: string): Promise<'not-ours' | 'known' | 'alarm'> {
  if (!log.signer) return 'not-ours'
  const shown = await readOwnCheckpoint(note, log.signer)
  if (!shown.ok) return 'not-ours'
  const wasReadOnly = log.readOnly !== undefined
  const isKnown = await compare(log, shown.value, 'a checkpoint with our own signature')
  if (isKnown) return 'known'
  if (!wasReadOnly || readIfPresent(shownPath(log)) === undefined) replaceFile(shownPath(log), note)
  return 'alarm'
}

/** Heeds what any process on this folder was shown before ({@link handIn}): true where that stops this one too. */
export async function heedShown(log: Log): Promise<boolean> {
  const shown = readIfPresent(shownPath(log))
  return shown !== undefined && (await handIn(log, shown)) === 'alarm'
}

/** The note that somebody handed in and that this log does not lead on from, while that keeps it read-only; undefined otherwise. */
export function handedIn(log: Log): string | undefined {
  return log.readOnly && readIfPresent(shownPath(log))
}

/** Whether `head` (by default the committed one) leads on from `signed`; read-only where not. Stored hashes are compared here, leaf bytes by the scrubber. */
export async function compare(log: Log, signed: TreeHead, what: string, about?: TreeHead): Promise<boolean> {
  const head = about ?? (await readHead(log.adapter))
  if (signed.size > head.size) {
    goReadOnly(log, 'database-behind', `${what} covers ${signed.size} leaves, the database holds ${head.size}`)
    return false
  }
  if (await isConsistent(log.adapter, { old: signed, head })) return true
  goReadOnly(log, 'database-differs', `the database does not lead on from ${what}, which covers ${signed.size} leaves`)
  return false
}
