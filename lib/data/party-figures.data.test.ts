import { expect, test } from '@playwright/test'
import { TENTS } from '../core/evidence/evidence.fixture.ts'
import { type Actor, nonceOf } from '../core/evidence/story.fixture.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { figuresOf, standsNow } from './party-figures.ts'

const HOUR = 3_600_000
const MAY = Date.parse('2026-05-01T00:00:00Z')
const PLACE = { line: '1', condition: 'sound' }
const LINES = [{ ...PLACE, quantity: '40' }]

/**
 * Five consignments of forty tents, told by hand. One: donor to carrier, whole; 50 hours later to the recipient, four missing. Two: donor to
 * carrier, one damaged; 216 hours later to the recipient, whole. Three: turned away by the carrier, offered again and taken back. Four: waits
 * for the carrier. Five: donor to recipient at once, a tent left behind.
 */
async function toldLog() {
  let now = MAY
  const founded = await foundedLog({ ...freshSettings(), clock: () => now })
  const { live, donor, recipient } = founded
  const carrier = await live.join('carrier', 'Seaway Freight')
  const at = (hours: number) => {
    now = MAY + hours * HOUR
  }
  const pack = async (name: string) => {
    const subject = live.consignment({ actor: donor, name })
    const body = { nonce: nonceOf(name), lines: [TENTS], consignee: recipient.party }
    await live.act({ actor: donor, subject, kind: 'pack', body })
    return subject
  }
  const give = (subject: string, from: Actor, to: Actor, lines: readonly object[] = LINES) =>
    live.act({ actor: from, subject, kind: 'release', body: { to: { party: to.party }, lines } })
  const take = (subject: string, by: Actor, release: string, ...lines: readonly object[]) =>
    live.act({
      actor: by,
      subject,
      kind: 'receive',
      body: { release, lines: lines.map(line => ({ ...PLACE, ...line })) },
    })

  const [one, two, three, four, five] = [
    await pack('one'),
    await pack('two'),
    await pack('three'),
    await pack('four'),
    await pack('five'),
  ]
  at(1)
  await take(one, carrier, await give(one, donor, carrier), { received: '40' })
  at(2)
  const damaged = { quantity: '1', reason: 'wet' }
  await take(two, carrier, await give(two, donor, carrier), { received: '39', damaged })
  at(3)
  const offered = await give(three, donor, carrier)
  const refusal = { release: offered, reason: 'no-space' }
  await live.act({ actor: carrier, subject: three, kind: 'refuse', body: refusal })
  const again = await give(three, donor, carrier)
  await live.act({ actor: donor, subject: three, kind: 'withdraw', body: { release: again } })
  await give(four, donor, carrier)
  const left = { quantity: '1', reason: 'no-space' }
  await take(five, recipient, await give(five, donor, recipient), { received: '39', left })
  at(40)
  const late = await give(one, carrier, recipient)
  at(51)
  await take(one, recipient, late, { received: '36', missing: { quantity: '4', reason: 'not-found' } })
  at(218)
  const broken = { ...PLACE, condition: 'damaged' }
  const rest = [
    { ...PLACE, quantity: '39' },
    { ...broken, quantity: '1' },
  ]
  await take(
    two,
    recipient,
    await give(two, carrier, recipient, rest),
    { received: '39' },
    { ...broken, received: '1' },
  )
  return { ...founded, carrier }
}

test('the figures of a party are those that a person counts from its story', async () => {
  const { log, donor, carrier, recipient } = await toldLog()
  const of = (party: string, since = 0, other?: string) =>
    figuresOf({ party, since, ...(other !== undefined && { other }) }, log)

  expect(await of(donor.party)).toMatchObject({
    given: { received: 3, refused: 1, withdrawn: 1, open: 1, differs: 2 },
    taken: { received: 0, refused: 0, differs: 0 },
    // It packed all that it gave.
    legs: { count: 0 },
  })
  expect((await of(donor.party)).legs).not.toHaveProperty('medianHours')

  const carried = await of(carrier.party)
  expect(carried.given).toMatchObject({ received: 2, differs: 1, open: 0 })
  expect(carried.taken).toEqual({ received: 2, refused: 1, differs: 1 })
  // 50 hours of the one, 216 of the other: half way between them.
  expect(carried.legs).toMatchObject({ count: 2, medianHours: 133 })
  expect(carried.legs.bars.filter(bar => bar.count > 0)).toEqual([
    { from: 2, to: 3, count: 1 },
    { from: 7, to: 14, count: 1 },
  ])

  const received = await of(recipient.party)
  expect(received.taken).toEqual({ received: 3, refused: 0, differs: 2 })
  expect(received.given).toMatchObject({ received: 0, open: 0 })
  await closeLog(log)
})

test('a period counts what was given and answered in it, and two parties only what passed between them', async () => {
  const { log, donor, carrier, recipient } = await toldLog()
  const since = MAY + 30 * HOUR
  expect((await figuresOf({ party: donor.party, since }, log)).given).toMatchObject({ received: 0, open: 0 })
  expect(await figuresOf({ party: carrier.party, since }, log)).toMatchObject({
    given: { received: 2, differs: 1 },
    taken: { received: 0 },
    legs: { count: 2 },
  })
  const between = { party: donor.party, since: 0, other: recipient.party }
  expect((await figuresOf(between, log)).given).toMatchObject({ received: 1, differs: 1, open: 0, refused: 0 })
  expect((await figuresOf({ ...between, other: carrier.party }, log)).given).toMatchObject({
    received: 2,
    differs: 1,
    open: 1,
    refused: 1,
    withdrawn: 1,
  })
  await closeLog(log)
})

test('what a party holds now and what it signed last are told whatever the period', async () => {
  const { log, live, donor, carrier, recipient } = await toldLog()
  const newest = live.size - 1
  expect(await standsNow(recipient.party, log)).toEqual({
    holds: 3,
    last: { leafIndex: newest, recordedAt: MAY + 218 * HOUR },
  })
  // Three and four as a whole, and the tent of five that was left behind.
  expect(await standsNow(donor.party, log)).toMatchObject({ holds: 3, last: { recordedAt: MAY + 3 * HOUR } })
  expect(await standsNow(carrier.party, log)).toMatchObject({ holds: 0, last: { leafIndex: newest - 1 } })
  expect(await standsNow('00000000000', log)).toEqual({ holds: 0 })
  await closeLog(log)
})
