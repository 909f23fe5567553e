import 'server-only'
import { createHmac } from 'node:crypto'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { accountSecret } from './accounts.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'

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
  /** Links and codes that are wrong (reset, invitation, first run), by address. */
  link: { most: 30, seconds: QUARTER_HOUR, step: 1 },
  /** References that lead nowhere, by address. */
  reference: { most: 120, seconds: 10 * MINUTE, step: 10 },
  /** Events that were refused, by address. */
  events: { most: 600, seconds: MINUTE, step: 20 },
  /** Events that were refused although their signature is good, by key. */
  'events-key': { most: 300, seconds: MINUTE, step: 20 },
  /** Requests for evidence, proofs and other answers to programs, by address. */
  api: { most: 1200, seconds: MINUTE, step: 100 },
  /** Files made to order (CSV, PDF), by account. */
  export: { most: 60, seconds: 10 * MINUTE, step: 1 },
} as const satisfies Record<string, { most: number; seconds: number; step: number }>

export type Limit = keyof typeof LIMITS

export type Standing = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number }

/** What one process holds of the limits of one log. `pending`: what the database has not heard of, by window and key. */
type Counting = {
  readonly limiters: Map<Limit, Limiter>
  readonly pending: Map<string, number>
  readonly secret: string
  sweptAt: number
}

/** Its types leave out what looks into its own memory. */
type Limiter = RateLimiterPrisma & { getInMemoryBlockMsBeforeExpire(key: string): number }

// Next evaluates this module more than once in one process; what is blocked must be known to all copies.
const HOME = Symbol.for('throughline.limits')
type Home = { [HOME]?: WeakMap<Log, Promise<Counting>> }

const MOST_PENDING = 20_000
const SWEEP_MILLISECONDS = 5 * MINUTE * 1000

/**
 * Counts one and says whether it is still within the limit; after that many the answer is `retryAfterSeconds`, a whole number from 1. Kept in
 * the database, so that processes share it and a restart forgets nothing; `key` is kept as an HMAC, so that it holds no addresses. Where
 * the database fails, this process goes on counting by itself: a limit is neither lifted nor does it shut everyone out.
 */
export async function limited(limit: Limit, key: string, on?: Log): Promise<Standing> {
  const log = on ?? (await database())
  const counting = await countingOf(log)
  const limiter = limiterOf(counting, limit, log)
  const hashed = hashOf(counting, key)
  const blocked = blockedOf(limiter, hashed)
  if (blocked) return blocked
  const points = countPending(counting, limit, hashed)
  if (points === 0) return { ok: true }
  await sweep(counting, log)
  try {
    await limiter.consume(hashed, points)
    return { ok: true }
  } catch (error) {
    if (error instanceof RateLimiterRes) return refusedFor(error.msBeforeNext)
    throw error
  }
}

/** Whether this process knows that `key` is beyond the limit: counts nothing and asks no database, so that it may stand before every request. */
export async function standing(limit: Limit, key: string, on?: Log): Promise<Standing> {
  const log = on ?? (await database())
  const counting = await countingOf(log)
  return blockedOf(limiterOf(counting, limit, log), hashOf(counting, key)) ?? { ok: true }
}

/** Forgets what was counted for `key`: what it tried has succeeded. */
export async function forgive(limit: Limit, key: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  const counting = await countingOf(log)
  await limiterOf(counting, limit, log).delete(hashOf(counting, key))
}

function countingOf(log: Log): Promise<Counting> {
  const global = globalThis as Home
  global[HOME] ??= new WeakMap()
  const home = global[HOME]
  const known = home.get(log)
  if (known) return known
  const made = accountSecret(log).then(secret => ({ limiters: new Map(), pending: new Map(), secret, sweptAt: 0 }))
  made.catch(() => home.delete(log))
  home.set(log, made)
  return made
}

function limiterOf(counting: Counting, limit: Limit, log: Log): Limiter {
  const known = counting.limiters.get(limit)
  if (known) return known
  const { most, seconds } = LIMITS[limit]
  const common = { keyPrefix: limit, points: most, duration: seconds }
  const insuranceLimiter: RateLimiterAbstract = new RateLimiterMemory(common)
  const made = new RateLimiterPrisma({
    ...common,
    storeClient: log.prisma,
    tableName: 'rateLimit',
    // What is beyond the limit costs no write: it is answered from memory until its window ends.
    inMemoryBlockOnConsumed: most,
    insuranceLimiter,
    // Its timer would outlive a log that is closed; `sweep` does it.
    clearExpiredByTimeout: false,
  }) as Limiter
  counting.limiters.set(limit, made)
  return made
}

function hashOf({ secret }: Counting, key: string): string {
  return createHmac('sha256', `limits ${secret}`).update(key).digest('base64url').slice(0, 22)
}

function blockedOf(limiter: Limiter, hashed: string): Standing | undefined {
  const milliseconds = limiter.getInMemoryBlockMsBeforeExpire(limiter.getKey(hashed))
  return milliseconds > 0 ? refusedFor(milliseconds) : undefined
}

function refusedFor(milliseconds: number): Standing {
  return { ok: false, retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1000)) }
}

/** Adds one to what this process has counted; answers how many are due to be written, mostly 0 where `step` is more than 1. */
function countPending({ pending }: Counting, limit: Limit, hashed: string): number {
  const { seconds, step } = LIMITS[limit]
  if (step === 1) return 1
  const name = `${limit} ${Math.floor(Date.now() / 1000 / seconds)} ${hashed}`
  const count = (pending.get(name) ?? 0) + 1
  // Former windows go with what is current: at most one step a key is forgotten.
  if (pending.size >= MOST_PENDING) pending.clear()
  if (count < step) pending.set(name, count)
  else pending.delete(name)
  return count < step ? 0 : step
}

async function sweep(counting: Counting, log: Log): Promise<void> {
  if (Date.now() - counting.sweptAt < SWEEP_MILLISECONDS) return
  counting.sweptAt = Date.now()
  // A sweep that fails is done by the next.
  await log.prisma.rateLimit.deleteMany({ where: { expire: { lt: new Date() } } }).catch(() => {})
}
