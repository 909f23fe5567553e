/** Milliseconds between two tries to reach a database that is away, and what a visitor is told to wait. */
const BETWEEN = 250
export const AWAY_SECONDS = 5

// Next evaluates this module more than once in one process; proxy.ts must know what the connection knows.
const HOME = Symbol.for('throughline.database-away')
type Home = { [HOME]?: Set<string> }

function away(): Set<string> {
  const global = globalThis as Home
  global[HOME] ??= new Set()
  return global[HOME]
}

/** Whether this process has lost its database and not reached it again: pages then say so at once, without asking it. */
export function isDatabaseAway(): boolean {
  return away().size > 0
}

/** The database at `url` was lost: until `reach` holds, tried four times a second, {@link isDatabaseAway}. Keeps no process alive. */
export function keepAway(url: string, reach: () => Promise<void>): void {
  if (away().has(url)) return
  away().add(url)
  const next = () => {
    setTimeout(() => {
      reach().then(() => away().delete(url), next)
    }, BETWEEN).unref()
  }
  reach().then(() => away().delete(url), next)
}
