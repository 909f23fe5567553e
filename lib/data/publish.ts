import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { base64Encode, equalBytes, utf8Decode } from '../core/bytes.ts'
import { signCheckpoint } from '../core/ledger/checkpoint.ts'
import { EMPTY_ROOT } from '../core/ledger/merkle.ts'
import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { readCheckpoint, storeCheckpoint } from './checkpoints.ts'
import { recordedAt } from './counting.ts'
import { readGuard, withGuardLock, writeGuard } from './guard-file.ts'
import { readHead } from './head.ts'
import { indexedHead } from './index-leaves.ts'
import { goReadOnly, heedAlarm, type Log, type Signer } from './log-state.ts'
import { compare, heedShown } from './rollback-guard.ts'
import { rehash } from './scrub.ts'
import type { TreeHead } from './tiles.ts'
import { askWitnesses, witnessesAsked } from './witnesses.ts'

const LEAST_MILLISECONDS_BETWEEN = 1000
/** What a process that signed last has ahead of others on its database: it signs again before they look. */
const HEAD_START_MILLISECONDS = 300

/** Sees to it that what is committed gets signed: at once when idle, at most once a second under load. Never throws: it is called after a commit that stands. */
export function schedulePublish(log: Log): void {
  const { publisher } = log
  if (publisher.timer || log.scrubber.isClosed) return
  const wait = publisher.begunAt + LEAST_MILLISECONDS_BETWEEN - performance.now()
  publisher.timer = setTimeout(
    () => {
      publisher.timer = undefined
      publishInTurn(log).catch(error => {
        measures().publishFailures.inc()
        logger('publish').error({ code: 'publish-failed', err: error }, 'signing failed and is tried again')
        // Also where it failed before it began: a database that is away would be asked without a pause.
        publisher.begunAt = performance.now()
        schedulePublish(log)
      })
    },
    Math.max(0, wait),
  )
}

/** Once a second for the log, not for each process that records to it: what another has just signed is left to that one, which signs ours with its next. */
async function publishInTurn(log: Log): Promise<void> {
  const newest = await readCheckpoint(log.adapter)
  const age = newest && newest.size !== log.guard?.size ? log.clock() - newest.signedAt : Number.NaN
  if (!(age >= 0 && age < LEAST_MILLISECONDS_BETWEEN)) return publish(log)
  log.publisher.begunAt = performance.now() - age + HEAD_START_MILLISECONDS
  schedulePublish(log)
}

/**
 * Signs the committed head unless that is done; on a log that promises an index, the head of its newest index leaf, which is written first where
 * leaves were recorded since. One run at a time. Repeating it is harmless: the same head gives the same bytes.
 */
export async function publish(log: Log): Promise<void> {
  const { publisher } = log
  while (publisher.running) await publisher.running
  const { begunAt } = publisher
  // From its beginning: what is recorded while it signs waits for the next second, and is signed then all at once.
  publisher.begunAt = performance.now()
  publisher.running = signHead(log)
    .then(hadWork => {
      if (!hadWork) publisher.begunAt = begunAt
    })
    .finally(() => {
      publisher.running = undefined
    })
  await publisher.running
}

/** False where there was nothing to sign, or the log is read-only. */
async function signHead(log: Log): Promise<boolean> {
  const { signer, adapter } = log
  if (log.readOnly || !signer) return false
  const committed = await readHead(adapter)
  if (heedAlarm(log, committed)) return false
  const newest = await readCheckpoint(adapter)
  const signed = newest?.size ?? 0
  if (committed.size <= signed) return false
  // Before the first signature of a process: a witness may know more of this log than its database does.
  await witnessesAsked(log)
  if (log.readOnly) return false
  const start = performance.now()
  // Leaf bytes against leaf hashes since what was signed last, before an index leaf speaks of them; the rest is the scrubber's.
  if (!(await rehash(log, { from: signed, to: committed.size }))) return false
  // Before an index leaf is written too: it would stay over leaves that are not those that were signed.
  if (newest && !(await compare(log, newest, 'the newest stored checkpoint', committed))) return false
  const head = await headToSign(log, committed)
  if (!head || head.size <= signed) return false
  if (!(await rehash(log, { from: committed.size, to: head.size }))) return false
  const isFurther = head.size > committed.size
  if (newest && isFurther && !(await compare(log, newest, 'the newest stored checkpoint', head))) return false
  const note = await guardHead({ log, signer, head })
  if (note === undefined) return true
  // A crash before this line leaves the guard ahead of the stored checkpoint: the next start signs the same size again, to the same bytes.
  const stored = await storeCheckpoint(adapter, { ...head, note, signedAt: log.clock() })
  if (!equalBytes(stored.root, head.root)) {
    goReadOnly(log, 'checkpoint-differs', `a checkpoint of ${head.size} leaves with another root is stored`)
  }
  askWitnesses(log)
  const { publishSeconds, publishLag } = measures()
  publishSeconds.observe((performance.now() - start) / 1000)
  const oldest = await recordedAt(log, signed)
  if (oldest !== undefined) publishLag.observe(Math.max(0, (log.clock() - oldest) / 1000))
  return true
}

/** Never above 0 a size without an index leaf where leaf 0 promises one; undefined where there is none to sign. */
async function headToSign(log: Log, committed: TreeHead): Promise<TreeHead | undefined> {
  return log.founding?.index ? indexedHead(log) : committed
}

/** Signs `head` once the guard file's checkpoint was shown to lead to it, and leaves the note in the guard file. Undefined where nothing may be signed. */
async function guardHead(args: { log: Log; signer: Signer; head: TreeHead }): Promise<string | undefined> {
  const { log, signer, head } = args
  return withGuardLock(log.settings, async () => {
    const guard = await readGuard(log.settings, signer)
    if (guard && !guard.ok) {
      goReadOnly(log, 'guard-unreadable', `${guard.code}: ${guard.detail}`)
      return undefined
    }
    if (!guard && log.guard) {
      goReadOnly(log, 'guard-missing', `the guard file of ${log.guard.size} leaves is gone`)
      return undefined
    }
    if (guard && guard.value.size > head.size) {
      // Another process on this folder signed a larger head meanwhile: that one covers ours, if the database knows it.
      await compare(log, guard.value, 'the guard file')
      return undefined
    }
    if (guard && !(await compare(log, guard.value, 'the guard file', head))) return undefined
    if (await heedShown(log)) return undefined
    const note = sign(signer, head)
    if (!guard || guard.value.size < head.size) writeGuard(log.settings, note)
    log.guard = { size: head.size, root: head.root }
    return note
  })
}

/**
 * The first signature of a log, over no leaves: from here on a guard file exists, whatever happens to the database. The checkpoint is stored
 * in the transaction `on`, which will write leaf 0. Nothing is signed where the guard file knows of leaves: the log is read-only then.
 */
export async function signEmptyLog(log: Log, signer: Signer, on: SqlQueryable): Promise<void> {
  await withGuardLock(log.settings, async () => {
    const guard = await readGuard(log.settings, signer)
    // One of another origin or key, over no leaves, is left from a founding that failed; of ours it says the same.
    if (guard?.ok && guard.value.size > 0) {
      return goReadOnly(
        log,
        'database-behind',
        `the guard file covers ${guard.value.size} leaves, the database holds none`,
      )
    }
    const empty = { size: 0, root: EMPTY_ROOT }
    const note = sign(signer, empty)
    writeGuard(log.settings, note)
    await storeCheckpoint(on, { ...empty, note, signedAt: log.clock() })
    log.guard = empty
  })
}

function sign(signer: Signer, { size, root }: TreeHead): string {
  const checkpoint = { origin: signer.origin, size: BigInt(size), rootHash: root }
  const note = utf8Decode(signCheckpoint({ checkpoint, seed: signer.seed, name: signer.origin }))
  if (note === undefined) throw new Error(`no checkpoint: ${base64Encode(root)}`)
  return note
}
