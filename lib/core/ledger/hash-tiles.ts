import { type Edge, foldEdge, mergeLeaf } from './edge.ts'
import { isTreeSize, type Range, rootOf } from './merkle.ts'
import { TILE_WIDTH, type TileAddress, tileWidth } from './tile.ts'

/** Gives the first `width` hashes (32 bytes each) of a tile, or more of them. */
export type ReadTile = (address: TileAddress) => Promise<readonly Uint8Array[]>

/** The hash of one subtree (RFC 9162 §2.1.1) of leaves [start, end), from tiles no wider than `end` fills. Throws as {@link subtreeHashes}. */
export async function subtreeHash(args: Range & { readTile: ReadTile }): Promise<Uint8Array> {
  const { start, end, readTile } = args
  const [hash] = await subtreeHashes({ ranges: [{ start, end }], treeSize: end, readTile })
  return hash as Uint8Array
}

/**
 * The hashes of `ranges`, in their order: what `inclusionRanges`, `consistencyRanges` and `multiProofRanges` planned becomes the proof. Each
 * tile is read once, as wide as a log of `treeSize` has it. Throws if a range is no subtree of such a log or a tile has too few hashes.
 */
export async function subtreeHashes(args: {
  ranges: readonly Range[]
  treeSize: number
  readTile: ReadTile
}): Promise<Uint8Array[]> {
  const addresses = tilesForRanges(args)
  const tiles = new Map<string, readonly Uint8Array[]>()
  await Promise.all(
    addresses.map(async address => {
      const hashes = await args.readTile(address)
      if (hashes.length < address.width)
        throw new Error(`tile ${tileId(address)} has ${hashes.length} hashes, not ${address.width}`)
      tiles.set(tileId(address), hashes)
    }),
  )
  return args.ranges.map(range => {
    const edge = perfectParts(range).map(({ level, index, from, to }) =>
      rootOf((tiles.get(tileId({ level, index })) as readonly Uint8Array[]).slice(from, to)),
    )
    return foldEdge(edge) as Uint8Array
  })
}

/** The tiles that {@link subtreeHashes} reads, each once, in order of level and index; for a caller that loads them all in one query. */
export function tilesForRanges({ ranges, treeSize }: { ranges: readonly Range[]; treeSize: number }): TileAddress[] {
  const tiles = new Map<string, TileAddress>()
  for (const range of ranges) {
    if (!isSubtree(range) || range.end > treeSize)
      throw new RangeError(`no subtree of ${treeSize}: [${range.start}, ${range.end})`)
    for (const { level, index } of perfectParts(range)) {
      const id = tileId({ level, index })
      if (!tiles.has(id)) tiles.set(id, { level, index, width: tileWidth({ level, index, size: treeSize }) })
    }
  }
  return [...tiles.values()].sort((a, b) => a.level - b.level || a.index - b.index)
}

/** Hash number `index` of level `level` ≥ 1: the root of the full tile of that index one level below. */
export type TileNode = { readonly level: number; readonly index: number }

/** The hashes of levels ≥ 1 that a log gains by growing from `oldSize` to `newSize`, level by level. */
export function hashesCompletedBy({ oldSize, newSize }: { oldSize: number; newSize: number }): TileNode[] {
  const nodes: TileNode[] = []
  let [before, after] = [oldSize, newSize]
  for (let level = 1; after >= TILE_WIDTH; level++) {
    before = Math.floor(before / TILE_WIDTH)
    after = Math.floor(after / TILE_WIDTH)
    for (let index = before; index < after; index++) nodes.push({ level, index })
  }
  return nodes
}

/**
 * The edge after `leafHashes`, and the hashes of {@link hashesCompletedBy} with their bytes, in order of completion: all that a writer stores
 * besides the leaves, without reading a tile. `size`: leaves before. Throws if `edge` is not that of a tree of `size`.
 */
export function growEdge(args: { edge: Edge; size: number; leafHashes: readonly Uint8Array[] }): {
  edge: Edge
  nodes: (TileNode & { hash: Uint8Array })[]
} {
  let { edge, size } = args
  const nodes: (TileNode & { hash: Uint8Array })[] = []
  for (const leafHash of args.leafHashes) {
    const merged = mergeLeaf({ edge, size, leafHash })
    edge = merged.edge
    for (let level = 1, hash = merged.completed[8]; hash; level++, hash = merged.completed[8 * level]) {
      nodes.push({ level, index: Math.floor(size / TILE_WIDTH ** level), hash })
    }
    size++
  }
  return { edge, nodes }
}

function tileId({ level, index }: { level: number; index: number }): string {
  return `${level}/${index}`
}

function isSubtree({ start, end }: Range): boolean {
  if (!isTreeSize(start) || !isTreeSize(end) || start >= end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

/** The perfect subtrees that a subtree falls into, left to right, each as hashes [from, to) of one tile. */
function perfectParts({ start, end }: Range): { level: number; index: number; from: number; to: number }[] {
  const parts: { level: number; index: number; from: number; to: number }[] = []
  for (let at = start; at < end; ) {
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) width *= 2
    let [level, step] = [0, 1]
    while (step * TILE_WIDTH <= width) {
      step *= TILE_WIDTH
      level++
    }
    const from = (at / step) % TILE_WIDTH
    parts.push({ level, index: Math.floor(at / step / TILE_WIDTH), from, to: from + width / step })
    at += width
  }
  return parts
}
