import { geoArea, geoCentroid } from 'd3-geo'
import { feature, mesh } from 'topojson-client'

/** GeoJSON's shapes (RFC 7946), as far as the atlas has them. */
type Polygon = { type: 'Polygon'; coordinates: number[][][] }
type MultiPolygon = { type: 'MultiPolygon'; coordinates: number[][][][] }
type MultiLineString = { type: 'MultiLineString'; coordinates: number[][][] }
type Topology = Parameters<typeof feature>[0]
type GeometryCollection = Extract<Topology['objects'][string], { type: 'GeometryCollection' }>
type Mesh = Parameters<typeof mesh>[1]

/** Outlines of the world (Natural Earth, public domain). They show who governs what today and take no side. */
export interface Atlas {
  readonly land: MultiPolygon
  /** Each border between two countries once. */
  readonly borders: MultiLineString
}

export interface Atlases {
  /** 1:110 million, for maps of a continent and more. */
  readonly coarse: Atlas
  /** 1:50 million. */
  readonly fine: Atlas
  /** The middle of a country's largest part, `[longitude, latitude]` in degrees, by ISO 3166-1 alpha-2; undefined for what the atlas does not draw. */
  middle(country: string): readonly [number, number] | undefined
}

const SLOT = Symbol.for('throughline.atlas')
type Slot = { [SLOT]?: Promise<Atlases> }

/** The atlases, read and worked out once a process, when the first map is drawn: a quarter of a second and some megabytes. */
export function atlases(): Promise<Atlases> {
  const slot = globalThis as Slot
  slot[SLOT] ??= readAtlases()
  return slot[SLOT]
}

async function readAtlases(): Promise<Atlases> {
  const [coarse, fine] = await Promise.all([
    import('world-atlas/countries-110m.json', { with: { type: 'json' } }),
    import('world-atlas/countries-50m.json', { with: { type: 'json' } }),
  ])
  const world = fine.default as unknown as Topology
  return { coarse: atlasOf(coarse.default as unknown as Topology), fine: atlasOf(world), middle: middlesOf(world) }
}

const countriesOf = (world: Topology) => world.objects.countries as GeometryCollection

function atlasOf(world: Topology): Atlas {
  const land = feature(world, world.objects.land as GeometryCollection).features.map(each => each.geometry)
  return {
    land: { type: 'MultiPolygon', coordinates: (land as MultiPolygon[]).flatMap(each => each.coordinates) },
    borders: mesh(world, countriesOf(world) as unknown as Mesh, (a, b) => a !== b),
  }
}

function middlesOf(world: Topology): Atlases['middle'] {
  const shapes = new Map<string, Polygon | MultiPolygon>()
  for (const country of feature(world, countriesOf(world)).features) {
    const code = codeOf(country.id)
    if (code !== undefined && country.geometry) shapes.set(code, country.geometry as Polygon | MultiPolygon)
  }
  const known = new Map<string, readonly [number, number]>()
  return code => {
    const shape = shapes.get(code)
    if (shape && !known.has(code)) known.set(code, middleOf(shape))
    return known.get(code)
  }
}

/** ISO 3166-1 alpha-2 of a numeric code, which the languages' own region data know as an alias. */
function codeOf(numeric: string | number | undefined): string | undefined {
  if (numeric === undefined || !/^[0-9]{3}$/.test(String(numeric))) return undefined
  const region = new Intl.Locale(`und-${numeric}`).region
  return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : undefined
}

/** Of the largest part alone: an overseas island pulls no country's middle out to sea. */
function middleOf(geometry: Polygon | MultiPolygon): readonly [number, number] {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const shapes = parts.map(coordinates => ({ type: 'Polygon', coordinates }) as Polygon)
  const largest = shapes.reduce((most, shape) => (geoArea(shape) > geoArea(most) ? shape : most))
  return geoCentroid(largest)
}
