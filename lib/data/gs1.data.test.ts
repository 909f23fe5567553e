import { expect, test } from '@playwright/test'
import { type Gs1Path, parseGs1Path } from '../core/custody/gs1.ts'
import { submit } from './append.ts'
import { createDraft, withdrawDraft } from './drafts.ts'
import { clearGs1Key, consignmentsUnder, demonstrationKey, gs1KeyOf, setGs1Key } from './gs1.ts'
import { foundedLog, freshSettings, LiveLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'

const keyOf = (path: string): Gs1Path => {
  const read = parseGs1Path(path)
  if (!read.ok) throw new Error(path)
  return read.value
}
const SSCC = keyOf('00/340123453111111115')
const LOT = keyOf('01/04012345123456/10/A1')

test('a party puts a key on the label of its own draft, in place of the one before, and takes it off', async () => {
  const { log, donor } = await foundedLog()
  const { reference } = await createDraft({ party: donor.party, userId: 'u' }, log)
  const own = { consignment: reference, party: donor.party }
  expect(await setGs1Key({ ...own, key: SSCC }, log)).toMatchObject({ ok: true })
  expect(await setGs1Key({ ...own, key: LOT }, log)).toMatchObject({ ok: true })
  expect(await gs1KeyOf(reference, log)).toEqual(LOT)
  expect(await consignmentsUnder(SSCC.path, log)).toEqual([])
  expect(await consignmentsUnder(LOT.path, log)).toEqual([reference])
  expect(await clearGs1Key(own, log)).toMatchObject({ ok: true })
  expect(await gs1KeyOf(reference, log)).toBeUndefined()
  await closeLog(log)
})

test('nobody puts a key on another party’s label, on one that was withdrawn, or on one that never was', async () => {
  const { log, live, donor, recipient } = await foundedLog()
  const packed = await live.packing(donor, 'tents')
  await submit(packed, log)
  const recorded = packed.subject.slice('consignment/'.length)
  const { reference } = await createDraft({ party: donor.party, userId: 'u' }, log)
  for (const consignment of [recorded, reference, '00000000000'])
    expect(await setGs1Key({ consignment, party: recipient.party, key: SSCC }, log)).toMatchObject({
      code: 'gs1-not-yours',
    })
  expect(await setGs1Key({ consignment: recorded, party: donor.party, key: SSCC }, log)).toMatchObject({ ok: true })
  await withdrawDraft({ reference, party: donor.party }, log)
  expect(await setGs1Key({ consignment: reference, party: donor.party, key: SSCC }, log)).toMatchObject({
    code: 'gs1-not-yours',
  })
  await closeLog(log)
})

test('consignments that share a key are listed, newest first', async () => {
  const { log, donor } = await foundedLog()
  const made: string[] = []
  for (let i = 0; i < 3; i++) {
    const { reference } = await createDraft({ party: donor.party, userId: 'u' }, log)
    await setGs1Key(
      { consignment: reference, party: donor.party, key: LOT },
      { ...log, clock: () => 1_700_000_000_000 + i },
    )
    made.unshift(reference)
  }
  expect(await consignmentsUnder(LOT.path, log)).toEqual(made)
  await closeLog(log)
})

test('keys under the demonstration prefix are made and taken in a demonstration alone', async () => {
  const { log, donor } = await foundedLog()
  const { reference } = await createDraft({ party: donor.party, userId: 'u' }, log)
  expect(await demonstrationKey(reference, log)).toBeUndefined()
  const key = keyOf('00/095212340000000013')
  expect(await setGs1Key({ consignment: reference, party: donor.party, key }, log)).toMatchObject({
    code: 'gs1-demonstration',
  })
  await closeLog(log)
  const demo = new LiveLog(await openLog({ ...freshSettings(), isDemo: true }), 'demo.invalid/labels')
  await demo.found({ mode: 'demo' })
  const giver = await demo.join('donor', 'Nordic Relief')
  const draft = await createDraft({ party: giver.party, userId: 'u' }, demo.log)
  const made = await demonstrationKey(draft.reference, demo.log)
  expect(made?.key).toMatch(/^0952\d{14}$/)
  expect(await demonstrationKey(draft.reference, demo.log)).toEqual(made)
  const own = { consignment: draft.reference, party: giver.party }
  expect(await setGs1Key({ ...own, key: made as Gs1Path }, demo.log)).toMatchObject({ ok: true })
  await closeLog(demo.log)
})
