import { database } from './database.ts'
import { prepareFirstRun } from './first-run.ts'
import { schedulePublish } from './publish.ts'
import { scrubAll, scrubSteadily } from './scrub.ts'

/**
 * Opens the log and starts what runs beside the requests: signing what was committed before, re-hashing every leaf. Called once by
 * instrumentation.ts; throws where the server must not start. Of the command line it takes `--guard FILE` and `--trust-database`.
 */
export async function start(argv: readonly string[] = process.argv): Promise<void> {
  const at = argv.indexOf('--guard')
  const guardFile = at < 0 ? undefined : argv[at + 1]
  const log = await database({ guardFile, trustDatabase: argv.includes('--trust-database') })
  await prepareFirstRun(log)
  schedulePublish(log)
  scrubAll(log)
    .catch(error => console.error(`re-hashing at start failed: ${error}`))
    .finally(() => scrubSteadily(log))
}
