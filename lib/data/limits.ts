import 'server-only'
import { createHmac } from 'node:crypto'
import { RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible'
import { accountSecret } from './accounts.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { keepBeyond, LIMITS, type Limit, refusedFor, type Standing, standing } from './standing.ts'

/** What one process holds of the limits of one log. `pending`: what the database has not heard of, by limit, window and key. */
type Counting = {
  readonly limiters: Map<Limit, RateLimiterPrisma>
  readonly pending: Map<string, number>
  readonly secret: string
  sweptAt: number
}

// Next evaluates this module more than once in one process; two copies would count apart.
const HOME = Symbol.for('throughline.limits')
type Home = { [HOME]?: WeakMap<Log, Promise<Counting>> }

const MOST_PENDING = 20_000
const SWEEP_MILLISECONDS = 5 * 60_000

/**
 * Counts one and says whether it is still within the limit. Kept in the database, so that processes share it and a restart forgets nothing; `key`
 * is kept there as an HMAC, so that the table holds nobody's address. What is beyond a limit is answered from memory and costs no write. Where the
 * database fails, each process goes on counting by itself: a limit is neither lifted nor does it shut everyone out.
 */
export async function limited(limit: Limit, key: string, on?: Log): Promise<Standing> {
  const log = on ?? (await database())
  const { databaseUrl } = log.settings
  const known = standing(limit, key, databaseUrl)
  if (!known.ok) return known
  const counting = await countingOf(log)
  const hashed = hashOf(counting, key)
  const points = countPending(counting, limit, hashed)
  if (points === 0) return known
  await sweep(counting, log)
  try {
    const { remainingPoints, msBeforeNext } = await limiterOf(counting, limit, log).consume(hashed, points)
    if (remainingPoints === 0) keepBeyond(limit, key, databaseUrl, msBeforeNext)
    return known
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    keepBeyond(limit, key, databaseUrl, error.msBeforeNext)
    return refusedFor(error.msBeforeNext)
  }
}

/** Takes the last one counted for `key` off again: it was none of those that the limit is against. */
export async function uncount(limit: Limit, key: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  const counting = await countingOf(log)
  const { remainingPoints } = await limiterOf(counting, limit, log).reward(hashOf(counting, key), 1)
  if (remainingPoints > 0) keepBeyond(limit, key, log.settings.databaseUrl, 0)
}

/** Forgets all that was counted for `key`: what it tried has succeeded. */
export async function forgive(limit: Limit, key: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  const counting = await countingOf(log)
  await limiterOf(counting, limit, log).delete(hashOf(counting, key))
  keepBeyond(limit, key, log.settings.databaseUrl, 0)
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

function limiterOf(counting: Counting, limit: Limit, log: Log): RateLimiterPrisma {
  const known = counting.limiters.get(limit)
  if (known) return known
  const { most, seconds } = LIMITS[limit]
  const common = { keyPrefix: limit, points: most, duration: seconds }
  const made = new RateLimiterPrisma({
    ...common,
    storeClient: log.prisma,
    tableName: 'rateLimit',
    insuranceLimiter: new RateLimiterMemory(common),
    // Its timer would outlive a log that is closed; `sweep` does it.
    clearExpiredByTimeout: false,
  })
  counting.limiters.set(limit, made)
  return made
}

function hashOf({ secret }: Counting, key: string): string {
  return createHmac('sha256', `limits ${secret}`).update(key).digest('base64url').slice(0, 22)
}

/** Adds one to what this process has counted; answers how many are due to be written, mostly 0 where `step` is more than 1. */
function countPending({ pending }: Counting, limit: Limit, hashed: string): number {
  const { seconds, step } = LIMITS[limit]
  if (step === 1) return 1
  const name = `${limit} ${Math.floor(Date.now() / 1000 / seconds)} ${hashed}`
  const count = (pending.get(name) ?? 0) + 1
  // At most one step a key is forgotten.
  if (pending.size >= MOST_PENDING) pending.clear()
  if (count < step) pending.set(name, count)
  else pending.delete(name)
  return count < step ? 0 : step
}

async function sweep(counting: Counting, log: Log): Promise<void> {
  if (Date.now() - counting.sweptAt < SWEEP_MILLISECONDS) return
  counting.sweptAt = Date.now()
  // One that fails is made good by the next.
  await log.prisma.rateLimit.deleteMany({ where: { expire: { lt: new Date() } } }).catch(() => {})
}
