import type { FetchTile } from '../../core/ledger/consistency-tiles.ts'
import { entriesPath, TILE_WIDTH, tilePath } from '../../core/ledger/tile.ts'

const WAIT = 20_000

/** What is asked of the log: by nobody in particular, and never from this browser's own store, for the question is what the site holds now. */
export const ask = (path: string) =>
  fetch(path, { credentials: 'omit', cache: 'no-store', redirect: 'error', signal: AbortSignal.timeout(WAIT) })

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
