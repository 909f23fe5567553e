import type { FetchTile } from '../../core/ledger/consistency-tiles.ts'
import { entriesPath, TILE_WIDTH, tilePath } from '../../core/ledger/tile.ts'
import { ask } from '../ask.ts'

/** A tile of this site's log. Where it has one no longer at that width, the full one, of which it is the beginning. Rejects where nothing answers. */
export const fetchTile: FetchTile = async address => {
  const narrow = await tileAt(tilePath(address))
  if (narrow || address.width === TILE_WIDTH) return narrow
  return (await tileAt(tilePath({ ...address, width: TILE_WIDTH })))?.slice(0, 32 * address.width)
}

/** The bundle of the log's first leaf alone. Undefined where the site says that it has none; rejects where nothing answers. */
export const fetchLeafZero = () => tileAt(entriesPath({ index: 0, width: 1 }))

async function tileAt(path: string): Promise<Uint8Array | undefined> {
  const response = await ask(`/log/${path}`)
  if (response.status === 404) return undefined
  if (!response.ok) throw new Error(`${path} answered ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
