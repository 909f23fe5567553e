import { env } from '../env.ts'
import { closeServers, watchRequests } from '../monitor/access.ts'
import { logger } from '../monitor/logger.ts'
import { shout } from '../monitor/loud.ts'
import { measureProcess } from '../monitor/measures.ts'
import { stopOnSignals } from '../monitor/signals.ts'
import { onStop } from '../monitor/stopping.ts'
import { database } from './database.ts'
import { prepareFirstRun } from './first-run.ts'
import type { Log } from './log-state.ts'
import { closeLog } from './open-log.ts'
import { schedulePublish } from './publish.ts'
import { readiness } from './readiness.ts'
import { scrubAll, scrubSteadily } from './scrub.ts'
import { WAY_OUT_WORDS, wayOutOf } from './way-out.ts'
import { witnessesAsked } from './witnesses.ts'

/** What instrumentation.ts calls, once. A server that cannot open its log ends with the reason: Next alone would answer 500 for ever. */
export async function startOrEnd(): Promise<void> {
  try {
    watchRequests()
    measureProcess()
    const log = await start()
    stopInOrder(log)
    const { recorded, sealed, reason } = await readiness(log)
    logger('start').info({ url: env().publicUrl, port: env().port, recorded, sealed, notReady: reason }, 'serving')
  } catch (error) {
    logger('start').fatal({ code: 'cannot-start', err: error }, 'this server cannot start')
    shout(`This server cannot start. ${error instanceof Error ? error.message : error}`)
    process.exit(1)
  }
}

/**
 * Opens the log and starts what runs beside the requests: signing what was committed before, re-hashing every leaf. Throws where the server
 * must not start. Of the command line it takes `--guard FILE`, `--trust-database` and `--clear-alarm`.
 */
async function start(argv: readonly string[] = process.argv): Promise<Log> {
  const at = argv.indexOf('--guard')
  const guardFile = at < 0 ? undefined : argv[at + 1]
  const log = await database({
    guardFile,
    trustDatabase: argv.includes('--trust-database'),
    clearAlarm: argv.includes('--clear-alarm'),
  })
  await prepareFirstRun(log)
  if (log.readOnly) shout(WAY_OUT_WORDS[wayOutOf(log.readOnly.code)])
  // A witness may know more of this log than its database does; nothing is signed before they have answered, or had their second.
  void witnessesAsked(log)
  schedulePublish(log)
  scrubAll(log)
    .catch(error => logger('scrub').error({ code: 'scrub-failed', err: error }, 're-hashing at start failed'))
    .finally(() => scrubSteadily(log))
  return log
}

/**
 * What was accepted is recorded and answered, what is recorded is sealed: events are refused from the first signal on (append.ts), then the queue
 * empties, then every answer is out, then the last checkpoint is signed and the database closed.
 */
function stopInOrder(log: Log): void {
  onStop('database', () => closeLog(log))
  onStop('answers', closeServers)
  onStop('queue', async () => {
    while (log.pump) await log.pump
  })
  stopOnSignals()
}
