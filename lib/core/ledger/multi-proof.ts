import { equalBytes } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { isTreeSize, leftSize, nodeHash, type Range, rootOf } from './merkle.ts'

/**
 * The subtrees whose hashes prove all of `leafIndices` at once: the maximal ones (as RFC 9162 §2.1.1 splits) that hold none of them, left to
 * right. Number and order follow from (treeSize, leafIndices) alone. Throws unless the indices rise strictly, are below `treeSize`, and are not none.
 */
export function multiProofRanges(args: { leafIndices: readonly number[]; treeSize: number }): Range[] {
  const { leafIndices, treeSize } = args
  if (!areProvable(args)) throw new RangeError('leaf indices must rise strictly below the tree size, at least one')
  const ranges: Range[] = []
  let next = 0
  const visit = (start: number, end: number): void => {
    const index = leafIndices[next]
    if (index === undefined || index >= end) ranges.push({ start, end })
    else if (end - start === 1) next++
    else {
      const split = start + leftSize(end - start)
      visit(start, split)
      visit(split, end)
    }
  }
  visit(0, treeSize)
  return ranges
}

/** Multi-proof of `leafIndices` in the tree over `leafHashes`; shape and throws as {@link multiProofRanges}. */
export function proveMulti(args: { leafHashes: readonly Uint8Array[]; leafIndices: readonly number[] }): Uint8Array[] {
  const ranges = multiProofRanges({ leafIndices: args.leafIndices, treeSize: args.leafHashes.length })
  return ranges.map(({ start, end }) => rootOf(args.leafHashes.slice(start, end)))
}

/**
 * Checks that every leaf stands at its index in the tree of `treeSize` and `rootHash`; `proof` as {@link multiProofRanges} orders it.
 * Codes: `malformed-proof` (a hash too many, too few or not of 32 bytes; indices that do not rise strictly below `treeSize`; no leaf),
 * `root-mismatch` (well-formed, but a leaf, a hash, an index or the root is not the tree's). The size comes from a signed checkpoint: a root
 * alone does not fix it, trees of two sizes may need the same hashes.
 */
export function verifyMulti(args: {
  leaves: readonly { leafIndex: number; leafHash: Uint8Array }[]
  treeSize: number
  rootHash: Uint8Array
  proof: readonly Uint8Array[]
}): Result<true, 'malformed-proof' | 'root-mismatch'> {
  const { leaves, treeSize, rootHash, proof } = args
  if (!areProvable({ leafIndices: leaves.map(leaf => leaf.leafIndex), treeSize })) {
    return fail('malformed-proof', 'leaf indices do not rise strictly below the tree size, or there are none')
  }
  if (![...leaves.map(leaf => leaf.leafHash), ...proof].every(hash => hash.length === 32)) {
    return fail('malformed-proof', 'a hash has not 32 bytes')
  }
  let [nextLeaf, nextHash] = [0, 0]
  const visit = (start: number, end: number): Uint8Array | undefined => {
    const leaf = leaves[nextLeaf]
    if (leaf === undefined || leaf.leafIndex >= end) return proof[nextHash++]
    if (end - start === 1) {
      nextLeaf++
      return leaf.leafHash
    }
    const split = start + leftSize(end - start)
    const left = visit(start, split)
    const right = left && visit(split, end)
    return left && right && nodeHash(left, right)
  }
  const root = visit(0, treeSize)
  if (root === undefined || nextHash !== proof.length) {
    return fail('malformed-proof', `${proof.length} hashes are ${root ? 'too many' : 'too few'} for these leaves`)
  }
  return equalBytes(root, rootHash) ? pass(true) : fail('root-mismatch', 'the leaves do not lead to the root')
}

function areProvable({ leafIndices, treeSize }: { leafIndices: readonly number[]; treeSize: number }): boolean {
  let before = -1
  for (const index of leafIndices) {
    if (!isTreeSize(index) || index <= before) return false
    before = index
  }
  return isTreeSize(treeSize) && before >= 0 && before < treeSize
}
