import { logger } from '../monitor/logger.ts'
import { measures } from '../monitor/measures.ts'
import { measureLog } from './counting.ts'
import { database } from './database.ts'

/** Everything measured, as Prometheus reads it. Where the database does not answer the rest is there, and `throughline_ready` is 0. */
export async function measuresText(): Promise<{ type: string; text: string }> {
  const { registry, ready } = measures()
  try {
    await measureLog(await database())
  } catch (error) {
    logger('metrics').error({ code: 'storage', err: error }, 'the log cannot be measured')
    ready.set(0)
  }
  return { type: registry.contentType, text: await registry.metrics() }
}
