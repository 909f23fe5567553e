import 'server-only'
import { env } from '../env.ts'
import type { Log } from './log-state.ts'
import { openLog } from './open-log.ts'

// A bundler evaluates this module more than once in one process; the database must be opened once.
const HOME = Symbol.for('throughline')
type Home = { [HOME]?: { log: Promise<Log> | undefined } }

/** What the command line says and the environment does not. */
export type StartOptions = { readonly guardFile?: string | undefined; readonly trustDatabase?: boolean | undefined }

/** This process's log, opened on first use; a failed opening is tried again by the next caller. Importing opens nothing. */
export function database(options?: StartOptions): Promise<Log> {
  const global = globalThis as Home
  global[HOME] ??= { log: undefined }
  const home = global[HOME]
  if (!home.log) {
    const { databaseUrl, dataDir, isDemo, logOrigin, logKey } = env()
    home.log = openLog({ databaseUrl, dataDir, isDemo, logOrigin, logKey, ...options })
    home.log.catch(() => {
      home.log = undefined
    })
  }
  return home.log
}
