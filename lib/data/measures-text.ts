import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { isDatabaseAway } from './away.ts'
import { measureLog } from './counting.ts'
import { database } from './database.ts'
import { measureWitnesses } from './witness-measures.ts'

/** Everything measured, as Prometheus reads it. Where the database does not answer the rest is there, and `throughline_ready` is 0. */
export async function measuresText(): Promise<{ type: string; text: string }> {
  const { registry, ready } = measures()
  // Away: that was said when it went, and asking may take as long as a network that answers nothing.
  if (isDatabaseAway()) ready.set(0)
  else await measure()
  return { type: registry.contentType, text: await registry.metrics() }
}

async function measure(): Promise<void> {
  try {
    const log = await database()
    await measureLog(log)
    await measureWitnesses(log)
  } catch (error) {
    logger('metrics').error({ code: 'storage', err: error }, 'the log cannot be measured')
    measures().ready.set(0)
  }
}
