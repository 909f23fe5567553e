import { gunzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { servedEvidence, servedTile } from './served.ts'
import { tamper } from './tamper.fixture.ts'

test('what someone alters behind the server’s back is served as it lies, kept in memory or not', async () => {
  const { live, log, donor, settings } = await foundedLog()
  const packing = await live.packing(donor, 'kept')
  await submit(packing, log)
  await publish(log)
  const reference = packing.subject.slice('consignment/'.length)
  const [evidence, tile, bundle] = [
    await servedEvidence(reference, {}, log),
    await servedTile('tile/0/000.p/8', {}, log),
    await servedTile('tile/entries/000.p/8', {}, log),
  ]
  await tamper(settings, `UPDATE Leaf SET bytes = x'0102', leafHash = zeroblob(32) WHERE leafIndex = 7`)
  expect(await servedTile('tile/0/000.p/8', {}, log)).not.toEqual(tile)
  expect(await servedTile('tile/entries/000.p/8', {}, log)).not.toEqual(bundle)
  const packed = await servedTile('tile/entries/000.p/8', { isPacked: true }, log)
  expect(new Uint8Array(gunzipSync(packed as Uint8Array)).subarray(-2)).toEqual(Uint8Array.of(1, 2))
  expect(await servedEvidence(reference, {}, log)).not.toEqual(evidence)
  await closeLog(log)
})
