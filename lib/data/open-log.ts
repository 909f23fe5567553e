import { mkdirSync } from 'node:fs'
import type { Founding } from '../core/custody/state.ts'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { clearAlarm } from './alarm.ts'
import { connect, makeRoom } from './connection.ts'
import { fillProjections } from './fill.ts'
import { createGuards } from './guards.ts'
import { readHead } from './head.ts'
import { loadLogKey, signerOf } from './log-key.ts'
import { goReadOnly, heedAlarm, type Log, type LogSettings, newLog } from './log-state.ts'
import { warn } from './loud.ts'
import { migrate } from './migrate.ts'
import { caughtUp } from './projected.ts'
import { publish } from './publish.ts'
import { writeRefusals } from './refusal-counts.ts'
import { checkRollback } from './rollback-guard.ts'
import { readLeaves } from './tiles.ts'
import { openWitnessing } from './witness-policy.ts'
import { closeWitnessing } from './witnesses.ts'

/**
 * Opens a log: migrates the database, puts the guards in place, loads leaf 0 and the key, and compares the database with what is known to
 * be signed. Where it does not agree the log is open and read-only. Throws where serving would be wrong altogether: settings that do not
 * hold, guards that cannot be created, a log of another name or mode than this process is set to.
 */
export async function openLog(settings: LogSettings): Promise<Log> {
  // Names and salts are for who runs this server; a folder that is there already keeps its rights.
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 })
  makeRoom(settings.databaseUrl)
  await migrate(settings.databaseUrl)
  const log = newLog(settings, await connect(settings.databaseUrl))
  try {
    await createGuards(log.adapter)
    await adopt(log)
    await fillProjections(log)
    return log
  } catch (error) {
    await log.adapter.dispose()
    throw error
  }
}

/** Takes over what the database already holds: at start, and where leaf 0 has appeared since (`sawEmpty`). */
export async function adopt(log: Log, seen: { sawEmpty?: boolean } = {}): Promise<void> {
  const founding = await readFounding(log)
  const seed = loadLogKey(log.settings)
  if (!founding) return
  checkSettings(log.settings, founding)
  log.founding = founding
  if (!seed) return goReadOnly(log, 'log-key-missing', 'the log has leaves and its key is not here')
  log.signer = signerOf({ origin: founding.origin, seed })
  log.witnessing = openWitnessing(log.settings, log.signer)
  await checkRollback(log, log.signer, seen)
  await heedKept(log)
}

/** An alarm that stands in the database, from whichever process: until the operator says that it was dealt with, and what was compared by then agrees. */
async function heedKept(log: Log): Promise<void> {
  const { alarm } = await readHead(log.adapter)
  if (!alarm) return
  if (log.readOnly || !log.settings.clearAlarm) return void heedAlarm(log, { alarm })
  await clearAlarm(log.adapter)
  warn(`the alarm ${alarm.code} of ${new Date(alarm.at).toISOString()} was cleared: ${alarm.detail}`)
}

/** What leaf 0 says; undefined for an empty log. Throws where leaf 0 cannot be read: nothing can be served then. */
export async function readFounding(log: Pick<Log, 'adapter'>): Promise<Founding | undefined> {
  const [first] = await readLeaves(log.adapter, { from: 0, to: 1 })
  if (!first) return undefined
  const leaf = parseLeaf(first.bytes)
  const signed = leaf.ok ? parseKnownEvent(leaf.value.note) : leaf
  if (!signed.ok || signed.value.event.kind !== 'found') throw new Error('leaf 0 does not found a log')
  return { ...signed.value.event.body, key: signed.value.event.key }
}

/** Throws where this process is set to another log than the database holds. */
export function checkSettings(settings: LogSettings, founding: Founding): void {
  const { logOrigin, isDemo } = settings
  if (logOrigin !== undefined && logOrigin !== founding.origin) {
    throw new Error(`LOG_ORIGIN is ${logOrigin}, but the log in this database is ${founding.origin}`)
  }
  if (isDemo !== (founding.mode === 'demo')) {
    throw new Error(`DEMO is ${isDemo ? '1' : '0'}, but the log in this database was founded for ${founding.mode}`)
  }
}

/** Ends what runs in the background and closes the database; what is committed is signed first. */
export async function closeLog(log: Log): Promise<void> {
  log.scrubber.isClosed = true
  clearTimeout(log.scrubber.timer)
  while (log.pump) await log.pump
  clearTimeout(log.projector.timer)
  await caughtUp(log)
  clearTimeout(log.publisher.timer)
  await publish(log)
  clearTimeout(log.publisher.timer)
  await log.alarming
  await closeWitnessing(log)
  // Counts are a courtesy: what keeps them from being written keeps nothing from being closed.
  await writeRefusals(log).catch(error => warn(`counts of refusals are lost: ${error}`))
  await log.prisma.$disconnect()
  await log.adapter.dispose().catch(() => {})
}
