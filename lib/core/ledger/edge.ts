import { EMPTY_ROOT, isTreeSize, nodeHash } from './merkle.ts'

/** The tree's right edge: roots of its maximal perfect subtrees, left to right, one per 1-bit of the size. Enough to append and to state the root. */
export type Edge = readonly Uint8Array[]

/** The edge after one more leaf. `size`: leaves before it. Throws if `edge` is not that of a tree of `size`. */
export function appendToEdge(args: { edge: Edge; size: number; leafHash: Uint8Array }): Edge {
  return mergeLeaf(args).edge
}

/**
 * {@link appendToEdge}, and the perfect subtrees that the leaf completed: `completed[i]` is the hash of the one with 2^i leaves, from the
 * leaf itself (i = 0) up; that subtree is number ⌊size / 2^i⌋ of its width.
 */
export function mergeLeaf(args: { edge: Edge; size: number; leafHash: Uint8Array }): {
  edge: Edge
  completed: Uint8Array[]
} {
  checkEdge(args)
  const edge = [...args.edge]
  const completed = [args.leafHash]
  let hash = args.leafHash
  for (let rest = args.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    hash = nodeHash(edge.pop() as Uint8Array, hash)
    completed.push(hash)
  }
  edge.push(hash)
  return { edge, completed }
}

/** Root hash of the tree with this edge. Throws if `edge` is not that of a tree of `size`. */
export function rootOfEdge(args: { edge: Edge; size: number }): Uint8Array {
  checkEdge(args)
  return foldEdge(args.edge) ?? EMPTY_ROOT
}

/** Hash of the tree made of adjoining perfect subtrees of falling size, left to right; undefined for none. */
export function foldEdge(edge: Edge): Uint8Array | undefined {
  if (edge.length === 0) return undefined
  return edge.reduceRight((right, left) => nodeHash(left, right))
}

function checkEdge({ edge, size }: { edge: Edge; size: number }): void {
  if (!isTreeSize(size)) throw new RangeError(`no tree size: ${size}`)
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  if (edge.length !== ones) throw new Error(`a tree of ${size} has an edge of ${ones} hashes, not ${edge.length}`)
}
