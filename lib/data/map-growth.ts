import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { equalBytes } from '../core/bytes.ts'
import { growMap, overlaid } from '../core/ledger/map-tiles.ts'
import { isDamage } from './map-repair.ts'
import { changesSince, MapDamage } from './map-since.ts'
import { remembered, storedTiles } from './map-store.ts'

/** Leaves by which a map grows at a time: what others wait for. */
export const SLICE = 1024

/** The map after leaf `to - 1`, as what must be written over the stored one, which is that of the leaves before `from`. */
export type Growth = {
  readonly from: number
  to: number
  root: Uint8Array
  readonly written: Map<string, Uint8Array | undefined>
}

/** Nothing grown yet over the stored map of `size` leaves, whose root is known from its index leaf. */
export function startGrowth({ size, mapRoot }: { size: number; mapRoot: Uint8Array }): Growth {
  return { from: size, to: size, root: mapRoot, written: new Map() }
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

/**
 * Grows by the leaves up to `to`, a slice at a time so that requests are answered in between. False where the stored map is not the one that the growth
 * began with: it was changed, or another process has published. Throws {@link MapDamage} where a leaf does not say what the map needs.
 */
export async function growTo(on: SqlQueryable, growth: Growth, to: number): Promise<boolean> {
  try {
    while (growth.to < to) {
      const end = Math.min(growth.to + SLICE, to)
      const tiles = remembered(overlaid(storedTiles(on), growth.written))
      const grown = await growMap(tiles, await changesSince(on, tiles, { from: growth.to, to: end }))
      if (!equalBytes(grown.previous, growth.root)) return false
      for (const [path, content] of grown.written) growth.written.set(path, content)
      growth.root = grown.root
      growth.to = end
      await nextTurn()
    }
    return true
  } catch (error) {
    if (!isDamage(error) || error instanceof MapDamage) throw error
    return false
  }
}
