import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Openings } from '../core/custody/sealed.ts'

/** A key as this browser keeps it: a CryptoKey that nothing can read out, or where WebCrypto cannot, the seed itself. */
export type StoredKey = {
  readonly origin: string
  readonly party: string
  readonly key: string
  readonly publicKey: Uint8Array
  readonly createdAt: number
} & (
  | { readonly held: 'crypto'; readonly privateKey: CryptoKey }
  | { readonly held: 'bytes'; readonly seed: Uint8Array }
)

/** What was signed here and is not yet let go of. */
export interface Kept {
  /** Event hash. */
  readonly hash: string
  readonly origin: string
  readonly party: string
  readonly subject: string
  readonly after: string
  readonly kind: string
  /** The signed note's text, and what opens its sealed fields. */
  readonly note: string
  readonly openings: Openings
  /** Header that the log's founding takes. */
  readonly firstRunCode?: string
  /** Unix milliseconds on this device, as all times here; entries go out in this order. */
  readonly signedAt: number
  /** `kept`: not sent, or not answered. `recorded`: the log said so; not yet proven. `refused`: the log said no when it was sent later. */
  readonly state: 'kept' | 'recorded' | 'refused'
  /** Failed tries in a row in this state. */
  readonly tries: number
  /** Not before this time, unless the network came back or a page was opened. */
  readonly nextAt: number
  /** The form that signed it is sending it: while it holds the lock of this name, and at most until then. */
  readonly form: { readonly lock: string; readonly until: number }
  /** Event hash of what has to be recorded first, on another subject. */
  readonly follows?: string
  readonly recorded?: {
    readonly index: number
    readonly inEffect: boolean
    readonly reason?: string
    readonly at: number
  }
  readonly refused?: { readonly code: string; readonly at: number }
  /** The log showed a proof that does not hold. */
  readonly alarm?: { readonly code: string; readonly at: number }
}

interface Schema extends DBSchema {
  keys: { key: [string, string]; value: StoredKey }
  outbox: { key: string; value: Kept }
  /** Where this device has signed, for ever: event hash by {@link placeOf}. */
  places: { key: string; value: string }
  /** Seed of the one-time key of an open release, lower-case hex, by its public key. */
  claims: { key: string; value: string }
  /** What this device knew of its party's keys. */
  seen: { key: [string, string]; value: { readonly enrolled: readonly string[]; readonly revoked: readonly string[] } }
}
export type Store = IDBPDatabase<Schema>

let opened: Promise<Store> | undefined

/** This browser's database; undefined where it lets us keep nothing (a private window, storage blocked or full). */
export async function openStore(): Promise<Store | undefined> {
  try {
    // Inside, for some browsers throw at once where storage is denied.
    opened ??= openDB<Schema>('throughline', 1, {
      upgrade(store) {
        for (const name of ['keys', 'outbox', 'places', 'claims', 'seen'] as const) store.createObjectStore(name)
      },
      // The browser may close it under us; the next call opens it again.
      terminated() {
        opened = undefined
      },
    })
    return await opened
  } catch {
    opened = undefined
    return undefined
  }
}

/** Name of the place where an event is signed: one signature of a party on a subject at a head, on this device, for ever. */
export function placeOf(event: { origin: string; party: string; subject: string; after: string }): string {
  return `${event.origin} ${event.party} ${event.subject} ${event.after}`
}

/**
 * Keeps what was just signed, all of it or none. False where something was signed here at one of these places before: the unique place is the lock,
 * so that a double click and two tabs sign once. Rejects where storage is full.
 */
export async function keepSigned(
  store: Store,
  entries: readonly Kept[],
): Promise<{ ok: true } | { ok: false; hash: string }> {
  const tx = store.transaction(['outbox', 'places'], 'readwrite', { durability: 'strict' })
  const done = settled(tx.done)
  for (const entry of entries) {
    const taken = await tx.objectStore('places').get(placeOf(entry))
    if (taken !== undefined) {
      tx.abort()
      return { ok: false, hash: taken }
    }
    await tx.objectStore('places').put(entry.hash, placeOf(entry))
    await tx.objectStore('outbox').put(entry, entry.hash)
  }
  await done
  return { ok: true }
}

/** Changes one entry as it stands now; nothing happens where it is gone. `undefined` lets it go. */
export async function changeKept(store: Store, hash: string, change: (kept: Kept) => Kept | undefined): Promise<void> {
  const tx = store.transaction('outbox', 'readwrite', { durability: 'strict' })
  const done = settled(tx.done)
  const kept = await tx.store.get(hash)
  if (kept) {
    const next = change(kept)
    if (next === undefined) await tx.store.delete(hash)
    else await tx.store.put(next, hash)
  }
  await done
}

/** The log refused these: their places are free again; the entries go, or stay as `change` makes them. */
export async function freePlaces(store: Store, entries: readonly Kept[], change?: (kept: Kept) => Kept): Promise<void> {
  const tx = store.transaction(['outbox', 'places'], 'readwrite', { durability: 'strict' })
  const done = settled(tx.done)
  for (const entry of entries) {
    const place = placeOf(entry)
    if ((await tx.objectStore('places').get(place)) === entry.hash) await tx.objectStore('places').delete(place)
    const kept = await tx.objectStore('outbox').get(entry.hash)
    if (!kept) continue
    if (change) await tx.objectStore('outbox').put(change(kept), entry.hash)
    else await tx.objectStore('outbox').delete(entry.hash)
  }
  await done
}

/** Its rejection is told by whoever awaits it; nobody does after a request in it was rejected. */
export function settled(done: Promise<void>): Promise<void> {
  done.catch(() => {})
  return done
}
