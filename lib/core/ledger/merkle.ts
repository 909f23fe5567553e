import { equalBytes, sha256 } from '../bytes.ts'

/** Leaves [start, end) of a tree: a subtree as RFC 6962 splits it. Indices and sizes here are safe integers (below 2^53). */
export type Range = { readonly start: number; readonly end: number }

const LEAF = 0
const NODE = 1
// Where what is hashed is put together: a fresh array for each of a thousand hashes costs more than the hashing of a node.
const scratch = new Uint8Array(32 * 1024)

/** Root hash of the tree without leaves: SHA-256 of no bytes (RFC 9162 §2.1.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0))

/** SHA-256(0x00 ‖ leaf), 32 bytes (RFC 9162 §2.1.1). */
export function leafHash(leafBytes: Uint8Array): Uint8Array {
  const length = leafBytes.length + 1
  const bytes = length <= scratch.length ? scratch.subarray(0, length) : new Uint8Array(length)
  bytes[0] = LEAF
  bytes.set(leafBytes, 1)
  return sha256(bytes)
}

/** SHA-256(0x01 ‖ left ‖ right), 32 bytes (RFC 9162 §2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = scratch.subarray(0, 1 + left.length + right.length)
  bytes[0] = NODE
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

/** Root over `leafHashes` in leaf order, 32 bytes each (RFC 9162 §2.1.1). Zero leaves: {@link EMPTY_ROOT}. */
export function rootOf(leafHashes: readonly Uint8Array[]): Uint8Array {
  // Level by level, an odd last node promoted unchanged: the same tree as splitting from the top.
  let row = leafHashes
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < row.length; i += 2) {
      const [left, right] = [row[i] as Uint8Array, row[i + 1]]
      above.push(right === undefined ? left : nodeHash(left, right))
    }
    row = above
  }
  return row[0] ?? EMPTY_ROOT
}

/** Leaves in the left subtree of a tree of `size` ≥ 2: the largest power of two below `size` (RFC 9162 §2.1.1). */
export function leftSize(size: number): number {
  if (size <= 2 ** 31) return 2 ** (31 - Math.clz32(size - 1))
  let left = 2 ** 31
  while (left * 2 < size) left *= 2
  return left
}

/** True for a leaf count that the tree functions can hold. */
export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0
}

/** The subtrees whose hashes are the inclusion proof, in its order: the leaf's sibling first (RFC 9162 §2.1.3.1). Throws unless `leafIndex` < `treeSize`. */
export function inclusionRanges({ leafIndex, treeSize }: { leafIndex: number; treeSize: number }): Range[] {
  if (!isTreeSize(treeSize) || !isTreeSize(leafIndex) || leafIndex >= treeSize) {
    throw new RangeError(`no leaf ${leafIndex} in a tree of ${treeSize}`)
  }
  const ranges: Range[] = []
  let [start, end] = [0, treeSize]
  while (end - start > 1) {
    const split = start + leftSize(end - start)
    ranges.push(leafIndex < split ? { start: split, end } : { start, end: split })
    if (leafIndex < split) end = split
    else start = split
  }
  return ranges.reverse()
}

/** The subtrees whose hashes are the consistency proof, in its order (RFC 9162 §2.1.4.1). None if the old tree is empty or the same. Throws unless `oldSize` ≤ `newSize`. */
export function consistencyRanges({ oldSize, newSize }: { oldSize: number; newSize: number }): Range[] {
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) {
    throw new RangeError(`no consistency proof from ${oldSize} to ${newSize}`)
  }
  if (oldSize === 0 || oldSize === newSize) return []
  const ranges: Range[] = []
  let [start, end] = [0, newSize]
  while (end !== oldSize) {
    const split = start + leftSize(end - start)
    ranges.push(oldSize <= split ? { start: split, end } : { start, end: split })
    if (oldSize <= split) end = split
    else start = split
  }
  // A first subtree that is the whole old tree is known to the reader by its root.
  if (start > 0) ranges.push({ start, end })
  return ranges.reverse()
}

/** Inclusion proof of one leaf in the tree over `leafHashes`. Throws if there is no such leaf. */
export function proveInclusion(args: { leafHashes: readonly Uint8Array[]; leafIndex: number }): Uint8Array[] {
  const { leafHashes, leafIndex } = args
  const ranges = inclusionRanges({ leafIndex, treeSize: leafHashes.length })
  return ranges.map(({ start, end }) => rootOf(leafHashes.slice(start, end)))
}

/** Consistency proof from the tree over the first `oldSize` leaves to the tree over all `leafHashes`. Throws if there are fewer. */
export function proveConsistency(args: { leafHashes: readonly Uint8Array[]; oldSize: number }): Uint8Array[] {
  const { leafHashes, oldSize } = args
  const ranges = consistencyRanges({ oldSize, newSize: leafHashes.length })
  return ranges.map(({ start, end }) => rootOf(leafHashes.slice(start, end)))
}

/** True iff `proof` leads from `leafHash` at `leafIndex` to `rootHash` of a tree of `treeSize` (RFC 9162 §2.1.3.2), all of it used. Hashes are 32 bytes; anything else is false. `treeSize` and `rootHash` belong together: a signed checkpoint says so, the proof does not. */
export function verifyInclusion(args: {
  leafHash: Uint8Array
  leafIndex: number
  treeSize: number
  rootHash: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { leafIndex, treeSize, rootHash, proof } = args
  if (!isTreeSize(treeSize) || !isTreeSize(leafIndex) || leafIndex >= treeSize) return false
  if (args.leafHash.length !== 32 || !proof.every(hash => hash.length === 32)) return false
  let [fn, sn, hash] = [leafIndex, treeSize - 1, args.leafHash]
  for (const sibling of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      for (; fn % 2 === 0 && fn !== 0; fn /= 2) sn = Math.floor(sn / 2)
    } else {
      hash = nodeHash(hash, sibling)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(hash, rootHash)
}

/**
 * True iff `proof` shows that the tree of `oldSize` and `oldRoot` is a prefix of the tree of `newSize` and `newRoot` (RFC 9162 §2.1.4.2), all of
 * it used. Equal sizes want equal roots and no hash; an empty old tree wants the empty root and no hash. Anything malformed is false.
 */
export function verifyConsistency(args: {
  oldSize: number
  oldRoot: Uint8Array
  newSize: number
  newRoot: Uint8Array
  proof: readonly Uint8Array[]
}): boolean {
  const { oldSize, oldRoot, newSize, newRoot, proof } = args
  if (!isTreeSize(oldSize) || !isTreeSize(newSize) || oldSize > newSize) return false
  if (![oldRoot, newRoot, ...proof].every(hash => hash.length === 32)) return false
  if (oldSize === 0 && !equalBytes(oldRoot, EMPTY_ROOT)) return false
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot)
  if (oldSize === 0) return proof.length === 0
  let [fn, sn] = [oldSize - 1, newSize - 1]
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  // fn is 0 here iff the old tree is a perfect one: its root is the first hash and not sent.
  const [first, ...rest] = fn === 0 ? [oldRoot, ...proof] : proof
  if (first === undefined) return false
  let [oldHash, newHash] = [first, first]
  for (const sibling of rest) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      oldHash = nodeHash(sibling, oldHash)
      newHash = nodeHash(sibling, newHash)
      for (; fn % 2 === 0 && fn !== 0; fn /= 2) sn = Math.floor(sn / 2)
    } else {
      newHash = nodeHash(newHash, sibling)
    }
    fn = Math.floor(fn / 2)
    sn = Math.floor(sn / 2)
  }
  return sn === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot)
}
