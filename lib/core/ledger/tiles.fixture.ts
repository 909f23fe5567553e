import { concat, utf8Encode } from '../bytes.ts'
import type { FetchTile } from './consistency-tiles.ts'
import { mergeLeaf, rootOfEdge } from './edge.ts'
import { growEdge } from './hash-tiles.ts'
import { leafHash } from './merkle.ts'
import { tileWidth } from './tile.ts'

/** A log of `size` leaves as someone serves it: its root at every size, and its tiles as wide as a log of `published` has them. */
export function servedLog(size: number, text = 'leaf') {
  const leafHashes = Array.from({ length: size }, (_, i) => leafHash(utf8Encode(`${text} ${i}`)))
  const roots = [rootOfEdge({ edge: [], size: 0 })]
  let edge: readonly Uint8Array[] = []
  for (const [at, hash] of leafHashes.entries()) {
    edge = mergeLeaf({ edge, size: at, leafHash: hash }).edge
    roots.push(rootOfEdge({ edge, size: at + 1 }))
  }
  const { nodes } = growEdge({ edge: [], size: 0, leafHashes })
  const rows: Uint8Array[][] = [leafHashes]
  for (const { level, hash } of nodes) {
    rows[level] ??= []
    rows[level].push(hash)
  }
  const tilesAt =
    (published: number): FetchTile =>
    async ({ level, index, width }) =>
      width > tileWidth({ level, index, size: published })
        ? undefined
        : concat(...(rows[level] ?? []).slice(256 * index, 256 * index + width))
  return { leafHashes, rootAt: (at: number) => roots[at] as Uint8Array, tilesAt }
}
