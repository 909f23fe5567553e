import type { Way } from '@/lib/core/custody/way.ts'
import { atlases } from '@/lib/format/atlas.ts'
import { drawLegs, type LegMap } from '@/lib/format/leg-map.ts'

const SLOT = Symbol.for('throughline.maps')
const MOST_MAPS = 300
type Slot = { [SLOT]?: Map<string, LegMap | undefined> }

/** The map of a way; undefined where the atlas draws none of its places. The same places are drawn once a process. */
export async function mapOf(way: Way): Promise<LegMap | undefined> {
  const { middle, ...drawn } = await atlases()
  const spots = way.stops.map(({ country, lat, lon }) =>
    lat !== undefined && lon !== undefined ? ([lon, lat] as const) : middle(country),
  )
  // A place that cannot be drawn would shift the numbers of all the others.
  if (!spots.every(spot => spot !== undefined)) return undefined
  const legs = way.legs.map(({ from, to }) => [from, to] as const)
  const slot = globalThis as Slot
  slot[SLOT] ??= new Map()
  const key = JSON.stringify([spots, legs])
  if (slot[SLOT].has(key)) return slot[SLOT].get(key)
  if (slot[SLOT].size >= MOST_MAPS) slot[SLOT].clear()
  const map = drawLegs({ atlases: { ...drawn, middle }, spots, legs })
  slot[SLOT].set(key, map)
  return map
}
