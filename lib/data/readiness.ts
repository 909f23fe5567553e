import { isStopping } from '../monitor/stopping.ts'
import { isDatabaseAway } from './away.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { readHead } from './head.ts'
import { heedAlarm, type Log, type ReadOnlyCode } from './log-state.ts'

export type Readiness = {
  /** False where nothing is recorded: not founded, read-only, ending, or the database does not answer. */
  readonly isReady: boolean
  readonly reason?: ReadOnlyCode | 'not-founded' | 'stopping' | 'storage'
  readonly recorded: number
  readonly sealed: number
  readonly waiting: number
}

const UNKNOWN: Readiness = { isReady: false, reason: 'storage', recorded: 0, sealed: 0, waiting: 0 }

/** Whether this process records events, for `/readyz`. Never throws. */
export async function readiness(on?: Log): Promise<Readiness> {
  if (isDatabaseAway()) return UNKNOWN
  try {
    const log = on ?? (await database())
    const head = await readHead(log.adapter)
    heedAlarm(log, head)
    const { size } = head
    const sealed = (await readCheckpoint(log.adapter))?.size ?? 0
    const reason = isStopping() ? 'stopping' : (log.readOnly?.code ?? (log.founding ? undefined : 'not-founded'))
    const counts = { recorded: size, sealed, waiting: log.queue.length }
    return { isReady: reason === undefined, ...(reason && { reason }), ...counts }
  } catch {
    return UNKNOWN
  }
}
