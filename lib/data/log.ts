import { base64Encode } from '../core/bytes.ts'
import type { Founding } from '../core/custody/state.ts'
import { rootFingerprint } from '../core/ledger/root-fingerprint.ts'
import { vkeyFingerprint } from '../core/ledger/vkey.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { readHead } from './head.ts'
import { countIndexLeaves } from './index-leaves.ts'
import { heedAlarm, type Log, type ReadOnlyCode } from './log-state.ts'
import { handedIn, trustedDatabase } from './rollback-guard.ts'
import { cosignedNote } from './witness-rows.ts'

/** What `/log` and the home page say of the log itself. */
export type LogSummary = {
  readonly origin: string
  readonly vkey: string
  /** 26 characters, as on a label. */
  readonly fingerprint: string
  readonly founding: Founding
  /** The newest signed one; `signedAt` in unix milliseconds, `rootHash` base64. */
  readonly checkpoint: {
    readonly note: string
    readonly size: number
    readonly rootHash: string
    /** As on a waybill: 16 characters. */
    readonly fingerprint: string
    readonly signedAt: number
  }
  /** Leaves recorded, sealed or not. */
  readonly recorded: number
  /** How many of them are index leaves. */
  readonly indexLeaves: number
  /** `isHandedIn`: somebody showed a checkpoint of ours that the log does not hold; it can be fetched. */
  readonly readOnly?: { readonly code: ReadOnlyCode; readonly detail: string; readonly isHandedIn: boolean }
  /** When this log was started from its database alone, a line each. */
  readonly trustedDatabase?: string
}

/** The log in a few facts; undefined before it is founded, and where its key is gone so that nothing can be said for it. */
export async function logSummary(on?: Log): Promise<LogSummary | undefined> {
  const log = on ?? (await database())
  const checkpoint = await readCheckpoint(log.adapter)
  const head = await readHead(log.adapter)
  heedAlarm(log, head)
  const { founding, signer, readOnly } = log
  if (!founding || !signer || !checkpoint) return undefined
  const trusted = trustedDatabase(log)
  const note = await cosignedNote(log.adapter, checkpoint)
  return {
    origin: founding.origin,
    vkey: signer.vkey,
    fingerprint: vkeyFingerprint(signer.vkey),
    founding,
    checkpoint: {
      note,
      size: checkpoint.size,
      rootHash: base64Encode(checkpoint.root),
      fingerprint: rootFingerprint(checkpoint.root),
      signedAt: checkpoint.signedAt,
    },
    recorded: head.size,
    indexLeaves: await countIndexLeaves(log.adapter),
    ...(readOnly && { readOnly: { ...readOnly, isHandedIn: handedIn(log) !== undefined } }),
    ...(trusted !== undefined && { trustedDatabase: trusted }),
  }
}

/** The checkpoint that was signed for exactly `size` leaves, as paper of its day names it; undefined where none was. */
export async function checkpointAt(
  size: number,
  on?: Log,
): Promise<{ readonly note: string; readonly root: Uint8Array; readonly signedAt: number } | undefined> {
  const log = on ?? (await database())
  const found = await readCheckpoint(log.adapter, size)
  return found && { note: await cosignedNote(log.adapter, found), root: found.root, signedAt: found.signedAt }
}

/** The newest checkpoint's note as C2SP has it, with what witnesses added, for `/log/checkpoint`; undefined before there is one. */
export async function checkpointNote(on?: Log): Promise<string | undefined> {
  const log = on ?? (await database())
  const newest = await readCheckpoint(log.adapter)
  return newest && cosignedNote(log.adapter, newest)
}
