import type { Answer } from './hand-in.ts'

/** What did not fit, kept until somebody puts it away: both signed notes, when each was shown to this browser, and what the site said to the first. */
export interface Finding {
  readonly outcome: 'behind' | 'forked' | 'unproven'
  readonly vkey: string
  readonly first: Shown
  readonly second: Shown
  /** Absent where it was not asked. */
  readonly answer?: Answer
  /** When this browser had last seen the site's list as it is shown now; set where the site was set back to what is known here. */
  readonly knownAt?: number
}

/** Unix milliseconds on this device; absent where it was not noted. */
export interface Shown {
  readonly note: string
  readonly size: number
  /** As printed on a waybill: 16 characters. */
  readonly fingerprint: string
  readonly at?: number
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const MOST_KEPT = 4
const nameOf = (host: string) => `throughline/findings/v1/${host}`

/** What was found at `host`, newest first; nothing where it cannot be read. */
export function readFindings(store: Pick<Store, 'getItem'>, host: string): readonly Finding[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(nameOf(host)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isFinding) : []
  } catch {
    return []
  }
}

/** Keeps a finding: the same two notes once, as they were first found; four in all, the first ones. Answers what is kept. */
export function keepFinding(store: Store, host: string, finding: Finding): readonly Finding[] {
  const known = readFindings(store, host)
  const isKnown = known.some(
    ({ first, second }) =>
      bodyOf(first.note) === bodyOf(finding.first.note) && bodyOf(second.note) === bodyOf(finding.second.note),
  )
  // What was found first is what the site did; later ones follow from it.
  const all = isKnown || known.length >= MOST_KEPT ? known : [finding, ...known]
  try {
    store.setItem(nameOf(host), JSON.stringify(all))
  } catch {
    // Private windows may refuse: it is then shown as long as this page is.
    return [finding]
  }
  return all
}

/** The three lines of a checkpoint that are signed: of one list there are notes with more and with fewer witnesses. */
export const bodyOf = (note: string) => note.split('\n').slice(0, 3).join('\n')

/** Somebody has read them and keeps the notes elsewhere. */
export function putAway(store: Store, host: string): void {
  store.removeItem(nameOf(host))
}

function isFinding(value: unknown): value is Finding {
  const { outcome, vkey, first, second } = (value ?? {}) as Record<string, unknown>
  return (
    ['behind', 'forked', 'unproven'].includes(String(outcome)) &&
    typeof vkey === 'string' &&
    isShown(first) &&
    isShown(second)
  )
}

function isShown(value: unknown): value is Shown {
  const { note, size, fingerprint } = (value ?? {}) as Record<string, unknown>
  return typeof note === 'string' && Number.isSafeInteger(size) && typeof fingerprint === 'string'
}
