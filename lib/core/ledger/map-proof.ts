import { equalBytes } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import {
  compareKeys,
  isMapCount,
  joinParts,
  MAP_DEPTH,
  type MapEntry,
  type MapPart,
  mapBit,
  mapHashOf,
  mapLeafHash,
} from './map.ts'
import { loadTiles, type MapTiles } from './map-tiles.ts'

/** Where the way to one or more asked keys ends: `depth` bits down, at nothing or at the one subject that is there. */
export interface MapEnd {
  /** 0 to 256. */
  readonly depth: number
  /** Absent at an empty place. `key` is left out iff one key was asked for in this subtree and the subject is that. */
  readonly leaf?: { readonly key?: Uint8Array; readonly count: number; readonly leafHash: Uint8Array }
}

/** What the map holds of a set of keys, and that it holds no more of them. `hashes`: the subtrees beside the ways, 32 bytes each; all left to right. */
export interface MapProof {
  readonly ends: readonly MapEnd[]
  readonly hashes: readonly Uint8Array[]
}

export type MapProofCode = 'map-proof-malformed' | 'map-root-mismatch'

/** One proof for all of `keys` (in any order, at least one), present or not. Throws as `loadTiles`: the store is damaged, or is being written. */
export async function proveMap(tiles: MapTiles, keys: readonly Uint8Array[]): Promise<MapProof> {
  const asked = inOrder(keys)
  if (asked.length === 0) throw new Error('a proof of nothing')
  const loaded = await loadTiles(tiles, asked)
  const ends: MapEnd[] = []
  const hashes: Uint8Array[] = []
  const visit = (path: string, at: number, depth: number, within: readonly Uint8Array[]): void => {
    const parts = loaded.get(path)
    const part = parts?.[at]
    if (within.length === 0) hashes.push(mapHashOf(part))
    else if (part === undefined || part.entry) ends.push(endOf(part?.entry, depth, within))
    else if (at >= 16) visit(path + (at - 16).toString(16), 1, depth, within)
    else {
      const split = splitAt(within, depth)
      visit(path, 2 * at, depth + 1, within.slice(0, split))
      visit(path, 2 * at + 1, depth + 1, within.slice(split))
    }
  }
  visit('', 1, 0, asked)
  return { ends, hashes }
}

/**
 * What the map of `root` holds under each of `keys` (at least one, in any order), in their order; undefined where it holds nothing.
 * Codes: those of {@link readMapProof}, `map-root-mismatch` (well-formed, and of another map).
 */
export function verifyMapProof(args: {
  root: Uint8Array
  keys: readonly Uint8Array[]
  proof: MapProof
}): Result<readonly (MapEntry | undefined)[], MapProofCode> {
  const read = readMapProof(args)
  if (!read.ok) return read
  const { root, entries } = read.value
  return equalBytes(root, args.root) ? pass(entries) : fail('map-root-mismatch', 'the proof is of another map')
}

/**
 * What a proof says of `keys`, as {@link verifyMapProof} gives it, and the root that it leads to, whosever that is. Code: `map-proof-malformed` (an end
 * or a hash too many or too few, at a depth or under a key where it cannot stand, or spelled otherwise than {@link proveMap} does).
 */
export function readMapProof(args: {
  keys: readonly Uint8Array[]
  proof: MapProof
}): Result<{ readonly root: Uint8Array; readonly entries: readonly (MapEntry | undefined)[] }, 'map-proof-malformed'> {
  const { ends, hashes } = args.proof
  const asked = inOrder(args.keys)
  const found: MapEntry[] = []
  let [nextEnd, nextHash] = [0, 0]

  // null: malformed. A subject that is not alone in the subtree above it, or an empty place beside one, would be a second spelling.
  const visit = (depth: number, within: readonly Uint8Array[]): MapPart | null => {
    if (within.length === 0) {
      const hash = hashes[nextHash++]
      if (hash?.length !== 32) return null
      return hash.some(byte => byte !== 0) ? { hash } : undefined
    }
    const end = ends[nextEnd]
    if (end === undefined || !(end.depth >= depth && end.depth <= MAP_DEPTH)) return null
    if (end.depth === depth) {
      nextEnd++
      const entry = entryAt(end, within)
      if (entry) found.push(entry)
      return entry === undefined ? undefined : entry && { hash: mapLeafHash(entry), entry }
    }
    const split = splitAt(within, depth)
    const left = visit(depth + 1, within.slice(0, split))
    const right = left === null ? null : visit(depth + 1, within.slice(split))
    if (left === null || right === null) return null
    const part = joinParts(left, right)
    return part === undefined || part.entry ? null : part
  }

  const top = asked.length > 0 ? visit(0, asked) : null
  if (top === null || nextEnd !== ends.length || nextHash !== hashes.length) {
    return fail('map-proof-malformed', `${ends.length} ends and ${hashes.length} hashes are no proof of these subjects`)
  }
  const entries = args.keys.map(key => found.find(entry => equalBytes(entry.key, key)))
  return pass({ root: mapHashOf(top), entries })
}

/** Rising, each once. */
function inOrder(keys: readonly Uint8Array[]): Uint8Array[] {
  const sorted = [...keys].sort(compareKeys)
  return sorted.filter((key, i) => i === 0 || !equalBytes(key, sorted[i - 1] as Uint8Array))
}

/** How many of the keys, which agree on `depth` bits, go left there. */
function splitAt(within: readonly Uint8Array[], depth: number): number {
  const right = within.findIndex(key => mapBit(key, depth) === 1)
  return right === -1 ? within.length : right
}

function endOf(entry: MapEntry | undefined, depth: number, within: readonly Uint8Array[]): MapEnd {
  if (entry === undefined) return { depth }
  const { key, count, leafHash } = entry
  return { depth, leaf: { ...(!isOwn(key, within) && { key }), count, leafHash } }
}

function isOwn(key: Uint8Array, within: readonly Uint8Array[]): boolean {
  return within.length === 1 && equalBytes(key, within[0] as Uint8Array)
}

/** The subject at an end; undefined for none, null where it cannot stand there. */
function entryAt({ depth, leaf }: MapEnd, within: readonly Uint8Array[]): MapEntry | undefined | null {
  if (leaf === undefined) return undefined
  const key = leaf.key ?? (within.length === 1 ? within[0] : undefined)
  if (key?.length !== 32 || leaf.leafHash.length !== 32 || !isMapCount(leaf.count)) return null
  if (leaf.key && isOwn(leaf.key, within)) return null
  for (let bit = 0; bit < depth; bit++) if (mapBit(key, bit) !== mapBit(within[0] as Uint8Array, bit)) return null
  return { key, count: leaf.count, leafHash: leaf.leafHash }
}
