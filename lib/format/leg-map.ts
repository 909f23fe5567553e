import {
  type GeoPermissibleObjects,
  type GeoProjection,
  geoAzimuthalEqualArea,
  geoCentroid,
  geoCircle,
  geoDistance,
  geoEqualEarth,
  geoPath,
} from 'd3-geo'
import type { Atlases } from './atlas.ts'
import { outlineOf } from './outline.ts'

/** Degrees, longitude first. */
export type Spot = readonly [longitude: number, latitude: number]

export interface LegMap {
  readonly width: number
  readonly height: number
  /** Path data, at twice the map's scale. */
  readonly land: string
  readonly borders: string
  /** Path data by leg, in the order given: the shortest way over the globe. */
  readonly legs: readonly string[]
  /** Where each spot lies, and where its number is to stand so that no two cover each other. */
  readonly spots: readonly { readonly x: number; readonly y: number; readonly markX: number; readonly markY: number }[]
}

const WIDTH = 340
const HEIGHT = 240
const MARGIN = 30
/** Half the least that a map shows, in degrees: about 450 km. A place on a map of its own street is no coarse place. */
const LEAST = 4
/** Beyond this a map centred on the way folds its edges: the whole world is drawn instead. */
const HEMISPHERE = 70
/** From here on the coarse outlines are fine enough: half of what is shown, in degrees. */
const CONTINENT = 9
/** Of the circle around a number. */
export const MARK_RADIUS = 9.5
/** Between the middles of two numbers. */
const MARK_DISTANCE = 21

const RADIAN = 180 / Math.PI

/**
 * Draws spots and the legs between them on a map that shows them all, centred where they are, so that a way across the Pacific is not cut at
 * its edge. Undefined without a spot. `legs` name spots by their place in the list.
 */
export function drawLegs(args: {
  atlases: Atlases
  spots: readonly Spot[]
  legs: readonly (readonly [from: number, to: number])[]
}): LegMap | undefined {
  const { atlases, spots } = args
  if (spots.length === 0) return undefined
  const lines = args.legs.map(([from, to]) => ({
    type: 'LineString' as const,
    coordinates: [spots[from], spots[to]] as unknown as number[][],
  }))
  const middle = middleOf(spots)
  const reach = Math.max(...spots.map(spot => geoDistance(middle, spot as [number, number]) * RADIAN))
  const projection = fitted({ spots, lines, middle, reach })
  const atlas = reach > CONTINENT ? atlases.coarse : atlases.fine
  const at = spots.map((spot): [number, number] => projection(spot as [number, number]) ?? [WIDTH / 2, HEIGHT / 2])
  const marks = apart(at)
  const path = geoPath(projection).digits(1)
  return {
    width: WIDTH,
    height: HEIGHT,
    land: outlineOf(projection, atlas.land),
    borders: outlineOf(projection, atlas.borders),
    legs: lines.map(line => path(line) ?? ''),
    spots: at.map(([x, y], place) => ({
      x: round(x),
      y: round(y),
      markX: round(marks[place]?.[0] ?? x),
      markY: round(marks[place]?.[1] ?? y),
    })),
  }
}

function fitted(args: {
  spots: readonly Spot[]
  lines: readonly GeoPermissibleObjects[]
  middle: [number, number]
  reach: number
}): GeoProjection {
  const { spots, lines, middle, reach } = args
  const projection =
    reach > HEMISPHERE
      ? geoEqualEarth().rotate([-middle[0], 0])
      : geoAzimuthalEqualArea().rotate([-middle[0], -middle[1]]).clipAngle(110)
  const points = spots.map(spot => ({ type: 'Point', coordinates: spot }))
  const shown = reach < LEAST ? [geoCircle().center(middle).radius(LEAST)()] : [...points, ...lines]
  const whole = { type: 'GeometryCollection', geometries: shown } as unknown as Parameters<
    GeoProjection['fitExtent']
  >[1]
  return projection
    .fitExtent(
      [
        [MARGIN, MARGIN],
        [WIDTH - MARGIN, HEIGHT - MARGIN],
      ],
      whole,
    )
    .clipExtent([
      [-3, -3],
      [WIDTH + 3, HEIGHT + 3],
    ])
}

function middleOf(spots: readonly Spot[]): [number, number] {
  const middle = geoCentroid({ type: 'MultiPoint', coordinates: spots as unknown as number[][] })
  // Two ends of the earth have no middle.
  return middle.every(Number.isFinite) ? middle : [...(spots[0] as Spot)]
}

/** Pushes points apart until each pair is {@link MARK_DISTANCE} from one another, or as far as the frame allows. */
function apart(points: readonly (readonly [number, number])[]): [number, number][] {
  const marks = points.map(([x, y]): [number, number] => [x, y])
  for (let round = 0; round < 80; round++) {
    let moved = false
    for (const [i, a] of marks.entries()) {
      for (const [j, b] of marks.entries()) {
        if (j <= i) continue
        const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
        const distance = Math.hypot(dx, dy)
        if (distance >= MARK_DISTANCE - 0.5) continue
        // Two that lie on one another part to the side, each pair in a direction of its own.
        const [ux, uy] = distance < 0.01 ? [Math.cos(i + j), Math.sin(i + j)] : [dx / distance, dy / distance]
        const push = (MARK_DISTANCE - distance) / 2
        move(a, -ux * push, -uy * push)
        move(b, ux * push, uy * push)
        moved = true
      }
    }
    if (!moved) break
  }
  return marks
}

function move(point: [number, number], x: number, y: number): void {
  const edge = MARK_DISTANCE / 2 + 1
  point[0] = Math.min(WIDTH - edge, Math.max(edge, point[0] + x))
  point[1] = Math.min(HEIGHT - edge, Math.max(edge, point[1] + y))
}

const round = (value: number) => Math.round(value * 10) / 10
