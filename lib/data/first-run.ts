import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { isSignableText } from '../core/custody/text.ts'
import { shout } from '../monitor/loud.ts'
import { database } from './database.ts'
import { createPrivateFile, readIfPresent } from './files.ts'
import { FOUNDING_LEAVES, readHead } from './head.ts'
import type { Log, LogSettings } from './log-state.ts'
import { readFounding } from './open-log.ts'
import { previousOf } from './previous-log.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const pathOf = (settings: LogSettings) => join(settings.dataDir, 'first-run.code')

/**
 * At start. A log that is not founded gets its one-time code, in a file that only the owner reads and in the server's log: whoever reads
 * either runs this server. A founded one has none.
 */
export async function prepareFirstRun(log: Log): Promise<void> {
  if (await isFounded(log)) return endFirstRun(log.settings)
  if (log.readOnly) return
  const path = pathOf(log.settings)
  if (readIfPresent(path) === undefined) createPrivateFile(path, `${newCode()}\n`)
  // In plain words for who starts the server, and never among the log lines, which are shipped elsewhere. The demo founds itself.
  if (!log.settings.isDemo) shout(`This log is not founded yet. Its one-time code: ${readIfPresent(path)?.trim()}`)
}

/** Whether `code`, from the header `first-run-code`, is the one-time code of a log that is still to be founded. */
export async function isFirstRun(code: string | null, on?: Log): Promise<boolean> {
  if (code === null) return false
  const log = on ?? (await database())
  const kept = readIfPresent(pathOf(log.settings))?.trim()
  if (kept === undefined || kept === '' || (await isFounded(log))) return false
  // Digests have one length, so that neither length nor content shows in the time this takes.
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(code), digest(kept))
}

/** The code is spent: leaf 3 is recorded. */
export function endFirstRun(settings: LogSettings): void {
  rmSync(pathOf(settings), { force: true })
}

/** True for the leaf with which a log is founded. */
export function isLastFoundingLeaf(index: number): boolean {
  return index === FOUNDING_LEAVES - 1
}

/** How far the founding of this process's log has come. */
export type FoundingState = {
  /** Of the four leaves; 4 for a log that is founded. */
  readonly recorded: number
  /** Who began, once leaf 0 is recorded. */
  readonly begunBy?: { readonly origin: string; readonly operator: string }
  readonly isDemo: boolean
  /** The log's name where the server's settings fix it. */
  readonly logOrigin?: string
  /** The log that this one is prepared to succeed: its name, and its last checkpoint as leaf 0 must have it. */
  readonly previous?: { readonly origin: string; readonly named: string }
}

/** What the first run's page begins with. */
export async function foundingState(on?: Log): Promise<FoundingState> {
  const log = on ?? (await database())
  const { isDemo, logOrigin } = log.settings
  const { size } = await readHead(log.adapter)
  const founding = size > 0 ? (log.founding ?? (await readFounding(log))) : undefined
  const previous = previousOf(log.settings)
  return {
    recorded: Math.min(size, FOUNDING_LEAVES),
    ...(founding && { begunBy: { origin: founding.origin, operator: founding.operator } }),
    isDemo,
    ...(logOrigin !== undefined && { logOrigin }),
    ...(previous && { previous: { origin: previous.origin, named: previous.named } }),
  }
}

/** Whether a log for production may have this name: one word that can stand in a signature line, and not a demo's. */
export function isProductionOrigin(origin: string): boolean {
  return isSignableText(origin, 200) && /^[^\s+]+$/u.test(origin) && !origin.startsWith('demo.invalid/')
}

/**
 * Before leaf 0 there is nobody but the operator who is just beginning: what an earlier beginning left of accounts, members and keys is cleared, so
 * that the page can be filled in again. False, and nothing is touched, where a leaf is recorded.
 */
export async function forgetBeginning(on?: Log): Promise<boolean> {
  const log = on ?? (await database())
  if ((await readHead(log.adapter)).size > 0) return false
  const { prisma } = log
  await prisma.$transaction([prisma.member.deleteMany(), prisma.deviceKey.deleteMany(), prisma.user.deleteMany()])
  return true
}

async function isFounded(log: Log): Promise<boolean> {
  return (await readHead(log.adapter)).size >= FOUNDING_LEAVES
}

/** 100 random bits, in four groups that can be typed. */
function newCode(): string {
  const characters = [...randomBytes(20)].map(byte => ALPHABET.charAt(byte & 31))
  return [0, 5, 10, 15].map(at => characters.slice(at, at + 5).join('')).join('-')
}
