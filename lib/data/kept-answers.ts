import type { Log } from './log-state.ts'
import { query } from './sql.ts'

// Next evaluates this module more than once in one process; two copies would keep everything twice.
const HOME = Symbol.for('throughline.kept-answers')
type Home = { [HOME]?: WeakMap<Log, Kept> }

type Answer = string | Uint8Array
type Kept = { stamp: string; bytes: number; readonly answers: Map<string, Answer> }

const MOST_BYTES = 32 * 1024 * 1024
const LARGEST_BYTES = 2 * 1024 * 1024
const MILLISECONDS = 1000

/**
 * Answers that follow from what was signed, by name, made once and then kept in memory, 32 MB in all, the least used going first. They are kept for
 * as long as nobody but this process has written to the database: who alters a row behind its back is answered with the altered row. PostgreSQL does
 * not say who wrote; there they are kept for a second. An undefined answer is not kept.
 */
export async function keptAnswer<Made extends Answer>(
  log: Log,
  name: string,
  make: () => Promise<Made | undefined>,
): Promise<Made | undefined> {
  const kept = keptOf(log)
  const stamp = await stampOf(log)
  if (kept.stamp !== stamp) forget(kept, stamp)
  const known = kept.answers.get(name) as Made | undefined
  if (known !== undefined) {
    // The newest use is the last to go.
    kept.answers.delete(name)
    kept.answers.set(name, known)
    return known
  }
  const made = await make()
  // What was read while somebody wrote may be half of both.
  if (made !== undefined && made.length <= LARGEST_BYTES && (await stampOf(log)) === kept.stamp) keep(kept, name, made)
  return made
}

/** For who changes what an answer was made of without signing anything: openings that came late. */
export function forgetAnswers(log: Log): void {
  forget(keptOf(log), '')
}

function keep(kept: Kept, name: string, made: Answer): void {
  if (kept.answers.has(name)) return
  kept.answers.set(name, made)
  kept.bytes += made.length
  for (const [oldest, { length }] of kept.answers) {
    if (kept.bytes <= MOST_BYTES) return
    kept.answers.delete(oldest)
    kept.bytes -= length
  }
}

function forget(kept: Kept, stamp: string): void {
  kept.answers.clear()
  kept.bytes = 0
  kept.stamp = stamp
}

function keptOf(log: Log): Kept {
  const global = globalThis as Home
  global[HOME] ??= new WeakMap()
  const home = global[HOME]
  const known = home.get(log) ?? { stamp: '', bytes: 0, answers: new Map<string, Answer>() }
  home.set(log, known)
  return known
}

/** Another one whenever another connection has changed the database. */
async function stampOf(log: Log): Promise<string> {
  if (log.adapter.provider !== 'sqlite') return `second ${Math.floor(Date.now() / MILLISECONDS)}`
  const [row] = await query(log.adapter, 'PRAGMA data_version')
  return `version ${row?.[0]}`
}
