import { deserialize, serialize } from 'node:v8'
import type { Edge } from '../core/ledger/edge.ts'
import type { SavedPlaces } from './hash-places.ts'
import type { SavedMap } from './map-replay.ts'
import type { SavedStates } from './states.ts'

/** With every change of what a replay keeps, another. */
const VERSION = 1

/** All that a replay knows, but for the leaves themselves. */
export interface Saved {
  readonly size: number
  readonly edge: Edge
  readonly counts: { events: number; indexLeaves: number; findings: number }
  readonly promisesIndex: boolean | undefined
  readonly endsInIndex: boolean
  readonly publicKeys: Map<string, Uint8Array>
  readonly acts: SavedPlaces
  readonly map: SavedMap
  readonly states: SavedStates
}

/** For a file of this program's own: bytes that {@link unpackSaved} takes. */
export function packSaved(saved: Saved): Uint8Array {
  return new Uint8Array(serialize({ version: VERSION, ...saved }))
}

/** Undefined where another version of this program saved it. Throws on bytes that it did not save. */
export function unpackSaved(bytes: Uint8Array): Saved | undefined {
  const { version, ...saved } = deserialize(bytes) as Saved & { version: number }
  return version === VERSION ? saved : undefined
}
