import { sha256, utf8Encode } from '../bytes.ts'

/** What the map holds of one subject: 32-byte key, how many leaves it has (1 to 2^53 − 1), and the 32-byte leaf hash of the last of them. */
export interface MapEntry {
  readonly key: Uint8Array
  readonly count: number
  readonly leafHash: Uint8Array
}

/**
 * One subtree of the map: undefined where it is empty, with `entry` where it holds one subject (whatever its depth), else an inner node.
 * `hash` is 32 bytes.
 */
export type MapPart = { readonly hash: Uint8Array; readonly entry?: MapEntry } | undefined

/** Bits of a key, hence the greatest depth: at depth 256 a subtree has room for one key. */
export const MAP_DEPTH = 256

/** Root of the map without subjects, and hash of every empty subtree: 32 zero bytes (SPEC.md, "Map"). */
export const EMPTY_MAP_ROOT: Uint8Array = new Uint8Array(32)

/** Place of a subject in the map: SHA-256 of its UTF-8, 32 bytes, walked from the most significant bit. */
export function mapKey(subject: string): Uint8Array {
  return sha256(utf8Encode(subject))
}

// What is hashed, each made once: a publish hashes tens of thousands, and allocating for every one cost more than hashing it.
const LEAF = new Uint8Array(73)
LEAF[0] = 2
const NODE = new Uint8Array(65)
NODE[0] = 3

/** SHA-256(0x02 ‖ key ‖ uint64 count ‖ leafHash), 32 bytes. Throws unless the count is 1 to 2^53 − 1: ours to guarantee. */
export function mapLeafHash({ key, count, leafHash }: MapEntry): Uint8Array {
  if (!isMapCount(count)) throw new RangeError(`no subject has ${count} leaves`)
  LEAF.set(key, 1)
  setCount(LEAF, 33, count)
  LEAF.set(leafHash, 41)
  return sha256(LEAF)
}

/** SHA-256(0x03 ‖ left ‖ right), 32 bytes. */
export function mapNodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  NODE.set(left, 1)
  NODE.set(right, 33)
  return sha256(NODE)
}

/** The subtree over two of half its width: a subject that is alone stands for both (SPEC.md, "Map"). */
export function joinParts(left: MapPart, right: MapPart): MapPart {
  if (left === undefined && (right === undefined || right.entry)) return right
  if (right === undefined && left?.entry) return left
  return { hash: mapNodeHash(mapHashOf(left), mapHashOf(right)) }
}

/** Hash of a subtree, 32 bytes; {@link EMPTY_MAP_ROOT} for an empty one. */
export function mapHashOf(part: MapPart): Uint8Array {
  return part?.hash ?? EMPTY_MAP_ROOT
}

/** True for a count that an entry may have. */
export function isMapCount(count: number): boolean {
  return Number.isSafeInteger(count) && count > 0
}

/** Writes a count as a big-endian uint64 at `at`. */
export function setCount(bytes: Uint8Array, at: number, count: number): void {
  let rest = count
  for (let i = at + 7; i >= at; i--) {
    bytes[i] = rest % 256
    rest = Math.floor(rest / 256)
  }
}

/** Reads what {@link setCount} wrote; above 2^53 − 1 it is no count that an entry may have. */
export function getCount(bytes: Uint8Array, at: number): number {
  let count = 0
  for (let i = at; i < at + 8; i++) count = count * 256 + (bytes[i] as number)
  return count
}

/** Bit `depth` of a key, 0 to 255, the most significant first. */
export function mapBit(key: Uint8Array, depth: number): number {
  return ((key[depth >> 3] as number) >> (7 - (depth & 7))) & 1
}

/** Order of keys in the map: bytes from the first. Negative, 0 or positive, as `sort` takes it. */
export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return 0
}
