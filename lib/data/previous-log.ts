import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64Encode, utf8Encode } from '../core/bytes.ts'
import { parseEntriesPath, parseTilePath } from '../core/ledger/tile.ts'
import { vkeyFingerprint } from '../core/ledger/vkey.ts'
import { readCheckpoint } from './checkpoints.ts'
import { connect } from './connection.ts'
import { database } from './database.ts'
import { readIfPresent } from './files.ts'
import { readHeadOf } from './guard-file.ts'
import { type Log, type LogSettings, newLog } from './log-state.ts'
import { migrate } from './migrate.ts'
import { readFounding } from './open-log.ts'

/** Where what is kept of the log before this one lies: its database, its tiles, its last checkpoint and its verifier key; never its log key. */
export const previousFolder = ({ dataDir }: Pick<LogSettings, 'dataDir'>): string => join(dataDir, 'previous')

/** The log that the log of this folder succeeds, as `npm run succeed` left it. */
export type Previous = {
  readonly origin: string
  readonly vkey: string
  /** Its last checkpoint that anybody is known to have. */
  readonly note: string
  /** The same as leaf 0 names it. */
  readonly named: string
  readonly size: number
}

/** What this folder's log succeeds; undefined where it is the first. */
export function previousOf(settings: Pick<LogSettings, 'dataDir'>): Previous | undefined {
  const folder = previousFolder(settings)
  const [note, vkey] = ['checkpoint', 'vkey'].map(name => readIfPresent(join(folder, name)))
  const head = note === undefined ? undefined : readHeadOf(note)
  if (note === undefined || vkey === undefined || !head) return undefined
  return { ...head, vkey: vkey.trim(), note, named: base64Encode(utf8Encode(note)) }
}

const opened = Symbol.for('throughline.previous')
type Shared = typeof globalThis & { [opened]?: Map<string, Promise<Log | undefined>> }

/**
 * The log before this one, for reading alone: nothing is recorded in it and nothing signed. Its evidence verifies as ever, with its own key. One
 * for the process, opened when it is first asked for; undefined where there is none.
 */
export async function previousLog(on?: Log): Promise<Log | undefined> {
  const log = on ?? (await database())
  const shared = globalThis as Shared
  const known = shared[opened] ?? new Map<string, Promise<Log | undefined>>()
  shared[opened] = known
  const { dataDir } = log.settings
  const opening = known.get(dataDir) ?? openPrevious(log)
  known.set(dataDir, opening)
  try {
    return await opening
  } catch (error) {
    // A failure is not kept: the next who asks tries again.
    known.delete(dataDir)
    throw error
  }
}

async function openPrevious(log: Log): Promise<Log | undefined> {
  const previous = previousOf(log.settings)
  if (!previous) return undefined
  const folder = previousFolder(log.settings)
  const databaseUrl = `file:${join(folder, 'throughline.db')}`
  await migrate(databaseUrl)
  const opened = newLog({ ...log.settings, dataDir: folder, databaseUrl }, await connect(databaseUrl))
  opened.founding = await readFounding(opened)
  opened.signer = { origin: previous.origin, vkey: previous.vkey, seed: new Uint8Array(0) }
  opened.readOnly = { code: 'log-key-missing', detail: 'another log has taken its place' }
  opened.readOnlySince = opened.openedAt
  opened.scrubber.isClosed = true
  return opened
}

/** What a label of the log before this one leads to. `records`: how many of it were sealed; `next`: the name of this log. */
export type EarlierConsignment = {
  readonly reference: string
  readonly records: number
  readonly origin: string
  /** Of that log's verifier key, 26 characters. */
  readonly fingerprint: string
  readonly next: string
}

/** The consignment as the log before this one had it; undefined where it had none. */
export async function earlierConsignment(reference: string, on?: Log): Promise<EarlierConsignment | undefined> {
  const log = on ?? (await database())
  const before = await previousLog(log)
  if (!before?.signer || !log.founding) return undefined
  const size = (await readCheckpoint(before.adapter))?.size ?? 0
  const subject = `consignment/${reference}`
  const records = await before.prisma.leaf.count({ where: { subject, leafIndex: { lt: size } } })
  if (records === 0) return undefined
  const { origin, vkey } = before.signer
  return { reference, records, origin, fingerprint: vkeyFingerprint(vkey), next: log.founding.origin }
}

/** A file of the log before this one, by its path below a log's address (`checkpoint`, `vkey`, `tile/…`); undefined for every other path. */
export async function previousFile(path: string, on?: Log): Promise<Uint8Array | undefined> {
  const { settings } = on ?? (await database())
  const isOne = path === 'checkpoint' || path === 'vkey' || parseTilePath(path).ok || parseEntriesPath(path).ok
  if (!isOne) return undefined
  // The key's file stands beside the tree; the checkpoint of the tree is the newest that its leaves are here for.
  const file = path === 'vkey' ? path : join('log', path)
  return readFile(join(previousFolder(settings), file)).then(
    found => new Uint8Array(found),
    () => undefined,
  )
}
