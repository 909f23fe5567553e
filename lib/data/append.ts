import { isDriverAdapterError } from '@prisma/driver-adapter-utils'
import { hexDecode } from '../core/bytes.ts'
import { keyName } from '../core/custody/event.ts'
import { type Openings, verifyOpenings } from '../core/custody/sealed.ts'
import { parseLeaf } from '../core/evidence/leaf.ts'
import { checkSignatures, claimKeyIn, publicKeyIn, type SignatureFacts } from '../core/evidence/obligations.ts'
import { parseKnownEvent, type SignedEvent } from '../core/evidence/signed-event.ts'
import { logger } from '../monitor/logger.ts'
import { isStopping } from '../monitor/stopping.ts'
import { database } from './database.ts'
import { verifyAside } from './ed25519.ts'
import type { Log } from './log-state.ts'
import { drain } from './pump.ts'
import { countRefusal } from './refusal-counts.ts'
import { bytesOf, query } from './sql.ts'
import { refuse, type Submission, type Waiting } from './waiting.ts'

/** More events than this waiting to be recorded: come back later. */
export const MOST_WAITING = 4096

type Submitted = {
  /** The signed note of one event. */
  readonly note: Uint8Array
  /** Openings of its sealed fields (of a restatement: of the restated event's). */
  readonly openings?: Openings | undefined
  /** The signer is still at the form: what would not take effect is refused, so that it can be mended. */
  readonly mend?: boolean | undefined
  /** Only for who founds the log: leaves 0–3 are accepted from nobody else. */
  readonly founding?: boolean | undefined
}

/**
 * The only way into the log. Everything that needs no order is checked here, before the queue: spelling, the signature, openings. What became
 * of it is told after the commit that holds it, or after nothing was written. Rejects only on our own bugs.
 */
export async function submit(submitted: Submitted, on?: Log): Promise<Submission> {
  const log = on ?? (await database())
  const submission = await checkAndQueue(log, submitted)
  if (submission.outcome !== 'refused') return submission
  const { code, detail } = submission
  countRefusal(log, code)
  if (code === 'storage') logger('append').error({ code, detail }, 'an event could not be stored')
  return submission
}

async function checkAndQueue(log: Log, submitted: Submitted): Promise<Submission> {
  const since = performance.now()
  if (isStopping()) return refuse('stopping', 'this server is ending; send the event again to the next')
  const read = parseKnownEvent(submitted.note)
  if (!read.ok) return refuse(read.code, read.detail)
  const signed = read.value
  const facts = await checkAll(log, signed).catch(asStorage)
  if ('outcome' in facts) return facts
  if (facts.note !== 'signature-ok') return refuse(facts.note, `key ${signed.event.key}`)
  const submission = await queueSigned(log, { signed, facts, submitted, since })
  return submission.outcome === 'refused' ? { ...submission, signedBy: signed.event.key } : submission
}

async function queueSigned(
  log: Log,
  given: { signed: SignedEvent; facts: SignatureFacts; submitted: Submitted; since: number },
): Promise<Submission> {
  const { signed, facts, submitted, since } = given
  const { note, openings = {}, mend = false, founding = false } = submitted
  const fits = verifyOpenings((signed.restated ?? signed).event, openings)
  if (!fits.ok) return refuse(fits.code, fits.detail)
  if (log.readOnly) return answerReadOnly(log, signed)
  if (log.queue.length >= MOST_WAITING) return refuse('queue-full', `${log.queue.length} events are waiting`)
  return new Promise((resolve, reject) => {
    const waiting: Waiting = { note, signed, facts, openings, mend, founding, since, resolve, reject }
    log.queue.push(waiting)
    drain(log)
  })
}

/** A database that cannot be asked for keys records nothing either; all else is a bug of ours. */
function asStorage(error: unknown): Submission {
  if (isDriverAdapterError(error)) return refuse('storage', error.cause.originalMessage ?? error.cause.kind)
  throw error
}

/** A log that takes nothing more still says where an event stands, so that outboxes can let go of it. */
async function answerReadOnly(log: Log, signed: SignedEvent): Promise<Submission> {
  const row = await log.prisma.eventName.findUnique({ where: { hash: signed.hash } })
  const leaf = row && (await log.prisma.leaf.findUnique({ where: { leafIndex: row.leafIndex } }))
  if (!leaf) return refuse('read-only', `${log.readOnly?.code}: ${log.readOnly?.detail}`)
  const reason = leaf.reason as (Submission & { outcome: 'recorded' })['reason'] | null
  return {
    outcome: 'repeated',
    index: leaf.leafIndex,
    eventHash: signed.hash,
    inEffect: leaf.inEffect,
    ...(reason && { reason }),
  }
}

/** Every signature of the event, natively, with keys that the log holds. Keys never change, so they need not be asked for under the lock. */
async function checkAll(log: Log, signed: SignedEvent): Promise<SignatureFacts> {
  const { event, restated } = signed
  const acting = restated?.event ?? event
  const found = event.kind === 'found' ? publicKeyIn(event) : undefined
  const keys = new Map<string, Uint8Array | undefined>()
  for (const key of new Set([event.key, acting.key])) {
    keys.set(key, found?.key === key ? found.publicKey : (log.publicKeys.get(key) ?? (await publicKey(log, key))))
  }
  const answers = acting.kind === 'receive' || acting.kind === 'refuse' ? acting.body : undefined
  const claimKey = answers?.claim === undefined ? undefined : await claimKeyOf(log, answers.release)
  const keyring = { publicKey: (key: string) => keys.get(key), claimKey: () => claimKey }
  return checkSignatures({ signed, keyring, verify: verifyAside })
}

async function publicKey(log: Log, key: string): Promise<Uint8Array | undefined> {
  const founding = log.founding?.key === key ? log.founding.publicKey : undefined
  const [row] =
    founding === undefined ? await query(log.adapter, 'SELECT "publicKey" FROM "Key" WHERE "key" = ?', [key]) : []
  const bytes = hexDecode(founding ?? String(row?.[0] ?? ''), 32)
  // The name is the key's own hash: a row that was tampered with names no key.
  if (!bytes || keyName(bytes) !== key) return undefined
  log.publicKeys.set(key, bytes)
  return bytes
}

async function claimKeyOf(log: Log, release: string): Promise<Uint8Array | undefined> {
  const sql = 'SELECT l."bytes" FROM "EventName" n JOIN "Leaf" l ON l."leafIndex" = n."leafIndex" WHERE n."hash" = ?'
  const [row] = await query(log.adapter, sql, [release])
  const leaf = row && parseLeaf(bytesOf(row[0]))
  const signed = leaf?.ok ? parseKnownEvent(leaf.value.note) : undefined
  return signed?.ok ? claimKeyIn((signed.value.restated ?? signed.value).event) : undefined
}
