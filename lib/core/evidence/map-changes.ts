import type { Event } from '../custody/event.ts'
import { type MapEntry, mapKey } from '../ledger/map.ts'

/** What stands for a subject where leaves are listed by subject: index leaves are a chain of their own, and not in the map. */
export const INDEX_SUBJECT = 'index'

/** One leaf as the map counts it. Index leaves are not counted. */
export interface MapLeaf {
  readonly subject: string
  /** Place in the subject's chain, from 0. */
  readonly seq: number
  /** 32 bytes. */
  readonly leafHash: Uint8Array
  /** Party in whose name this leaf enrols or revokes a key; absent for every other leaf. */
  readonly keysOf?: string | undefined
}

/** Subject under which the map holds how many leaves enrol or revoke keys in a party's name, and the last of them (PROTOCOL §6). */
export function keysSubject(party: string): string {
  return `party/${party}/keys`
}

/**
 * Party whose keys `event` adds to or takes from. `partyOf` gives the party that a key was enrolled for: a revocation does not name it.
 */
export function keysChangedBy(event: Event, partyOf: (key: string) => string | undefined): string | undefined {
  if (event.kind === 'enrol') return event.body.party
  return event.kind === 'revoke' ? partyOf(event.id) : undefined
}

/**
 * What the map holds differently after `leaves`, which come in log order. `counted`: leaves that stand under each party's keys before them, by
 * party; none where it says nothing.
 */
export function mapChanges(leaves: Iterable<MapLeaf>, counted: ReadonlyMap<string, number>): MapEntry[] {
  const last = new Map<string, { count: number; leafHash: Uint8Array }>()
  for (const { subject, seq, leafHash, keysOf } of leaves) {
    last.set(subject, { count: seq + 1, leafHash })
    if (keysOf === undefined) continue
    const keys = keysSubject(keysOf)
    last.set(keys, { count: (last.get(keys)?.count ?? counted.get(keysOf) ?? 0) + 1, leafHash })
  }
  return [...last].map(([subject, { count, leafHash }]) => ({ key: mapKey(subject), count, leafHash }))
}
