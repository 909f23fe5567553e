import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import type { Founding, Subject } from '../core/custody/state.ts'
import { logger } from '../monitor/logger.ts'
import { banner } from '../monitor/loud.ts'
import { type Alarm, keepAlarm } from './alarm.ts'
import type { PrismaClient } from './generated/sqlite/client.ts'
import type { TreeHead } from './tiles.ts'
import type { Waiting } from './waiting.ts'
import type { Witnessing } from './witness-state.ts'

export type LogSettings = {
  /** `file:` and a path, or `postgresql://…`. */
  readonly databaseUrl: string
  /** Folder of the log key and the rollback guard. */
  readonly dataDir: string
  readonly isDemo: boolean
  readonly logOrigin?: string | undefined
  /** Base64 of the log's 32-byte seed; without it the file `log.key` in `dataDir`. */
  readonly logKey?: string | undefined
  /** Path of the tlog-policy file that names the witnesses to ask. */
  readonly witnessPolicy?: string | undefined
  /** A checkpoint kept elsewhere, to start from where this process has no guard file. */
  readonly guardFile?: string | undefined
  /** Start over from what the database says where there is no guard. */
  readonly trustDatabase?: boolean | undefined
  /** The operator has dealt with the alarm that stands in the database. */
  readonly clearAlarm?: boolean | undefined
  /** Unix milliseconds; the system's clock unless a test brings one. */
  readonly clock?: () => number
}

/** What is wrong with one machine's folder. */
type FolderCode = 'guard-missing' | 'guard-unreadable' | 'log-key-missing' | 'log-key-differs'

/** What is wrong with the log itself, so that no process on its database may go on. */
const OF_THE_LOG = [
  'database-behind',
  'database-differs',
  'leaf-altered',
  'checkpoint-differs',
  'index-differs',
  'witness-ahead',
  'witness-differs',
] as const
type LogCode = (typeof OF_THE_LOG)[number]

export type ReadOnlyCode = FolderCode | LogCode

const isOfTheLog = (code: string): code is LogCode => (OF_THE_LOG as readonly string[]).includes(code)

/** The log's signing key: only publish.ts uses the seed. */
export type Signer = { readonly origin: string; readonly seed: Uint8Array; readonly vkey: string }

/** A folded subject as of the chain whose last leaf has this hash. */
export type Folded = { readonly leafHash: string; readonly subject: Subject }

/** Everything one process holds of its log. Two copies of this program's modules share it (database.ts), so its state is all here. */
export type Log = {
  readonly settings: LogSettings
  readonly adapter: SqlDriverAdapter
  readonly prisma: PrismaClient
  readonly clock: () => number
  /** By its clock, unix milliseconds. */
  readonly openedAt: number
  founding: Founding | undefined
  signer: Signer | undefined
  /** Newest checkpoint of the guard file. */
  guard: TreeHead | undefined
  /** Set once, by the first thing found wrong; only a restart clears it. */
  readOnly: { readonly code: ReadOnlyCode; readonly detail: string } | undefined
  /** Unix milliseconds. */
  readOnlySince: number | undefined
  /** While the alarm is being left for other processes. */
  alarming: Promise<void> | undefined
  readonly queue: Waiting[]
  pump: Promise<void> | undefined
  /** Tree size that this process has written last, and whether another had written more when it came to write again. */
  reached: number
  isShared: boolean
  readonly folded: Map<string, Folded>
  /** Public keys ever enrolled, by name; they never change. */
  readonly publicKeys: Map<string, Uint8Array>
  readonly views: Map<string, unknown>
  /** Brings the projections of consignments up to the log (projected.ts). */
  readonly projector: {
    running: Promise<void> | undefined
    timer: NodeJS.Timeout | undefined
    /** How far they were when this process looked last. */
    seen: number
  }
  readonly publisher: { running: Promise<void> | undefined; timer: NodeJS.Timeout | undefined; begunAt: number }
  /** Whom to ask for cosignatures (witnesses.ts); undefined without a policy. */
  witnessing: Witnessing | undefined
  /** Refusals that are not in the database yet, by `<day> <code>`. */
  readonly refused: { readonly counts: Map<string, number>; timer: NodeJS.Timeout | undefined }
  /** Called after a commit that left notices to send; set by whoever sends them. */
  onNotices: (() => void) | undefined
  readonly scrubber: { timer: NodeJS.Timeout | undefined; next: number; isClosed: boolean }
}

/** A log that has just been opened; nothing is known of it yet. */
export function newLog(settings: LogSettings, { adapter, prisma }: Pick<Log, 'adapter' | 'prisma'>): Log {
  const clock = settings.clock ?? Date.now
  return {
    settings,
    adapter,
    prisma,
    clock,
    openedAt: clock(),
    founding: undefined,
    signer: undefined,
    guard: undefined,
    readOnly: undefined,
    readOnlySince: undefined,
    alarming: undefined,
    queue: [],
    pump: undefined,
    reached: 0,
    isShared: false,
    folded: new Map(),
    publicKeys: new Map(),
    views: new Map(),
    projector: { running: undefined, timer: undefined, seen: 0 },
    publisher: { running: undefined, timer: undefined, begunAt: Number.NEGATIVE_INFINITY },
    witnessing: undefined,
    refused: { counts: new Map(), timer: undefined },
    onNotices: undefined,
    scrubber: { timer: undefined, next: 0, isClosed: false },
  }
}

/**
 * Stops signing and recording for the rest of this process, and says so where the operator looks. The first cause stays. What is wrong with the log
 * itself is also left in the database for every other process on it ({@link heedAlarm}).
 */
export function goReadOnly(log: Log, code: ReadOnlyCode, detail: string): void {
  if (log.readOnly) return
  const at = log.clock()
  stop(log, { at, code, detail })
  if (isOfTheLog(code)) log.alarming = keepAlarm(log.adapter, { at, code, detail }, () => log.scrubber.isClosed)
}

/** Stops this process where another has left an alarm in the head's row, or itself before its last start. True where it is read-only now. */
export function heedAlarm(log: Log, { alarm }: { readonly alarm?: Alarm }): boolean {
  if (alarm && !log.readOnly) {
    const code = isOfTheLog(alarm.code) ? alarm.code : 'database-differs'
    stop(log, { at: alarm.at, code, detail: `${alarm.detail} (an alarm that is kept in the database)` })
  }
  return log.readOnly !== undefined
}

function stop(log: Log, { at, code, detail }: Alarm & { code: ReadOnlyCode }): void {
  log.readOnly = { code, detail }
  log.readOnlySince = at
  logger('log').fatal({ code, detail }, 'READ-ONLY: nothing is recorded and nothing is signed')
  banner(
    `READ-ONLY (${code}): ${detail}\nNothing is recorded and nothing is signed until this is understood. Pages are still served.`,
  )
}
