import { expect, test } from '@playwright/test'
import { equalBytes } from '../bytes.ts'
import { rootFromTiles, tilesForConsistency } from './consistency-tiles.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { tilePath } from './tile.ts'
import { servedLog } from './tiles.fixture.ts'

const SMALL = servedLog(700)

test('a log of 65,535, 65,536 or 65,537 leaves shows by its tiles the root it had at any of these sizes and at small ones', async () => {
  const log = servedLog(65_537)
  for (const newSize of [65_535, 65_536, 65_537]) {
    for (const oldSize of [0, 1, 255, 256, 257, 32_768, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537]) {
      if (oldSize > newSize) continue
      const root = await rootFromTiles({
        oldSize,
        newSize,
        newRoot: log.rootAt(newSize),
        fetchTile: log.tilesAt(newSize),
      })
      expect(root.ok && equalBytes(root.value, log.rootAt(oldSize)), `${oldSize} in ${newSize}`).toBe(true)
      expect(tilesForConsistency({ oldSize, newSize }).length).toBeLessThanOrEqual(6)
    }
  }
})

test('the tiles that are asked for are those of the right edges and what holds the full ones', () => {
  const paths = (oldSize: number, newSize: number) => tilesForConsistency({ oldSize, newSize }).map(tilePath)
  expect(paths(0, 0)).toEqual([])
  expect(paths(0, 5)).toEqual(['tile/0/000.p/5'])
  expect(paths(3, 5)).toEqual(['tile/0/000.p/5'])
  expect(paths(256, 256)).toEqual(['tile/1/000.p/1'])
  expect(paths(100, 256)).toEqual(['tile/0/000', 'tile/1/000.p/1'])
  expect(paths(300, 70_000)).toEqual([
    'tile/0/001',
    'tile/0/273.p/112',
    'tile/1/000',
    'tile/1/001.p/17',
    'tile/2/000.p/1',
  ])
  expect(() => tilesForConsistency({ oldSize: 6, newSize: 5 })).toThrow(RangeError)
})

test('an empty old tree is part of every log, and an empty new one has no tiles', async () => {
  const none = async () => undefined
  expect(await rootFromTiles({ oldSize: 0, newSize: 0, newRoot: EMPTY_ROOT, fetchTile: none })).toMatchObject({
    ok: true,
  })
  const asked = { oldSize: 0, newSize: 0, newRoot: SMALL.rootAt(1), fetchTile: none }
  expect(await rootFromTiles(asked)).toMatchObject({ code: 'tiles-mismatch' })
})

test('whoever serves the tiles can withhold them or break them, but not lie: every bit of every tile that is used hangs on the root', async () => {
  for (const [oldSize, newSize] of [
    [5, 7],
    [100, 256],
    [257, 300],
    [300, 600],
    [513, 700],
  ] as const) {
    const newRoot = SMALL.rootAt(newSize)
    const honest = SMALL.tilesAt(newSize)
    const addresses = tilesForConsistency({ oldSize, newSize })
    for (const address of addresses) {
      const isThis = (other: { level: number; index: number }) =>
        other.level === address.level && other.index === address.index
      const withheld = await rootFromTiles({
        oldSize,
        newSize,
        newRoot,
        fetchTile: async other => (isThis(other) ? undefined : honest(other)),
      })
      expect(withheld).toMatchObject({ code: 'tiles-missing' })
      for (let at = 0; at < address.width; at++) {
        const lying = await rootFromTiles({
          oldSize,
          newSize,
          newRoot,
          fetchTile: async other => {
            const bytes = (await honest(other)) as Uint8Array
            if (isThis(other)) bytes[32 * at + (at % 32)] = (bytes[32 * at + (at % 32)] as number) ^ 1
            return bytes
          },
        })
        expect(lying, `${oldSize} → ${newSize}: hash ${at} of ${tilePath(address)}`).toMatchObject({
          code: 'tiles-mismatch',
        })
      }
      for (const cut of [0, 31, 32 * address.width - 32, 32 * address.width + 32]) {
        const fetchTile = async () => new Uint8Array(cut)
        expect(await rootFromTiles({ oldSize, newSize, newRoot, fetchTile })).toMatchObject({ code: 'tiles-malformed' })
      }
    }
  }
})

test('a log whose past was changed shows another root at the old size, whatever else it shows', async () => {
  const other = servedLog(400, 'another leaf')
  const shown = await rootFromTiles({
    oldSize: 290,
    newSize: 400,
    newRoot: other.rootAt(400),
    fetchTile: other.tilesAt(400),
  })
  expect(shown.ok && equalBytes(shown.value, SMALL.rootAt(290))).toBe(false)
  expect(shown.ok).toBe(true)
})
