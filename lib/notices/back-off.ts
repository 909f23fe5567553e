const MINUTE = 60_000

const FIRST_PAUSE = MINUTE
const LONGEST_PAUSE = 4 * 60 * MINUTE

/** After so long nobody tries any more to deliver a notice outside the inbox, milliseconds. */
export const GIVE_UP = { mail: 5 * 24 * 60 * MINUTE, push: 24 * 60 * MINUTE } as const

/**
 * Milliseconds until the next attempt: a minute after the first failure, twice as long after each, four hours at most, a fifth more or less so that
 * what failed together does not come back together. `attempts`: made so far, 1 at least; `random`: 0 ≤ random < 1.
 */
export function pauseAfter({ attempts, random }: { attempts: number; random: number }): number {
  const pause = Math.min(FIRST_PAUSE * 2 ** Math.min(attempts - 1, 20), LONGEST_PAUSE)
  return Math.round(pause * (0.8 + 0.4 * random))
}
