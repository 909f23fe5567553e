import 'server-only'
import { env } from '../env.ts'
import type { Log } from './log-state.ts'
import { warn } from './loud.ts'
import { adopt, openLog } from './open-log.ts'

// A bundler evaluates this module more than once in one process; the database must be opened once.
const HOME = Symbol.for('throughline')
type Home = { [HOME]?: { log: Promise<Log> | undefined; adopting: Promise<void> | undefined } }

/** What the command line says and the environment does not. */
export type StartOptions = {
  readonly guardFile?: string | undefined
  readonly trustDatabase?: boolean | undefined
  readonly clearAlarm?: boolean | undefined
}

/**
 * This process's log, opened on first use; a failed opening is tried again by the next caller. Importing opens nothing. A log that another process
 * founds meanwhile is taken over by the first who asks.
 */
export async function database(options?: StartOptions): Promise<Log> {
  const global = globalThis as Home
  global[HOME] ??= { log: undefined, adopting: undefined }
  const home = global[HOME]
  if (!home.log) {
    const { databaseUrl, dataDir, isDemo, logOrigin, logKey, witnessPolicy } = env()
    home.log = openLog({ databaseUrl, dataDir, isDemo, logOrigin, logKey, witnessPolicy, ...options })
    home.log.catch(() => {
      home.log = undefined
    })
  }
  const log = await home.log
  if (!log.founding) {
    home.adopting ??= adopt(log, { sawEmpty: true })
      .catch(error => warn(`this log cannot be served: ${error}`))
      .finally(() => {
        home.adopting = undefined
      })
    await home.adopting
  }
  return log
}
