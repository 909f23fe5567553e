import { expect, test } from '@playwright/test'
import { concat } from '../core/bytes.ts'
import { checkpointOf } from '../core/evidence/evidence.fixture.ts'
import { type Head, readHead } from '../core/evidence/log-checks.ts'
import { StoryLog } from '../core/evidence/story.fixture.ts'
import type { FetchTile } from '../core/ledger/consistency-tiles.ts'
import { verifyEd25519Fallback as verify } from '../core/ledger/ed25519.ts'
import { encodeEntries } from '../core/ledger/tile.ts'
import { foundingOf } from './leaf-zero.ts'

const founded = async (index: boolean, origin = 'log.example.org') => {
  const log = await new StoryLog({ origin }).found({ index })
  await log.join('donor', 'Nordic Relief')
  return log
}

const headOf = (log: StoryLog) => readHead(checkpointOf(log)) as Head
const tilesOf =
  (log: StoryLog): FetchTile =>
  async ({ index, width }) =>
    concat(...log.hashes.slice(256 * index, 256 * index + width))
const leafZeroOf = (log: StoryLog) => async () => encodeEntries(log.leaves.slice(0, 1))

test('what a log promises is read from its leaf 0, which its tiles show to be in the tree that was seen', async () => {
  for (const index of [true, false]) {
    const log = await founded(index)
    const served = { fetchTile: tilesOf(log), fetchLeafZero: leafZeroOf(log) }
    expect(await foundingOf({ head: headOf(log), ...served, verify })).toMatchObject({ ok: true, value: { index } })
  }
})

test('a server that shows another leaf 0, other tiles or none of either is found out', async () => {
  const [log, other] = [await founded(true), await founded(false)]
  const [fetchTile, fetchLeafZero] = [tilesOf(log), leafZeroOf(log)]
  const none = async () => undefined
  for (const [code, served] of [
    ['leaf-zero-other', { fetchTile, fetchLeafZero: leafZeroOf(other) }],
    ['leaf-zero-missing', { fetchTile, fetchLeafZero: none }],
    ['leaf-zero-missing', { fetchTile, fetchLeafZero: async () => new Uint8Array() }],
    ['entries-truncated', { fetchTile, fetchLeafZero: async () => Uint8Array.of(0) }],
    ['tiles-mismatch', { fetchTile: tilesOf(other), fetchLeafZero: leafZeroOf(other) }],
    ['tiles-missing', { fetchTile: none, fetchLeafZero }],
  ] as const) {
    expect(await foundingOf({ head: headOf(log), ...served, verify }), code).toMatchObject({ ok: false, code })
  }
})

test('the leaf 0 of a log of another name, under whichever tree, founds nothing here', async () => {
  const log = await founded(false)
  const head = { ...headOf(log), origin: 'other.example.org' }
  const served = { fetchTile: tilesOf(log), fetchLeafZero: leafZeroOf(log) }
  expect(await foundingOf({ head, ...served, verify })).toMatchObject({ ok: false, code: 'origin-mismatch' })
  expect(await foundingOf({ head: { ...head, size: 0 }, ...served, verify })).toMatchObject({
    code: 'leaf-zero-missing',
  })
})
