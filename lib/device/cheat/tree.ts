import type { EvidenceLeaf } from '../../core/evidence/bundle.ts'
import { leafHash, leftSize, nodeHash } from '../../core/ledger/merkle.ts'
import { multiProofRanges } from '../../core/ledger/multi-proof.ts'

/** As much of a log's tree as a file shows: its leaves and the subtrees beside them. */
export interface ShownTree {
  readonly size: number
  readonly leaves: readonly EvidenceLeaf[]
  readonly proof: readonly Uint8Array[]
}

/** Root over what a file shows, with its leaves as they are now. */
export function rootOfShown(tree: ShownTree): Uint8Array {
  return hashesOf(tree)(0, tree.size)
}

/** The proof of fewer leaves, worked out from the proof of more: what whoever hides a record does, so that the rest still leads to the signed root. */
export function narrowProof({ tree, kept }: { tree: ShownTree; kept: readonly EvidenceLeaf[] }): Uint8Array[] {
  const hashOf = hashesOf(tree)
  const ranges = multiProofRanges({ leafIndices: kept.map(leaf => leaf.index), treeSize: tree.size })
  return ranges.map(({ start, end }) => hashOf(start, end))
}

function hashesOf({ size, leaves, proof }: ShownTree): (start: number, end: number) => Uint8Array {
  const ranges = multiProofRanges({ leafIndices: leaves.map(leaf => leaf.index), treeSize: size })
  const beside = new Map(ranges.map(({ start, end }, place) => [`${start} ${end}`, proof[place] as Uint8Array]))
  const own = new Map(leaves.map(leaf => [leaf.index, leafHash(leaf.bytes)]))
  const hashOf = (start: number, end: number): Uint8Array => {
    const known = beside.get(`${start} ${end}`) ?? (end - start === 1 ? own.get(start) : undefined)
    if (known) return known
    const split = start + leftSize(end - start)
    return nodeHash(hashOf(start, split), hashOf(split, end))
  }
  return hashOf
}
