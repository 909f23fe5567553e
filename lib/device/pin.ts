import type { Trusted } from '../core/evidence/log-checks.ts'
import type { Report } from '../core/evidence/report.ts'

/** A checkpoint that was verified here, and when: unix milliseconds on this device, absent where an older program kept it. */
export interface Seen {
  readonly checkpointNote: string
  readonly at?: number
}

/** What this browser holds a site to: which log it showed, with which key, and the newest checkpoint that was verified here (PROTOCOL §5). */
export interface Pin extends Seen {
  readonly origin: string
  readonly vkey: string
  /** Text of a tlog-policy file that the visitor holds the site to: witnesses who must have signed what it shows. */
  readonly policy?: string
  /** Those before it, newest first, a few: where a site is set back, they say to when. */
  readonly earlier?: readonly Seen[]
}

const MOST_EARLIER = 12

type Store = Pick<Storage, 'getItem' | 'setItem'>

const nameOf = (host: string) => `throughline/pin/v1/${host}`

/** The pin of `host`; undefined where there is none, or where what is kept is not one. */
export function readPin(store: Store, host: string): Pin | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(nameOf(host)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return undefined
    const { origin, vkey, checkpointNote } = kept as Record<string, unknown>
    if (typeof origin !== 'string' || typeof vkey !== 'string' || typeof checkpointNote !== 'string') return undefined
    return kept as Pin
  } catch {
    return undefined
  }
}

/** Storage of this browser, which it may deny: then every visit is a first visit. */
export function keptHere(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** The pin of the site that this page is of. */
export function pinHere(): Pin | undefined {
  const store = keptHere()
  return store && readPin(store, location.host)
}

/** Tree size that a checkpoint kept here names, for `?seen=`; undefined where it names none. What it states is read where it is verified. */
export function pinnedSize(seen: Seen | undefined): number | undefined {
  const size = /^.+\n(0|[1-9][0-9]{0,15})\n/.exec(seen?.checkpointNote ?? '')?.[1]
  return size === undefined ? undefined : Number(size)
}

/** What is trusted on a page of this site: its pin and, where the visitor came by a label, the label's fingerprint. Both must hold. */
export function trustedBy({ pin, fingerprint }: { pin: Pin | undefined; fingerprint: string | undefined }): Trusted {
  return {
    ...(pin && { vkey: pin.vkey, origin: pin.origin, policy: pin.policy }),
    ...(fingerprint !== undefined && { fingerprint }),
  }
}

/**
 * The pin after `report` at the time `at`: unchanged where anything failed or another log is shown, never back to a smaller tree. Without a pin the
 * first log that is consistent in itself is pinned, and the page says so.
 */
export function pinAfter(pin: Pin | undefined, report: Report, at: number): Pin | undefined {
  const { verdict, origin, vkey, checkpointNote, checkpointSize = 0 } = report
  const outcome = (name: string) => report.checks.find(check => check.name === name)
  if (verdict === 'failed' || origin === undefined || vkey === undefined || checkpointNote === undefined) return pin
  if (outcome('checkpoint-signed')?.outcome !== 'pass') return pin
  if (pin === undefined) return { origin, vkey, checkpointNote, at }
  const isSameLog = outcome('log-key')?.outcome === 'pass' && outcome('checkpoint-consistent')?.outcome === 'pass'
  return isSameLog && checkpointSize > (pinnedSize(pin) ?? 0) ? pinnedOn(pin, { checkpointNote, at }) : pin
}

/** The pin that has moved on to a larger tree, which the caller has shown to lead on from it. */
export function pinnedOn(pin: Pin, next: Required<Seen>): Pin {
  const { origin, vkey, policy, earlier = [], ...last } = pin
  return {
    origin,
    vkey,
    ...(policy !== undefined && { policy }),
    ...next,
    earlier: [last, ...earlier].slice(0, MOST_EARLIER),
  }
}

/** Keeps a pin; a browser that lets us keep nothing verifies all the same. */
export function writePin(store: Store, host: string, pin: Pin): void {
  try {
    store.setItem(nameOf(host), JSON.stringify(pin))
  } catch {
    // Private windows may refuse: the next visit is then a first visit.
  }
}

/** Forgets the site: the next log that it shows is the first. */
export function forgetPin(store: Pick<Storage, 'removeItem'>, host: string): void {
  store.removeItem(nameOf(host))
}
