import type { Trusted } from '../core/evidence/log-checks.ts'
import { readHead } from '../core/evidence/log-checks.ts'
import type { Report } from '../core/evidence/report.ts'

/** What this browser holds a site to: which log it showed, with which key, and the newest checkpoint that was verified here (PROTOCOL §5). */
export interface Pin {
  readonly origin: string
  readonly vkey: string
  readonly checkpointNote: string
}

type Store = Pick<Storage, 'getItem' | 'setItem'>

const nameOf = (host: string) => `throughline/pin/v1/${host}`

/** The pin of `host`; undefined where there is none, or where what is kept is not one. */
export function readPin(store: Store, host: string): Pin | undefined {
  try {
    const kept: unknown = JSON.parse(store.getItem(nameOf(host)) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return undefined
    const { origin, vkey, checkpointNote } = kept as Record<string, unknown>
    if (typeof origin !== 'string' || typeof vkey !== 'string' || typeof checkpointNote !== 'string') return undefined
    return { origin, vkey, checkpointNote }
  } catch {
    return undefined
  }
}

/** Tree size of the checkpoint that a pin holds, for `?seen=`; undefined where it cannot be read. */
export function pinnedSize(pin: Pin | undefined): number | undefined {
  return pin && readHead(pin.checkpointNote)?.size
}

/** What is trusted on a page of this site: its pin and, where the visitor came by a label, the label's fingerprint. Both must hold. */
export function trustedBy({ pin, fingerprint }: { pin: Pin | undefined; fingerprint: string | undefined }): Trusted {
  return {
    ...(pin && { vkey: pin.vkey, origin: pin.origin }),
    ...(fingerprint !== undefined && { fingerprint }),
  }
}

/**
 * The pin after `report`: unchanged where anything failed or another log is shown, never back to a smaller tree. Without a pin the first log
 * that is consistent in itself is pinned, and the page says so.
 */
export function pinAfter(pin: Pin | undefined, report: Report): Pin | undefined {
  const { verdict, origin, vkey, checkpointNote, checkpointSize = 0 } = report
  const outcome = (name: string) => report.checks.find(check => check.name === name)
  if (verdict === 'failed' || origin === undefined || vkey === undefined || checkpointNote === undefined) return pin
  if (outcome('checkpoint-signed')?.outcome !== 'pass') return pin
  if (pin === undefined) return { origin, vkey, checkpointNote }
  const isSameLog = outcome('log-key')?.outcome === 'pass' && outcome('checkpoint-consistent')?.outcome === 'pass'
  return isSameLog && checkpointSize > (pinnedSize(pin) ?? 0) ? { ...pin, checkpointNote } : pin
}

/** Keeps a pin; a browser that lets us keep nothing verifies all the same. */
export function writePin(store: Store, host: string, pin: Pin): void {
  try {
    store.setItem(nameOf(host), JSON.stringify(pin))
  } catch {
    // Private windows may refuse: the next visit is then a first visit.
  }
}
