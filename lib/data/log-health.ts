import { base64Encode } from '../core/bytes.ts'
import { readCheckpoint, type StoredCheckpoint } from './checkpoints.ts'
import { recordedAt } from './counting.ts'
import { database } from './database.ts'
import { readHead } from './head.ts'
import { heedAlarm, type Log, type ReadOnlyCode } from './log-state.ts'
import { type RefusalCounts, refusalCounts } from './refusal-counts.ts'
import { handedIn, trustedDatabase } from './rollback-guard.ts'
import { bytesOf, query } from './sql.ts'

/** A record waits a second for its signature, two under load; longer than this something is wrong. */
export const LATE_MILLISECONDS = 30_000
const CHECKPOINTS_IN_FEED = 20

/** `well`: all is sealed · `sealing`: the next checkpoint is due · `late`: it is overdue · `read-only`: nothing is recorded. */
export type HealthState = 'well' | 'sealing' | 'late' | 'read-only'

/** What anyone may know of the log's health. Times in unix milliseconds. */
export type LogHealth = {
  readonly state: HealthState
  readonly now: number
  readonly origin: string
  /** Absent where the log's key is gone. */
  readonly vkey?: string
  readonly recorded: number
  readonly checkpoint: Published
  /** When the oldest record was made that no checkpoint covers. */
  readonly unsealedSince?: number
  /** `isHandedIn`: somebody showed a checkpoint of ours that the log does not hold; it can be fetched. */
  readonly readOnly?: {
    readonly code: ReadOnlyCode
    readonly detail: string
    readonly since: number
    readonly isHandedIn: boolean
  }
  readonly refused: readonly RefusalCounts[]
  /** Times at which this log was started with nothing but its database to vouch for it, a line each. */
  readonly trustedDatabase: readonly string[]
}

/** A checkpoint as anyone may have it; `rootHash` base64. */
export type Published = {
  readonly size: number
  readonly rootHash: string
  readonly signedAt: number
  readonly note: string
}

/** The log's health as this server knows it; undefined before anything is signed. */
export async function logHealth(on?: Log): Promise<LogHealth | undefined> {
  const log = on ?? (await database())
  const head = await readHead(log.adapter)
  heedAlarm(log, head)
  const { size } = head
  const checkpoint = await readCheckpoint(log.adapter)
  const { founding, readOnly, signer } = log
  if (!founding || !checkpoint) return undefined
  const now = log.clock()
  const unsealedSince = size > checkpoint.size ? await recordedAt(log, checkpoint.size) : undefined
  return {
    state: readOnly ? 'read-only' : stateOf(unsealedSince, now),
    now,
    origin: founding.origin,
    ...(signer && { vkey: signer.vkey }),
    recorded: size,
    checkpoint: publishedOf(checkpoint),
    ...(unsealedSince !== undefined && { unsealedSince }),
    ...(readOnly && {
      readOnly: { ...readOnly, since: log.readOnlySince ?? now, isHandedIn: handedIn(log) !== undefined },
    }),
    refused: await refusalCounts(log),
    trustedDatabase: trustedDatabase(log)?.split('\n') ?? [],
  }
}

function stateOf(unsealedSince: number | undefined, now: number): HealthState {
  if (unsealedSince === undefined) return 'well'
  return now - unsealedSince > LATE_MILLISECONDS ? 'late' : 'sealing'
}

function publishedOf({ size, root, signedAt, note }: StoredCheckpoint): Published {
  return { size, rootHash: base64Encode(root), signedAt, note }
}

/** The newest stored checkpoints, newest first: for the feed. */
export async function newestCheckpoints(on?: Log): Promise<Published[]> {
  const log = on ?? (await database())
  const sql = 'SELECT "size", "root", "note", "signedAt" FROM "Checkpoint" ORDER BY "size" DESC LIMIT ?'
  const rows = await query(log.adapter, sql, [CHECKPOINTS_IN_FEED])
  return rows.map(([size, root, note, signedAt]) =>
    publishedOf({ size: Number(size), root: bytesOf(root), note: String(note), signedAt: Number(signedAt) }),
  )
}
