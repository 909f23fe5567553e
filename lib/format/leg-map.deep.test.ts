import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { atlases } from './atlas.ts'
import { drawLegs, MARK_RADIUS, type Spot } from './leg-map.ts'

const ROTTERDAM: Spot = [4.5, 51.9]
const BEIRA: Spot = [34.8, -19.8]
const BLANTYRE: Spot = [35, -15.8]
const FIJI: Spot = [178.4, -18.1]
const SAMOA: Spot = [-171.8, -13.8]

async function draw(spots: readonly Spot[]) {
  const legs = spots.slice(1).map((_, place) => [place, place + 1] as const)
  const map = drawLegs({ atlases: await atlases(), spots, legs })
  if (!map) throw new Error('nothing was drawn')
  return map
}

const endsOf = (d: string) => {
  const numbers = [...d.matchAll(/-?[0-9.]+/g)].map(Number)
  return { start: numbers.slice(0, 2), end: numbers.slice(-2) }
}

test('each leg begins and ends at its spots, and all of them lie inside the picture', async () => {
  const map = await draw([ROTTERDAM, BEIRA, BLANTYRE])
  for (const [place, d] of map.legs.entries()) {
    const [from, to] = [map.spots[place], map.spots[place + 1]]
    expect(endsOf(d).start.map(Math.round)).toEqual([from?.x, from?.y].map(value => Math.round(value ?? -1)))
    expect(endsOf(d).end.map(Math.round)).toEqual([to?.x, to?.y].map(value => Math.round(value ?? -1)))
  }
  for (const { x, y, markX, markY } of map.spots) {
    for (const value of [x, markX]) expect(value).toBeGreaterThan(0)
    for (const value of [x, markX]) expect(value).toBeLessThan(map.width)
    for (const value of [y, markY]) expect(value).toBeGreaterThan(0)
    for (const value of [y, markY]) expect(value).toBeLessThan(map.height)
  }
})

test('north is up, and east is on the right', async () => {
  const { spots } = await draw([ROTTERDAM, BEIRA])
  expect(spots[0]?.y).toBeLessThan(spots[1]?.y ?? 0)
  expect(spots[0]?.x).toBeLessThan(spots[1]?.x ?? 0)
})

test('a way across the date line is not cut: its two ends lie beside each other', async () => {
  const map = await draw([FIJI, SAMOA])
  expect(map.legs[0]?.match(/M/g)).toHaveLength(1)
  expect(map.spots[0]?.x).toBeLessThan(map.spots[1]?.x ?? 0)
})

test('numbers of places that lie on one another stand apart', async () => {
  const { spots } = await draw([ROTTERDAM, BEIRA, BEIRA, BLANTYRE, BEIRA, BLANTYRE])
  for (const [i, a] of spots.entries()) {
    for (const b of spots.slice(i + 1))
      expect(Math.hypot(a.markX - b.markX, a.markY - b.markY)).toBeGreaterThan(1.9 * MARK_RADIUS)
  }
})

test('one place alone is shown with the land around it', async () => {
  const map = await draw([BLANTYRE])
  expect(map.spots).toHaveLength(1)
  expect(map.land.length).toBeGreaterThan(50)
  expect(map.borders.length).toBeGreaterThan(50)
})

test('no spot gives no map, and two ends of the earth give one all the same', async () => {
  expect(drawLegs({ atlases: await atlases(), spots: [], legs: [] })).toBeUndefined()
  const { legs } = await draw([
    [0, 10],
    [180, -10],
  ])
  expect(legs[0]).not.toContain('NaN')
})

test('a map weighs at most 6 kB compressed, wherever it is', async () => {
  for (const spots of [[ROTTERDAM, BEIRA], [BLANTYRE], [FIJI, SAMOA], [ROTTERDAM, FIJI], [[24, 38] as Spot]]) {
    const { land, borders } = await draw(spots)
    expect(gzipSync(land + borders).length).toBeLessThan(6000)
  }
})

test('a country is known by its code, and its middle lies in its largest part', async () => {
  const { middle } = await atlases()
  const france = middle('FR')
  expect(france?.[0]).toBeGreaterThan(0)
  expect(france?.[1]).toBeGreaterThan(44)
  for (const code of ['MW', 'MZ', 'NL', 'PS', 'HT', 'SS']) expect(middle(code), code).toBeDefined()
  expect(middle('XX')).toBeUndefined()
})
