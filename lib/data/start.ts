import { database } from './database.ts'
import { prepareFirstRun } from './first-run.ts'
import { schedulePublish } from './publish.ts'
import { scrubAll, scrubSteadily } from './scrub.ts'

/** What instrumentation.ts calls, once. A server that cannot open its log ends with the reason: Next alone would answer 500 for ever. */
export async function startOrEnd(): Promise<void> {
  try {
    await start()
  } catch (error) {
    console.error(error)
    process.exit(1)
  }
}

/**
 * Opens the log and starts what runs beside the requests: signing what was committed before, re-hashing every leaf. Throws where the server
 * must not start. Of the command line it takes `--guard FILE` and `--trust-database`.
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
