import { isDriverAdapterError, type SqlQueryable } from '@prisma/driver-adapter-utils'
import { isOnPostgresql } from './addresses.ts'
import { type Written, writeBatch } from './batch.ts'
import { countBatch } from './counting.ts'
import { endFirstRun, isLastFoundingLeaf } from './first-run.ts'
import { inTransaction, isBusy, MOST_TRIES } from './gate.ts'
import { readHead } from './head.ts'
import { forgetAnswers } from './kept-answers.ts'
import { createLogKey, loadLogKey, signerOf } from './log-key.ts'
import type { Log } from './log-state.ts'
import { warn } from './loud.ts'
import { adopt } from './open-log.ts'
import { NowReadOnly, remember } from './overlay.ts'
import { isConnectionLost } from './postgresql-errors.ts'
import { scheduleProjections } from './projected.ts'
import { schedulePublish, signEmptyLog } from './publish.ts'
import { marks, query } from './sql.ts'
import { refuse, type Submission, type Waiting } from './waiting.ts'

const MOST_A_BATCH = 256

/** Starts the pump unless it runs: what is waiting is recorded, up to 256 in a transaction, until nothing waits. */
export function drain(log: Log): void {
  log.pump ??= pumpAll(log).finally(() => {
    log.pump = undefined
    if (log.queue.length > 0) drain(log)
  })
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

async function pumpAll(log: Log): Promise<void> {
  while (log.queue.length > 0) {
    // Lets what has arrived meanwhile join this batch, and other requests have their turn between two.
    await nextTurn()
    await settle(log)
  }
}

/** Records one batch and answers everyone in it. Never throws. */
async function settle(log: Log): Promise<void> {
  const waiting = log.queue.splice(0, MOST_A_BATCH)
  for (let tries = 1; ; tries++) {
    if (log.readOnly) return answer(waiting, () => refuse('read-only', log.readOnly?.detail ?? ''))
    let isDecided = false
    try {
      const written = await inTransaction(log.adapter, async on => {
        if (log.isShared) {
          // Others had the lock just now. Its answer comes once they let go of it again; what arrived here until then is one batch with this.
          await readHead(on)
          waiting.push(...log.queue.splice(0, MOST_A_BATCH - waiting.length))
        }
        const written = await writeBatch({ log, on, waiting, found: origin => found(log, origin, on) })
        isDecided = true
        return written
      })
      await commit(log, waiting, written)
      return
    } catch (error) {
      if (error instanceof NowReadOnly) continue
      if (isBusy(error) && tries < MOST_TRIES) {
        await nextTurn()
        continue
      }
      return recover(log, waiting, { error, isDecided })
    }
  }
}

/** After the commit: what was decided becomes what everyone sees, then the callers hear of it. */
async function commit(
  log: Log,
  waiting: readonly Waiting[],
  { from, to, submissions, changed, hasNotices }: Written,
): Promise<void> {
  log.isShared = from !== log.reached
  log.reached = to
  for (const [subject, folded] of changed) {
    remember(log, subject, folded)
  }
  log.views.clear()
  // A repeat may have brought openings of what is signed already.
  if (submissions.some(each => each.outcome === 'repeated')) forgetAnswers(log)
  // Founded just now, here or by another process on this database. It stands whatever fails next, and the callers must hear so.
  if (!log.founding)
    await adopt(log, { sawEmpty: true }).catch(error => warn(`the log was founded and cannot be signed: ${error}`))
  if (submissions.some(each => each.outcome === 'recorded' && isLastFoundingLeaf(each.index))) endFirstRun(log.settings)
  answer(waiting, at => submissions[at] ?? refuse('storage', 'not decided'))
  countBatch(waiting, submissions)
  if (changed.size > 0) {
    schedulePublish(log)
    scheduleProjections(log)
  }
  if (hasNotices) log.onNotices?.()
}

function answer(waiting: readonly Waiting[], submission: (at: number) => Submission): void {
  for (const [at, each] of waiting.entries()) each.resolve(submission(at))
}

/**
 * The transaction failed, or its COMMIT did, whose outcome is then unknown: what the database holds decides. Events that stand in it were
 * recorded; all others are refused and lose nothing, their senders keep them. A bug of ours goes to the callers as it is. `isDecided`: COMMIT was sent.
 */
async function recover(
  log: Log,
  waiting: readonly Waiting[],
  { error, isDecided }: { error: unknown; isDecided: boolean },
): Promise<void> {
  let names: Map<string, { index: number; reason: string | null }>
  try {
    names = isDecided ? await readBack(log, waiting) : await readNames(log.adapter, waiting)
  } catch (again) {
    return answer(waiting, () => refuse('storage', `${messageOf(error)}; reading back failed too: ${messageOf(again)}`))
  }
  if (!isDriverAdapterError(error)) for (const each of waiting) each.reject(error)
  answer(waiting, at => {
    const hash = waiting[at]?.signed.hash ?? ''
    const name = names.get(hash)
    if (!name) return refuse('storage', messageOf(error))
    return {
      outcome: 'recorded',
      index: name.index,
      eventHash: hash,
      inEffect: name.reason === null,
      ...(name.reason !== null && { reason: name.reason }),
    } as Submission
  })
  if (names.size > 0) {
    schedulePublish(log)
    scheduleProjections(log)
  }
}

// A server that restarts is back in a second or two; what waits meanwhile is not lost, only unanswered.
const MOST_LOOKS = 40
const MILLISECONDS_BETWEEN_LOOKS = 250

/** Where these events stand. PostgreSQL may still be at a COMMIT whose connection is lost: it holds the head's lock for so long, which is waited for. */
async function readBack(log: Log, waiting: readonly Waiting[]) {
  if (!isOnPostgresql(log.adapter)) return readNames(log.adapter, waiting)
  for (let look = 1; ; look++) {
    try {
      return await inTransaction(log.adapter, on => readNames(on, waiting))
    } catch (error) {
      if (!isConnectionLost(error) || look >= MOST_LOOKS) throw error
      await new Promise(resolve => setTimeout(resolve, MILLISECONDS_BETWEEN_LOOKS))
    }
  }
}

async function readNames(on: SqlQueryable, waiting: readonly Waiting[]) {
  const hashes = waiting.map(each => each.signed.hash)
  const sql = `SELECT n."hash", n."leafIndex", l."reason" FROM "EventName" n JOIN "Leaf" l ON l."leafIndex" = n."leafIndex" WHERE n."hash" IN (${marks(hashes.length)})`
  const rows = await query(on, sql, hashes)
  return new Map(
    rows.map(row => [String(row[0]), { index: Number(row[1]), reason: row[2] === null ? null : String(row[2]) }]),
  )
}

/**
 * Before leaf 0 is written: the log gets its key, and a guard file that says "no leaf yet". A crash after this leaves both, and the next
 * founding takes the key over and writes the guard anew.
 */
async function found(log: Log, origin: string, on: SqlQueryable): Promise<void> {
  const seed = loadLogKey(log.settings) ?? createLogKey(log.settings)
  const signer = signerOf({ origin, seed })
  await signEmptyLog(log, signer, on)
  if (log.readOnly) throw new NowReadOnly('the guard file is ahead of an empty database')
}

function messageOf(error: unknown): string {
  if (!isDriverAdapterError(error)) return String(error)
  return error.cause.originalMessage ?? error.cause.kind
}
