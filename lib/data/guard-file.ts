import { join } from 'node:path'
import { utf8Encode } from '../core/bytes.ts'
import { openCheckpoint, parseCheckpointText, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { verifyNatively } from './ed25519.ts'
import { readIfPresent, replaceFile, withLock } from './files.ts'
import type { LogSettings, Signer } from './log-state.ts'
import type { TreeHead } from './tiles.ts'

/** The newest checkpoint this process signed, outside the database and its backups (PROTOCOL §6). */
export const guardPath = ({ dataDir }: Pick<LogSettings, 'dataDir'>): string => join(dataDir, 'log.guard')

/** A checkpoint with our own signature, whoever shows it. Codes: those of `openCheckpoint`, and `checkpoint-too-large`. */
export async function readOwnCheckpoint(note: string, signer: Signer): Promise<Result<TreeHead>> {
  const key = parseVkey(signer.vkey)
  if (!key.ok) throw new Error(key.detail)
  const opened = await openCheckpoint({ bytes: utf8Encode(note), keys: [key.value], verify: verifyNatively })
  if (!opened.ok) return opened
  const { origin, size: big, rootHash: root } = opened.value.checkpoint
  if (origin !== signer.origin) return fail('checkpoint-not-by-log', origin)
  const size = treeSizeNumber(big)
  return size === undefined ? fail('checkpoint-too-large', String(big)) : pass({ size, root })
}

/** The guard file's checkpoint; undefined where there is no file. */
export async function readGuard(settings: LogSettings, signer: Signer): Promise<Result<TreeHead> | undefined> {
  const note = readIfPresent(guardPath(settings))
  return note === undefined ? undefined : readOwnCheckpoint(note, signer)
}

/** Runs `body` while no other process replaces the guard file. */
export function withGuardLock<Value>(settings: LogSettings, body: () => Promise<Value>): Promise<Value> {
  return withLock(`${guardPath(settings)}.lock`, body)
}

/** Puts a larger checkpoint into the guard file and waits for the disk. Only under {@link withGuardLock}, after comparing with what is there. */
export function writeGuard(settings: LogSettings, note: string): void {
  replaceFile(guardPath(settings), note)
}

/** How many leaves the guard file in `dataDir` says were signed, whoever signed it; undefined where there is none that can be read. */
export function shownGuard(dataDir: string): number | undefined {
  const note = readIfPresent(guardPath({ dataDir }))
  return note === undefined ? undefined : readHeadOf(note)?.size
}

/** What a checkpoint note states, whoever signed it; undefined where it states no tree that a log here can have. */
export function readHeadOf(note: string): { readonly origin: string; readonly size: number } | undefined {
  const head = parseCheckpointText(note.slice(0, note.indexOf('\n\n') + 1))
  const size = head.ok ? treeSizeNumber(head.value.size) : undefined
  return head.ok && size !== undefined ? { origin: head.value.origin, size } : undefined
}
