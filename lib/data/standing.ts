import { env } from '../env.ts'

const MINUTE = 60
const QUARTER_HOUR = 15 * MINUTE
const HOUR = 60 * MINUTE

/**
 * How many in how many seconds, counted by what stands behind it. `step`: so many are counted in memory before the database hears of them, because
 * every write there waits for the disk; each process may then let `step - 1` more through, and a restart forgets as many.
 */
export const LIMITS = {
  /** Tries at passwords and passkeys, by address. */
  'sign-in': { most: 100, seconds: QUARTER_HOUR, step: 1 },
  /** Tries at one account's password, by address and account: another address is not stopped, so nobody can shut a person out. */
  'sign-in-account': { most: 10, seconds: QUARTER_HOUR, step: 1 },
  /** Tries at one account's password from anywhere, by account: guessing from many addresses at once is slow too. */
  'sign-in-anywhere': { most: 100, seconds: HOUR, step: 1 },
  /** Links to set a new password that somebody asks for, by address and by account. */
  reset: { most: 10, seconds: HOUR, step: 1 },
  /** Letters that an admin has sent by hand, by account. */
  letters: { most: 100, seconds: HOUR, step: 1 },
  /** Links and codes that are wrong (reset, invitation, first run), by address. */
  link: { most: 30, seconds: QUARTER_HOUR, step: 1 },
  /** Challenges for passkeys, each a row of the database for five minutes, by address. */
  challenge: { most: 200, seconds: QUARTER_HOUR, step: 5 },
  /** References that lead nowhere, by address. */
  reference: { most: 120, seconds: 10 * MINUTE, step: 10 },
  /** Events that were refused, by address. */
  events: { most: 600, seconds: MINUTE, step: 20 },
  /** Events that were refused although their signature is good, by key: from however many addresses. */
  'events-key': { most: 600, seconds: MINUTE, step: 20 },
  /** Requests for evidence, proofs and other answers to programs, by address. */
  api: { most: 1200, seconds: MINUTE, step: 100 },
  /** Checkpoints that visitors and devices hand in, each a signature to check, by address. */
  checkpoints: { most: 120, seconds: 10 * MINUTE, step: 10 },
  /** Files made to order (CSV, PDF), by account. */
  export: { most: 120, seconds: 10 * MINUTE, step: 1 },
  /** Pictures of consignments that other sites show, by address: each is drawn anew. */
  picture: { most: 120, seconds: MINUTE, step: 10 },
} as const satisfies Record<string, { most: number; seconds: number; step: number }>

export type Limit = keyof typeof LIMITS

export type Standing = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number }

// Next evaluates this module more than once in one process; what is beyond a limit must be known to all copies, proxy.ts among them.
const HOME = Symbol.for('throughline.limits-beyond')
type Home = { [HOME]?: Map<string, number> }

const MOST_BEYOND = 50_000

function beyond(): Map<string, number> {
  const global = globalThis as Home
  global[HOME] ??= new Map()
  return global[HOME]
}

const nameOf = (limit: Limit, key: string, databaseUrl: string) => `${databaseUrl} ${limit} ${key}`

/** Whether this process knows that `key` is beyond the limit: counts nothing and asks no database, so that it may stand before every request. */
export function standing(limit: Limit, key: string, databaseUrl = env().databaseUrl): Standing {
  const until = beyond().get(nameOf(limit, key, databaseUrl)) ?? 0
  return until > Date.now() ? refusedFor(until - Date.now()) : { ok: true }
}

/** From now on {@link standing} says no for so long; with 0 it says yes again. For limits.ts alone. */
export function keepBeyond(limit: Limit, key: string, databaseUrl: string, milliseconds: number): void {
  const kept = beyond()
  const now = Date.now()
  if (kept.size >= MOST_BEYOND) for (const [name, until] of kept) if (until <= now) kept.delete(name)
  if (milliseconds > 0 && kept.size < MOST_BEYOND) kept.set(nameOf(limit, key, databaseUrl), now + milliseconds)
  else kept.delete(nameOf(limit, key, databaseUrl))
}

export function refusedFor(milliseconds: number): Standing & { readonly ok: false } {
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) }
}
