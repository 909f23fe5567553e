import { setTimeout as sleep } from 'node:timers/promises'
import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { readCheckpoint } from './checkpoints.ts'
import type { Log, Signer } from './log-state.ts'
import { consistencyProof } from './tiles.ts'
import { alarm } from './witness-alarm.ts'
import { postCheckpoint, type WitnessReply } from './witness-client.ts'
import { readCosignatures, readWitnesses, storeCosignature, storeProblem } from './witness-rows.ts'
import type { AskedWitness, WitnessProblem } from './witness-state.ts'

const MOST_TRIES = 3
const WAIT_MILLISECONDS = [10, 250]
/** A log that stands still is signed again after this: a cosignature says that nothing larger was seen until then. */
const REFRESH_MILLISECONDS = 10 * 60_000
const LOOK_MILLISECONDS = 60_000

/** Sees to it that every witness signs what was published last; each by itself, so that a slow one holds up nobody. Never throws. */
export function askWitnesses(log: Log): void {
  for (const witness of log.witnessing?.asked ?? []) void ask(log, witness)
}

/**
 * Resolves once every witness was asked for the first time in this process, or was given its second: what they know of this log must be known before
 * anything is signed (PROTOCOL §6, rollback guard).
 */
export async function witnessesAsked(log: Log): Promise<void> {
  const { witnessing } = log
  if (!witnessing) return
  if (!witnessing.first) {
    witnessing.first = Promise.all(witnessing.asked.map(witness => ask(log, witness))).then(() => {})
    lookAgain(log)
  }
  await witnessing.first
}

/** Ends what is under way; what a witness signed meanwhile it will say when it is asked again. */
export async function closeWitnessing({ witnessing }: Log): Promise<void> {
  if (!witnessing) return
  clearTimeout(witnessing.timer)
  // An answer that is nearly there is worth a moment; a witness that is down is not.
  await Promise.race([
    Promise.all(witnessing.asked.map(({ running }) => running)),
    sleep(500, undefined, { ref: false }),
  ])
  witnessing.abort.abort()
  clearTimeout(witnessing.timer)
  await Promise.all(witnessing.asked.map(({ running }) => running))
}

/** Asks those again that did not sign the newest checkpoint, or long ago. */
function lookAgain(log: Log): void {
  const { witnessing } = log
  if (!witnessing || witnessing.abort.signal.aborted) return
  witnessing.timer = setTimeout(() => {
    askStale(log)
      .catch(error => logger('witness').error({ code: 'storage', err: error }, 'witnesses are asked again later'))
      .finally(() => lookAgain(log))
  }, LOOK_MILLISECONDS)
  witnessing.timer.unref()
}

/** Asks those whose line on the newest checkpoint is missing or ten minutes old. */
export async function askStale(log: Log): Promise<void> {
  const checkpoint = await readCheckpoint(log.adapter)
  if (!checkpoint || log.readOnly) return
  const lines = new Map((await readCosignatures(log.adapter, checkpoint.size)).map(each => [each.witness, each]))
  for (const witness of log.witnessing?.asked ?? []) {
    const signedAt = (lines.get(witness.vkey)?.signedAt ?? 0) * 1000
    if (log.clock() - signedAt >= REFRESH_MILLISECONDS) void ask(log, witness)
  }
}

async function ask(log: Log, witness: AskedWitness): Promise<void> {
  witness.again = true
  witness.running ??= rounds(log, witness).finally(() => {
    witness.running = undefined
  })
  await witness.running
}

async function rounds(log: Log, witness: AskedWitness): Promise<void> {
  while (witness.again && !log.readOnly && !log.witnessing?.abort.signal.aborted) {
    witness.again = false
    try {
      if (log.signer) await round({ log, witness, signer: log.signer })
    } catch (error) {
      logger('witness').error({ code: 'storage', witness: witness.name, err: error }, 'a witness was not asked')
    }
  }
}

type Asking = { readonly log: Log; readonly witness: AskedWitness; readonly signer: Signer }

/** One round: the newest checkpoint, with a proof from what the witness signed last; from what it says it signed where that is another size. */
async function round({ log, witness, signer }: Asking): Promise<void> {
  const { adapter } = log
  let checkpoint = await readCheckpoint(adapter)
  if (!checkpoint) return
  let oldSize = (await readWitnesses(adapter)).get(witness.vkey)?.size ?? 0
  let hasConflict = false
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (tries > 0) await sleep(WAIT_MILLISECONDS[tries - 1] ?? 0)
    // What is known is of a database that was set back since: let the witness say it.
    if (oldSize > checkpoint.size) oldSize = 0
    const { size, note } = checkpoint
    const proof = oldSize === 0 ? [] : await consistencyProof(adapter, { oldSize, newSize: size })
    const signal = (log.witnessing as NonNullable<Log['witnessing']>).abort.signal
    const reply = await postCheckpoint({ url: witness.url, signal }, { key: witness.key, note, oldSize, proof })
    measures().witnessReplies.inc({ reply: reply.reply === 'problem' ? reply.problem : reply.reply })
    if (signal.aborted) return
    if (reply.reply === 'cosigned') {
      const { line, time } = reply
      await storeCosignature(adapter, { size, vkey: witness.vkey, line, time, now: log.clock() })
      return
    }
    if (reply.reply === 'problem') return fails({ log, witness, signer }, reply.problem, reply.detail)
    if (reply.reply === 'differs') return alarm({ log, witness, signer, code: 'witness-differs', said: reply.detail })
    if (reply.reply === 'conflict') {
      if (hasConflict) return alarm({ log, witness, signer, code: 'witness-differs', said: '409, twice' })
      hasConflict = true
      oldSize = 0
      continue
    }
    // Another process of this log may have published since.
    if (reply.size > BigInt(size)) checkpoint = (await readCheckpoint(adapter)) ?? checkpoint
    if (reply.size > BigInt(checkpoint.size)) {
      return alarm({ log, witness, signer, code: 'witness-ahead', said: saidOf(reply) })
    }
    oldSize = Number(reply.size)
  }
  return fails({ log, witness, signer }, 'moving', `${MOST_TRIES} tries`)
}

const saidOf = (reply: Extract<WitnessReply, { reply: 'size' }>) => `it signed a tree of ${reply.size} leaves`

async function fails({ log, witness }: Asking, problem: WitnessProblem, detail: string): Promise<void> {
  logger('witness').warn({ code: problem, witness: witness.name, detail }, 'a witness did not sign')
  await storeProblem(log.adapter, { vkey: witness.vkey, problem, detail, now: log.clock() })
}
