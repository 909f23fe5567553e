import { expect, test } from '@playwright/test'
import { formatIndexLeaf } from '../core/ledger/index-leaf.ts'
import { mapKey } from '../core/ledger/map.ts'
import { growMap } from '../core/ledger/map-tiles.ts'
import { submit } from './append.ts'
import { hexOf } from './hash.ts'
import { readIndexed } from './index-leaves.ts'
import { foundedLog } from './live-log.fixture.ts'
import { storedTiles, writeTiles } from './map-store.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { isIndexTrue } from './scrub-index.ts'
import { tamper } from './tamper.fixture.ts'

async function signedLog() {
  const { live, log, donor, settings } = await foundedLog()
  const packing = await live.packing(donor, 'tents')
  await submit(packing, log)
  await publish(log)
  const { size = 0 } = (await readIndexed(log.adapter)) ?? {}
  return { log, settings, size, subject: packing.subject }
}

test('the scrubber finds that an honest index is true', async () => {
  const { log, size } = await signedLog()
  expect(await isIndexTrue(log, { from: 0, to: size })).toBe(true)
  expect(log.readOnly).toBeUndefined()
  await closeLog(log)
})

test('an index that commits to fewer records of a parcel than there are is found, and the log signs nothing more', async () => {
  const { log, settings, size, subject } = await signedLog()
  const lie = { key: mapKey(subject), count: 7, leafHash: new Uint8Array(32).fill(5) }
  const { root, written } = await growMap(storedTiles(log.adapter), [lie])
  await writeTiles(log.adapter, written)
  const bytes = hexOf(formatIndexLeaf({ at: 4_000_000_000_000, mapRoot: root }))
  await tamper(settings, `UPDATE Leaf SET bytes = x'${bytes}' WHERE leafIndex = ${size - 1}`)
  await tamper(settings, `UPDATE IndexLeaf SET mapRoot = x'${hexOf(root)}' WHERE size = ${size}`)
  expect(await isIndexTrue(log, { from: 0, to: size })).toBe(false)
  expect(log.readOnly).toMatchObject({ code: 'index-differs', detail: expect.stringContaining(subject) })
  await closeLog(log)
})

test('an index leaf beside which another map root is stored is found', async () => {
  const { log, settings, size } = await signedLog()
  await tamper(settings, `UPDATE Leaf SET bytes = x'00' WHERE leafIndex = ${size - 1}`)
  expect(await isIndexTrue(log, { from: 0, to: size })).toBe(false)
  expect(log.readOnly?.code).toBe('index-differs')
  await closeLog(log)
})
