import { expect, test } from '@playwright/test'
import { equalBytes } from '../bytes.ts'
import { rootFromTiles } from './consistency-tiles.ts'
import { proveConsistency, verifyConsistency } from './merkle.ts'
import { servedLog } from './tiles.fixture.ts'

const MOST = 300
const LOG = servedLog(MOST)
const FORKED = servedLog(MOST, 'another leaf')

test('between all sizes up to 300, tiles show the old root that the consistency proof of RFC 9162 shows, and no other', async () => {
  let compared = 0
  for (let newSize = 1; newSize <= MOST; newSize++) {
    const [newRoot, fetchTile] = [LOG.rootAt(newSize), LOG.tilesAt(newSize)]
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const root = await rootFromTiles({ oldSize, newSize, newRoot, fetchTile })
      const isShown = root.ok && equalBytes(root.value, LOG.rootAt(oldSize))
      const isOther = root.ok && oldSize > 0 && equalBytes(root.value, FORKED.rootAt(oldSize))
      if (!isShown || isOther) throw new Error(`${oldSize} in ${newSize}`)
      compared++
    }
  }
  for (let newSize = 1; newSize <= MOST; newSize += 7) {
    const leafHashes = LOG.leafHashes.slice(0, newSize)
    for (let oldSize = 0; oldSize <= newSize; oldSize++) {
      const proof = proveConsistency({ leafHashes, oldSize })
      const sizes = { oldSize, newSize, newRoot: LOG.rootAt(newSize), proof }
      expect(verifyConsistency({ ...sizes, oldRoot: LOG.rootAt(oldSize) })).toBe(true)
      if (oldSize > 0) expect(verifyConsistency({ ...sizes, oldRoot: FORKED.rootAt(oldSize) })).toBe(false)
    }
  }
  expect(compared).toBe(((MOST + 1) * (MOST + 2)) / 2 - 1)
})
