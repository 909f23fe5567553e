import { type GeoPermissibleObjects, type GeoProjection, geoPath } from 'd3-geo'

/** Points nearer to the last one are left out, and islands smaller than it in either direction. */
const FINEST = 1.3

/**
 * A shape as path data for a screen: what no eye would see is left out, and points are told from the one before, in whole halves of a unit
 * (draw it at half its size). A coast that has ten thousand points on the globe comes to some hundred.
 */
export function outlineOf(projection: GeoProjection, shape: GeoPermissibleObjects): string {
  let d = ''
  let points: [number, number][] = []
  const end = (isClosed: boolean) => {
    const [xs, ys] = [points.map(point => point[0]), points.map(point => point[1])]
    const isSeen = spread(xs) + spread(ys) > 2 * FINEST && points.length > (isClosed ? 2 : 1)
    if (isSeen) d += written(points, isClosed)
    points = []
  }
  const line = (x: number, y: number) => {
    const last = points.at(-1)
    if (!last || Math.hypot(x - last[0], y - last[1]) >= FINEST) points.push([x, y])
  }
  geoPath(projection, {
    beginPath: () => {},
    arc: () => {},
    moveTo(x, y) {
      end(false)
      line(x, y)
    },
    lineTo: line,
    closePath: () => end(true),
  })(shape)
  end(false)
  return d
}

const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values)

/** Each step from where the last one, rounded, has led: rounding does not add up. */
function written(points: readonly (readonly [number, number])[], isClosed: boolean): string {
  let [atX, atY] = [0, 0]
  const steps = points.map(([x, y]) => {
    const [dx, dy] = [Math.round(x * 2) - atX, Math.round(y * 2) - atY]
    atX += dx
    atY += dy
    return `${dx}${dy < 0 ? '' : ' '}${dy}`
  })
  const drawn = steps.slice(1).reduce((d, step) => `${d}${step.startsWith('-') || d === '' ? '' : ' '}${step}`, '')
  return `M${steps[0]}l${drawn}${isClosed ? 'z' : ''}`
}
