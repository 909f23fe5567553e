import { measures } from '../monitor/measures.ts'
import { isStopping } from '../monitor/stopping.ts'
import { readCheckpoint } from './checkpoints.ts'
import { readHead } from './head.ts'
import { heedAlarm, type Log } from './log-state.ts'
import { query } from './sql.ts'
import type { Submission, Waiting } from './waiting.ts'

/** Counts a batch that is committed, after its senders were answered: not a moment of their waiting. */
export function countBatch(waiting: readonly Waiting[], submissions: readonly Submission[]): void {
  const { appends, appendSeconds, batchSize } = measures()
  const now = performance.now()
  const kinds = new Map<string, { kind: string; effect: string; count: number }>()
  batchSize.observe(waiting.length)
  for (const [at, { signed, since }] of waiting.entries()) {
    const submission = submissions[at]
    if (submission?.outcome !== 'recorded') continue
    appendSeconds.observe((now - since) / 1000)
    const { kind } = signed.event
    const effect = submission.inEffect ? 'yes' : 'no'
    const counted = kinds.get(kind + effect) ?? { kind, effect, count: 0 }
    counted.count++
    kinds.set(kind + effect, counted)
  }
  for (const { kind, effect, count } of kinds.values()) appends.inc({ kind, effect }, count)
}

/** When leaf `index` was recorded, unix milliseconds; undefined where there is none. */
export async function recordedAt(log: Log, index: number): Promise<number | undefined> {
  const [row] = await query(log.adapter, 'SELECT "recordedAt" FROM "Leaf" WHERE "leafIndex" = ?', [index])
  return row && Number(row[0])
}

/** Brings the gauges up to date: for a monitor that is just reading them. */
export async function measureLog(log: Log): Promise<void> {
  const { queue, recorded, sealed, unsealedSeconds, checkpointTime, ready, readOnly } = measures()
  const head = await readHead(log.adapter)
  heedAlarm(log, head)
  const checkpoint = await readCheckpoint(log.adapter)
  const waitingSince = await recordedAt(log, checkpoint?.size ?? 0)
  queue.set(log.queue.length)
  recorded.set(head.size)
  sealed.set(checkpoint?.size ?? 0)
  unsealedSeconds.set(waitingSince === undefined ? 0 : Math.max(0, (log.clock() - waitingSince) / 1000))
  checkpointTime.set((checkpoint?.signedAt ?? 0) / 1000)
  ready.set(log.readOnly || !log.founding || isStopping() ? 0 : 1)
  readOnly.set(log.readOnly ? 1 : 0)
}
