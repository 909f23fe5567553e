import { expect, test } from '@playwright/test'
import { servedLog } from '../../core/ledger/tiles.fixture.ts'
import { judge, type Signed } from './judge.ts'

const LOG = servedLog(600)
const OTHER = servedLog(600, 'another leaf')

/** A checkpoint of `size` leaves as a browser has read it. */
const signed = (size: number, of = LOG): Signed => ({
  origin: 'log.example',
  size,
  rootHash: of.rootAt(size),
  note: `${of === LOG ? 'log' : 'other'} ${size}`,
})
/** A site whose newest checkpoint covers `size` leaves and that serves no tile beyond `tiles`. */
const site = (size: number, { of = LOG, tiles = size } = {}) => ({
  newest: signed(size, of),
  fetchTile: of.tilesAt(tiles),
})

test('a list that has grown is the one that was seen, at whatever sizes', async () => {
  for (const [seen, now] of [
    [8, 12],
    [255, 257],
    [256, 600],
    [300, 300],
  ] as const) {
    const judged = await judge({ seen: signed(seen), shown: signed(now), ...site(now) })
    expect(judged, `${seen} → ${now}`).toEqual({ outcome: 'consistent' })
  }
})

test('a page of an older list is told apart from a loss where the site still holds the rest', async () => {
  const cached = await judge({ seen: signed(300), shown: signed(280), ...site(500) })
  expect(cached).toEqual({ outcome: 'older' })
  // The checkpoint is an old copy too, the tiles are not: what was seen is still served.
  const stale = await judge({ seen: signed(300), shown: signed(280), ...site(280, { tiles: 300 }) })
  expect(stale).toEqual({ outcome: 'older' })
})

test('a site that was set back is behind, and both notes are named', async () => {
  const judged = await judge({ seen: signed(300), shown: signed(280), ...site(280) })
  expect(judged).toEqual({ outcome: 'behind', first: signed(300), second: signed(280) })
})

test('two lists of one size are a fork, whoever shows the second', async () => {
  const onPage = await judge({ seen: signed(300), shown: signed(300, OTHER), ...site(400) })
  expect(onPage).toEqual({ outcome: 'forked', first: signed(300), second: signed(300, OTHER) })
  const newest = await judge({ seen: signed(300), shown: signed(280), ...site(300, { of: OTHER }) })
  expect(newest).toEqual({ outcome: 'forked', first: signed(300), second: signed(300, OTHER) })
})

test('a longer list with another past is a fork, and so is a shorter one that was never the beginning', async () => {
  const longer = await judge({ seen: signed(300), shown: signed(500, OTHER), ...site(500, { of: OTHER }) })
  expect(longer).toEqual({ outcome: 'forked', first: signed(300), second: signed(500, OTHER) })
  const shorter = await judge({
    seen: signed(300),
    shown: signed(280, OTHER),
    ...site(280, { tiles: 300 }),
    newest: signed(280, OTHER),
  })
  expect(shorter).toEqual({ outcome: 'forked', first: signed(300), second: signed(280, OTHER) })
})

test('a page that the site’s own newest list does not hold is a fork of the site with itself', async () => {
  const judged = await judge({ seen: signed(100), shown: signed(200, OTHER), ...site(500) })
  expect(judged).toEqual({ outcome: 'forked', first: signed(200, OTHER), second: signed(500) })
})

test('a site that gives no tiles, or not its own, proves nothing; one that does not answer is not judged', async () => {
  const held = { seen: signed(300), shown: signed(500), newest: signed(500) }
  const misfit = { first: signed(300), second: signed(500) }
  expect(await judge({ ...held, fetchTile: async () => undefined })).toEqual({ outcome: 'unproven', ...misfit })
  expect(await judge({ ...held, fetchTile: OTHER.tilesAt(500) })).toEqual({ outcome: 'unproven', ...misfit })
  const gone = async () => {
    throw new Error('no network')
  }
  expect(await judge({ ...held, fetchTile: gone })).toEqual({ outcome: 'unreachable' })
})
