/** What this browser saw of a consignment at one visit: unix milliseconds, and the highest place in the log among its records. */
export interface Visit {
  readonly at: number
  readonly newest: number
}

/** The visit that is going on, and the one before it. */
export interface Visits {
  readonly now: Visit
  readonly before?: Visit
}

/** Looking again within this time is the same visit: what was new stays new while a page is reloaded. */
const ONE_VISIT = 30 * 60_000
const MOST_KEPT = 200

type Store = Pick<Storage, 'getItem' | 'setItem'>
type Kept = Record<string, Visits>

const nameOf = (host: string) => `throughline/visits/v1/${host}`

/** The visits after this look, and the one that `seen` is to be compared with: undefined at a first visit, and while a first visit shows nothing new. */
export function visitsAfter(kept: Visits | undefined, seen: Visit): { visits: Visits; since: Visit | undefined } {
  if (!kept) return { visits: { now: seen }, since: undefined }
  const isSame = seen.at - kept.now.at < ONE_VISIT
  if (!isSame) return { visits: { now: seen, before: kept.now }, since: kept.now }
  if (kept.before) return { visits: { ...kept, now: { ...kept.now, newest: seen.newest } }, since: kept.before }
  // Still the first visit: what came in meanwhile is new, and stays so until it is over.
  return { visits: kept, since: seen.newest > kept.now.newest ? kept.now : undefined }
}

/** What is kept for `host` by reference; nothing where it cannot be read. */
export function readVisits(store: Store, host: string): Kept {
  try {
    const kept: unknown = JSON.parse(store.getItem(nameOf(host)) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    return Object.fromEntries(Object.entries(kept).filter(([, visits]) => isVisits(visits))) as Kept
  } catch {
    return {}
  }
}

/** Keeps them, the {@link MOST_KEPT} last looked at; a browser that keeps nothing has a first visit every time. */
export function writeVisits(store: Store, host: string, kept: Kept): void {
  const newest = Object.entries(kept).sort(([, a], [, b]) => b.now.at - a.now.at)
  try {
    store.setItem(nameOf(host), JSON.stringify(Object.fromEntries(newest.slice(0, MOST_KEPT))))
  } catch {
    // Private windows may refuse.
  }
}

function isVisits(value: unknown): value is Visits {
  const { now, before } = (value ?? {}) as Record<string, unknown>
  return isVisit(now) && (before === undefined || isVisit(before))
}

function isVisit(value: unknown): value is Visit {
  const { at, newest } = (value ?? {}) as Record<string, unknown>
  return Number.isSafeInteger(at) && Number.isSafeInteger(newest)
}
