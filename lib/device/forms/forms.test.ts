import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  correct,
  DONOR,
  HOSPITAL,
  must,
  packedLog,
  receive,
  referenceOf,
  release,
  settle,
  verdictOf,
} from '../../core/custody/acts.fixture.ts'
import { REFERENCE } from '../../core/custody/wander.fixture.ts'
import { checkAct } from '../check.ts'
import type { Act } from '../desk.ts'
import { countables, readAdjustment } from './adjusting.ts'
import { correctables, readCorrection, replaceableFields, replaceableLines } from './correcting.ts'
import { inPacks, readCount, totalsByUnit } from './counts.ts'
import { allThatIsSound, heldGoods, readGoods } from './goods.ts'
import { coarse, readTexts } from './sealing.ts'
import { openDifferences, readSettlement } from './settling.ts'

const ID = referenceOf(CONSIGNMENT)
const parties = [
  { reference: CARRIER.party, isSuspended: false },
  { reference: HOSPITAL.party, isSuspended: true },
]
const because = (story: ReturnType<typeof packedLog>, act: Partial<Act<'consignment'>>) => {
  const whole = { about: 'consignment', id: ID, after: story.head(CONSIGNMENT), ...act } as Act<'consignment'>
  return checkAct({ state: story.consignment(REFERENCE), parties, act: whole, party: DONOR.party })
}

test('a count is a whole number in the digits of any keyboard, and never guessed', () => {
  expect(['472', ' 472 ', '1,200', '1 200', '٤٧٢', '۴۷۲', '0'].map(readCount)).toEqual([
    472, 472, 1200, 1200, 472, 472, 0,
  ])
  for (const text of ['', '-1', '1.5', '1,20', '12 34', '4e2', '0x10', '1234567890123', 'ten'])
    expect(readCount(text), text).toBeUndefined()
  fc.assert(fc.property(fc.nat(999_999_999), count => readCount(String(count)) === count))
})

test('packs are shown beside the count and add up to it', () => {
  expect(inPacks({ quantity: 474, packSize: 50 })).toEqual({ packs: 9, rest: 24 })
  expect(inPacks({ quantity: 474, packSize: undefined })).toBeUndefined()
  expect(inPacks({ quantity: 474, packSize: 1 })).toBeUndefined()
})

test('a button sums what is signed for by unit and never over units', () => {
  const parts = [
    { unit: 'box', quantity: 400 },
    { unit: 'piece', quantity: 12 },
    { unit: 'box', quantity: 72 },
    { unit: 'kg', quantity: 0 },
  ] as const
  expect(totalsByUnit(parts)).toEqual([
    { unit: 'box', quantity: 472 },
    { unit: 'piece', quantity: 12 },
  ])
})

test('the truck takes 30 of 100: what is offered cannot be offered again', () => {
  const story = packedLog()
  const [all] = heldGoods(story.consignment(REFERENCE), DONOR.party)
  expect(all).toMatchObject({ held: 100, free: 100 })
  must(story, release(DONOR, CARRIER, [{ quantity: '30' }]))
  const goods = heldGoods(story.consignment(REFERENCE), DONOR.party)
  expect(goods).toMatchObject([{ held: 100, free: 70 }])
  expect(readGoods({ goods, counts: {}, unlessTyped: allThatIsSound }).lines).toEqual([
    { line: '1', condition: 'sound', quantity: '70' },
  ])
  const to = { party: CARRIER.party }
  const of = (count: string) => readGoods({ goods, counts: { '1 sound': count }, unlessTyped: allThatIsSound }).lines
  expect(because(story, { kind: 'release', body: { to, lines: of('70') } })).toBeUndefined()
  expect(because(story, { kind: 'release', body: { to, lines: of('71') } })).toBe('quantity-not-free')
  expect(because(story, { kind: 'release', body: { to, lines: of('0') } })).toBe('lines-empty')
  expect(readGoods({ goods, counts: { '1 sound': 'x' }, unlessTyped: allThatIsSound }).unread).toEqual(['1 sound'])
})

test('a form disables its button with the reason the log would give', () => {
  const story = packedLog()
  const lines = [{ line: '1', condition: 'sound', quantity: '1' }] as const
  const handing = (to: object, values = {}) =>
    because(story, { kind: 'release', body: { to, lines } as Act<'consignment', 'release'>['body'], values })
  expect(handing({ party: CARRIER.party })).toBeUndefined()
  expect(handing({ claim: 'ab'.repeat(32) })).toBeUndefined()
  expect(handing({ party: HOSPITAL.party })).toBe('named-suspended')
  expect(handing({ party: DONOR.party })).toBe('release-self')
  expect(handing({ party: CARRIER.party, via: 'public' })).toBe('sealed-missing')
  expect(handing({ party: CARRIER.party, via: 'public' }, { via: 'Seaway' })).toBeUndefined()
  expect(handing({ party: CARRIER.party }, { via: 'Seaway' })).toBe('sealed-unknown')
  expect(handing({ party: CARRIER.party }, { remark: 'two\nlines' })).toBe('text-malformed')
  expect(because(story, { kind: 'distribute', body: { lines } })).toBe('not-consignee')
  const many = Array.from({ length: 400 }, (_, place) => ({ ...lines[0], line: String(place + 1) }))
  expect(because(story, { kind: 'release', body: { to: { party: CARRIER.party }, lines: many } })).toBe(
    'event-too-large',
  )
})

/** Four of ten are missing between donor and carrier. */
function shortage() {
  const story = packedLog()
  const given = must(story, release(DONOR, CARRIER, [{ quantity: '10' }]))
  const missing = { quantity: '4', reason: 'not-found' }
  must(story, receive(CARRIER, given.hash, [{ received: '6', missing }]))
  return { story, given }
}

test('a difference is settled in parts, and what is not named stays open', () => {
  const { story, given } = shortage()
  const [open] = openDifferences(story.consignment(REFERENCE), DONOR.party)
  expect(openDifferences(story.consignment(REFERENCE), CARRIER.party)).toEqual([])
  if (!open) throw new Error('no difference')
  expect(readSettlement(open, {})).toEqual([])
  expect(readSettlement(open, { '1 sound': { lost: 'x' } })).toBeUndefined()
  const lines = readSettlement(open, { '1 sound': { found: '1', lost: '2' } }) ?? []
  expect(because(story, { kind: 'settle', body: { handoff: given.hash, lines } })).toBeUndefined()
  must(story, settle(DONOR, given.hash, lines))
  expect(openDifferences(story.consignment(REFERENCE), DONOR.party)[0]?.missing).toMatchObject([{ quantity: 1 }])
  expect(because(story, { kind: 'settle', body: { handoff: given.hash, lines } })).toBe('settle-excess')
})

test('a recount signs the difference to what the log says, and only with a reason', () => {
  const story = packedLog()
  const goods = countables(story.consignment(REFERENCE), DONOR.party)
  expect(goods.map(({ condition, held }) => [condition, held])).toEqual([
    ['sound', 100],
    ['damaged', 0],
  ])
  expect(readAdjustment(goods, { '1 sound': { count: '96' } })).toBeUndefined()
  expect(readAdjustment(goods, { '1 sound': { count: '100' } })).toEqual([])
  const broken = { '1 sound': { count: '96', reason: 'recount' }, '1 damaged': { count: '4', reason: 'recount' } }
  const lines = readAdjustment(goods, broken) ?? []
  expect(lines.map(each => each.change)).toEqual(['-4', '4'])
  expect(verdictOf(story.send(story.sign(adjust(DONOR, lines))))).toBe('in effect')
})

test('a correction names only what differs, and one that changes nothing is refused', () => {
  const story = packedLog({ lines: [{ lot: 'A1', expiry: '2028-06' }] })
  const state = story.consignment(REFERENCE)
  const [entry] = correctables(state, DONOR.party)
  if (!entry) throw new Error('nothing to correct')
  expect(correctables(state, CARRIER.party)).toEqual([])
  expect(replaceableFields(entry.acting)).toEqual(['place', 'order', 'waybill', 'remark'])
  const lines = replaceableLines(state, entry.acting)
  const none = readCorrection(lines, { lots: { '1': 'A1' }, expiries: { '1': ' ' } })
  expect(because(story, { kind: 'correct', body: { event: entry.actingHash, ...none } })).toBe('correct-nothing')
  const some = readCorrection(lines, { lots: { '1': 'A2' }, expiries: {} })
  expect(some).toEqual({ lines: [{ id: '1', lot: 'A2' }] })
  expect(because(story, { kind: 'correct', body: { event: entry.actingHash, ...some } })).toBeUndefined()
  must(story, correct(DONOR, entry.actingHash, some))
  expect(correctables(story.consignment(REFERENCE), DONOR.party)).toHaveLength(1)
})

test('texts are sealed without outer blanks, in one spelling, and only where the act has a place for them', () => {
  const typed = { remark: '  two pallets ', vehicle: 'KA 1', place: '', via: 'Cafe\u0301' }
  expect(readTexts('release', typed)).toEqual({ remark: 'two pallets', vehicle: 'KA 1', via: 'Caf\u00e9' })
  expect(readTexts('withdraw', typed)).toEqual({ remark: 'two pallets' })
})

test('a position is signed to a tenth of a degree and never as minus zero', () => {
  expect([51.94, -19.76, -0.04, 179.96].map(coarse)).toEqual(['51.9', '-19.8', '0.0', '180.0'])
})
