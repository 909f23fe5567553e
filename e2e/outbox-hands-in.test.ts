import { expect } from '@playwright/test'
import { NAMES } from './founded.fixture.ts'
import { checkpointOf, snapshotOf } from './memory.fixture.ts'
import { test } from './people.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'
import { deskOf, handOver, packedFor } from './workspace.fixture.ts'

test('a device whose next record is proven under a smaller list than its last one shows the server what it holds', async ({
  browser,
  own,
}) => {
  const [first, second] = [await packedFor(own), await packedFor(own)]
  const amal = await deskOf(browser, own, 'amal')
  await untilSealed(own.url)
  const snapshot = await snapshotOf(own)
  const held = () =>
    amal.evaluate(
      () =>
        localStorage.getItem(`throughline/held/v1/${location.host}`) ??
        localStorage.getItem(`throughline/pin/v1/${location.host}`),
    )
  await handOver(amal, { id: first.id, to: NAMES.carrierA })
  await untilSealed(own.url)
  const before = await checkpointOf(own.url)
  // The outbox lets go of a record once it has verified it under a signed list, which it keeps.
  await expect.poll(held).toContain(before.note.split('\n')[2])
  await snapshot.restore()
  snapshot.drop()
  expect(await health(own.url)).toMatchObject({ isReady: true })
  await handOver(amal, { id: second.id, to: NAMES.carrierA })
  await expect.poll(async () => (await health(own.url)).isReady).toBe(false)
  expect(await (await fetch(`${own.url}/api/checkpoints/handed-in`)).text()).toBe(before.note)
})
