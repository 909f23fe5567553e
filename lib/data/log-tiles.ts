import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { concat } from '../core/bytes.ts'
import { type BundleAddress, encodeEntries, TILE_WIDTH, type TileAddress, tileWidth } from '../core/ledger/tile.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { readLeaves, tileReader } from './tiles.ts'

/**
 * One tile of the published log (C2SP tlog-tiles), `32 × width` bytes; undefined beyond the newest stored checkpoint. Any width that the published log
 * fills is answered: a prefix of a tile never changes.
 */
export async function publishedTile(address: TileAddress, on?: Log): Promise<Uint8Array | undefined> {
  const log = on ?? (await database())
  return (await isPublished(log, address)) ? tileBytes(log.adapter, address) : undefined
}

/** One bundle of the published log, `width` entries; undefined as for {@link publishedTile}. */
export async function publishedEntries(address: BundleAddress, on?: Log): Promise<Uint8Array | undefined> {
  const log = on ?? (await database())
  return (await isPublished(log, { level: 0, ...address })) ? entriesBytes(log.adapter, address) : undefined
}

async function isPublished(log: Log, { level, index, width }: TileAddress): Promise<boolean> {
  const size = (await readCheckpoint(log.adapter))?.size ?? 0
  return width <= tileWidth({ level, index, size })
}

/** Bytes of a tile that the log has. Throws where a hash is missing: someone deleted rows. */
export async function tileBytes(on: SqlQueryable, address: TileAddress): Promise<Uint8Array> {
  return concat(...(await tileReader(on)(address)))
}

/** Bytes of a bundle that the log has, as they lie: a damaged leaf must reach whoever checks. Throws where one is missing. */
export async function entriesBytes(on: SqlQueryable, { index, width }: BundleAddress): Promise<Uint8Array> {
  const from = index * TILE_WIDTH
  const leaves = await readLeaves(on, { from, to: from + width })
  if (leaves.length !== width) throw new Error(`bundle ${index} has ${leaves.length} entries, not ${width}`)
  return encodeEntries(leaves.map(leaf => leaf.bytes))
}
