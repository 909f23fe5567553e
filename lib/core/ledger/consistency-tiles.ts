import { equalBytes } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { subtreeHash, tilesForRanges } from './hash-tiles.ts'
import { EMPTY_ROOT, rootOf } from './merkle.ts'
import { TILE_WIDTH, type TileAddress, tileWidth } from './tile.ts'

/** Gives a tile's bytes as somebody served them, unchecked; undefined where there are none. */
export type FetchTile = (address: TileAddress) => Promise<Uint8Array | undefined>

export type TilesCode = 'tiles-missing' | 'tiles-malformed' | 'tiles-mismatch'

type Sizes = { readonly oldSize: number; readonly newSize: number }

/**
 * The tiles from which a reader works out the roots of a log at both sizes: those of the right edges, and above each full one the tile that
 * holds its hash, so that everything hangs on the root of `newSize`. As wide as a log of `newSize` has them, by level and index: at most two
 * a level. None for an empty new tree. Throws unless `oldSize` ≤ `newSize`.
 */
export function tilesForConsistency({ oldSize, newSize }: Sizes): TileAddress[] {
  if (oldSize > newSize) throw new RangeError(`no consistency from ${oldSize} to ${newSize}`)
  const ranges = [...new Set([oldSize, newSize])].filter(end => end > 0).map(end => ({ start: 0, end }))
  const tiles = new Map(tilesForRanges({ ranges, treeSize: newSize }).map(tile => [idOf(tile), tile]))
  for (const tile of tiles.values()) {
    const above = parentOf(tile, newSize)
    // A Map is walked to its end, what was added on the way included: parents get theirs.
    if (above && !tiles.has(idOf(above))) tiles.set(idOf(above), above)
  }
  return [...tiles.values()].sort((a, b) => a.level - b.level || a.index - b.index)
}

/**
 * The root that a log had at `oldSize`, worked out from its tiles at `newSize`. No tile is used before it is known to be the one under
 * `newRoot`: who serves tiles can withhold, not lie. The caller compares the answer with the root that was seen at `oldSize`.
 * Codes: `tiles-missing` (one was not given), `tiles-malformed` (not 32 bytes for each of its hashes), `tiles-mismatch` (they do not lead to
 * `newRoot`). Throws unless `oldSize` ≤ `newSize`.
 */
export async function rootFromTiles(
  args: Sizes & { newRoot: Uint8Array; fetchTile: FetchTile },
): Promise<Result<Uint8Array, TilesCode>> {
  const { oldSize, newSize, newRoot } = args
  const addresses = tilesForConsistency(args)
  const tiles = new Map<string, readonly Uint8Array[]>()
  const given = await Promise.all(addresses.map(address => args.fetchTile(address)))
  for (const [at, address] of addresses.entries()) {
    const bytes = given[at]
    if (bytes === undefined) return fail('tiles-missing', idOf(address))
    if (bytes.length !== 32 * address.width) return fail('tiles-malformed', `${idOf(address)}: ${bytes.length} bytes`)
    tiles.set(
      idOf(address),
      Array.from({ length: address.width }, (_, i) => bytes.slice(32 * i, 32 * (i + 1))),
    )
  }
  const readTile = async (address: TileAddress) => tiles.get(idOf(address)) ?? []
  const root = newSize === 0 ? EMPTY_ROOT : await subtreeHash({ start: 0, end: newSize, readTile })
  if (!equalBytes(root, newRoot)) return fail('tiles-mismatch', 'the right edge does not come to the root')
  for (const address of addresses) {
    const above = parentOf(address, newSize)
    if (above === undefined) continue
    const held = tiles.get(idOf(above))?.[address.index % TILE_WIDTH] as Uint8Array
    if (!equalBytes(rootOf(tiles.get(idOf(address)) ?? []), held)) return fail('tiles-mismatch', idOf(address))
  }
  return pass(oldSize === 0 ? EMPTY_ROOT : await subtreeHash({ start: 0, end: oldSize, readTile }))
}

/** The tile that holds the hash of a full one; a narrower one is part of the edge, and the root itself holds it. */
function parentOf({ level, index, width }: TileAddress, size: number): TileAddress | undefined {
  if (width < TILE_WIDTH) return undefined
  const above = { level: level + 1, index: Math.floor(index / TILE_WIDTH) }
  return { ...above, width: tileWidth({ ...above, size }) }
}

function idOf({ level, index }: { level: number; index: number }): string {
  return `${level}/${index}`
}
