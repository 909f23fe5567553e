import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { EMPTY_MAP_ROOT } from '../core/ledger/map.ts'
import { growMap } from '../core/ledger/map-tiles.ts'
import { warn } from './loud.ts'
import { changesSince, MapDamage } from './map-since.ts'
import { remembered, storedTiles, writeTiles } from './map-store.ts'
import { execute } from './sql.ts'

/** Leaves at a time: what is held in memory, however long the log is. */
const SLICE = 10_000

/** True for what reading a map throws that is not as it was written. A failing database is another matter. */
export function isDamage(error: unknown): boolean {
  return error instanceof MapDamage || (error instanceof Error && error.message.startsWith('map tile '))
}

/**
 * Derives the stored map again from the leaves before `size`, in the transaction `on`, and says so loudly: tiles are a cache, what counts is
 * the root that an index leaf committed to. Throws {@link MapDamage} where the leaves do not come to `mapRoot`; then nothing may be committed.
 */
export async function rebuildMap(
  on: SqlQueryable,
  { size, mapRoot }: { size: number; mapRoot: Uint8Array },
): Promise<void> {
  await execute(on, 'DELETE FROM "MapTile"')
  let root = EMPTY_MAP_ROOT
  for (let from = 0; from < size; from += SLICE) {
    const tiles = remembered(storedTiles(on))
    const changes = await changesSince(on, tiles, { from, to: Math.min(from + SLICE, size) })
    const grown = await growMap(tiles, changes)
    await writeTiles(on, grown.written)
    root = grown.root
  }
  if (!equalBytes(root, mapRoot)) {
    throw new MapDamage(`the leaves before leaf ${size - 1} do not come to the map that it commits to`)
  }
  warn(`The stored map of ${size} leaves was not as it was written; it was derived again from the leaves.`)
}
