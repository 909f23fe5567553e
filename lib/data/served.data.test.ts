import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { servedEvidence } from './served.ts'

/** A signed consignment whose openings came without its event. */
async function signed() {
  const founded = await foundedLog()
  const { live, log, donor } = founded
  const packing = await live.packing(donor, 'kept')
  await submit({ note: packing.note }, log)
  await publish(log)
  return { ...founded, packing, reference: packing.subject.slice('consignment/'.length) }
}

test('evidence that is kept in memory follows the next checkpoint, and openings that come late', async () => {
  const { live, log, donor, packing, reference } = await signed()
  const first = await servedEvidence(reference, {}, log)
  expect(first.ok).toBe(true)
  expect(await servedEvidence(reference, {}, log)).toEqual(first)
  // The same event from another phone, which has what opens its place.
  expect(await submit(packing, log)).toMatchObject({ outcome: 'repeated' })
  const opened = await servedEvidence(reference, {}, log)
  expect(opened.ok && opened.value.includes('Depot kept')).toBe(true)
  expect(first.ok && first.value.includes('Depot kept')).toBe(false)
  await submit(await live.packing(donor, 'another'), log)
  await publish(log)
  const next = await servedEvidence(reference, {}, log)
  expect(next.ok && opened.ok && next.value !== opened.value).toBe(true)
  expect(await servedEvidence('00000000000', {}, log)).toMatchObject({ code: 'unknown-reference' })
  expect(await servedEvidence(reference, { seen: 10_000 }, log)).toMatchObject({ code: 'seen-ahead' })
  await closeLog(log)
})
