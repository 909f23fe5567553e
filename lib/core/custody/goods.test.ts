import { expect, test } from '@playwright/test'
import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  DONOR,
  distribute,
  HOSPITAL,
  move,
  must,
  openLog,
  type Part,
  pack,
  packedLog,
  receive,
  redirect,
  referenceOf,
  release,
  STRANGER,
  settle,
  settleEvent,
  subjectOf,
  UNKNOWN,
  verdictOf,
  writeOff,
} from './acts.fixture.ts'
import { balanceOf } from './balance.ts'

const MOST = '999999999999'
const TARGET = subjectOf(DONOR, 'two')
/** Donor packed 100 and handed 60 to the carrier, of which 8 are missing; the hospital is the consignee. */
function delivered() {
  const story = packedLog()
  const { hash } = must(story, release(DONOR, CARRIER, [{ quantity: '60' }]))
  must(story, receive(CARRIER, hash, [{ received: '52', missing: { quantity: '8', reason: 'not-found' } }]))
  const act = (...args: Parameters<typeof story.act>) => verdictOf(story.act(...args))
  const balance = () => balanceOf(story.consignment(referenceOf(CONSIGNMENT))).get('1')
  return { story, hash, act, balance }
}

// Differences.

test('a difference is settled by giver or consignor, never for more than is open', () => {
  const { hash, act, balance } = delivered()
  expect(balance()).toMatchObject({ packed: 100, missing: 8, lost: 0, balanced: true })
  expect(act(settle(CARRIER, hash, [{ lost: '1' }]))).toBe('refused: not-settler')
  expect(act(settle(STRANGER, hash, [{ lost: '1' }]))).toBe('refused: not-settler')
  expect(act(settle(DONOR, hash, [{ lost: '5', found: '4' }]))).toBe('refused: settle-excess')
  expect(act(settle(DONOR, hash, [{ lost: '1', condition: 'damaged' }]))).toBe('refused: settle-excess')
  expect(act(settle(DONOR, hash, [{}]))).toBe('refused: quantity-malformed')
  expect(act(settle(DONOR, hash, [{ lost: '1' }, { found: '1' }]))).toBe('refused: line-repeated')
  expect(act(settle(DONOR, hash, [{ line: '2', lost: '1' }]))).toBe('refused: line-unknown')
  expect(act(settle(DONOR, hash, [{ lost: '5', found: '2' }]))).toBe('in effect')
  expect(balance()).toMatchObject({ missing: 1, lost: 5, balanced: true })
  expect(act(settle(DONOR, hash, [{ found: '1' }]))).toBe('in effect')
  expect(balance()).toMatchObject({ missing: 0, lost: 5, balanced: true })
  expect(balance()?.holdings).toContainEqual({ party: DONOR.party, condition: 'sound', quantity: 43 })
})

test('a difference that is settled, or never was, is not settled again', () => {
  const { hash, act } = delivered()
  expect(act(settle(DONOR, hash, [{ lost: '8' }]))).toBe('in effect')
  expect(act(settle(DONOR, hash, [{ lost: '1' }]))).toBe('refused: handoff-unknown')
  expect(act(settle(DONOR, UNKNOWN, [{ lost: '1' }]))).toBe('refused: handoff-unknown')
})

test('an event in effect is settled by nobody', () => {
  const { hash, act } = delivered()
  expect(act(settleEvent(DONOR, hash))).toBe('refused: settle-target')
  expect(act(settleEvent(DONOR, UNKNOWN))).toBe('refused: settle-target')
})

// Counts.

test('a holder sets its own count right, of a line that it holds, and never below what it has offered', () => {
  const { story, act, balance } = delivered()
  expect(act(adjust(HOSPITAL, [{ change: '1' }]))).toBe('refused: not-holder')
  expect(act(adjust(CARRIER, [{ change: '-53' }]))).toBe('refused: quantity-not-free')
  expect(act(adjust(CARRIER, [{ change: '-1' }, { change: '-1' }]))).toBe('refused: line-repeated')
  expect(act(adjust(CARRIER, [{ change: '1', line: '2' }]))).toBe('refused: line-unknown')
  must(story, release(CARRIER, HOSPITAL, [{ quantity: '50' }]))
  expect(act(adjust(CARRIER, [{ change: '-3' }]))).toBe('refused: quantity-not-free')
  expect(act(adjust(CARRIER, [{ change: '-2' }]))).toBe('in effect')
  expect(act(adjust(CARRIER, [{ change: '7' }]))).toBe('in effect')
  expect(balance()).toMatchObject({ packed: 100, adjusted: 5, balanced: true })
})

test('a holder of one line makes nothing out of nothing in a line that it does not hold', () => {
  const story = packedLog({ lines: [{}, { item: 'Tent' }] })
  const { hash } = must(story, release(DONOR, CARRIER, [{ quantity: '1' }]))
  must(story, receive(CARRIER, hash, [{ received: '1' }]))
  expect(verdictOf(story.act(adjust(CARRIER, [{ line: '2', change: '1' }])))).toBe('refused: not-holder')
})

test('no total grows beyond twelve digits, not in two halves either', () => {
  const { act } = delivered()
  expect(act(adjust(CARRIER, [{ change: MOST }]))).toBe('refused: total-overflow')
  const halves: Part[] = [{ change: '600000000000' }, { change: '600000000000', condition: 'damaged' }]
  expect(act(adjust(CARRIER, halves))).toBe('refused: total-overflow')
  expect(act(adjust(CARRIER, [{ change: '999999999899' }]))).toBe('in effect')
  expect(act(adjust(CARRIER, [{ change: '1' }]))).toBe('refused: total-overflow')
})

test('goods leave the chain from a holding that is free, and people are given only what the consignee holds', () => {
  const { story, act, balance } = delivered()
  expect(act(writeOff(HOSPITAL, [{ quantity: '1' }]))).toBe('refused: not-holder')
  expect(act(writeOff(CARRIER, [{ quantity: '53' }]))).toBe('refused: quantity-not-free')
  expect(act(distribute(CARRIER, [{ quantity: '1' }]))).toBe('refused: not-consignee')
  expect(act(distribute(HOSPITAL, [{ quantity: '1' }]))).toBe('refused: quantity-not-free')
  expect(act(writeOff(CARRIER, [{ quantity: '2' }]))).toBe('in effect')
  const { hash } = must(story, release(CARRIER, HOSPITAL, [{ quantity: '50' }]))
  expect(act(writeOff(CARRIER, [{ quantity: '1' }]))).toBe('refused: quantity-not-free')
  must(story, receive(HOSPITAL, hash, [{ received: '50' }]))
  expect(act(distribute(HOSPITAL, [{ quantity: '30' }]))).toBe('in effect')
  expect(balance()).toMatchObject({ writtenOff: 2, distributed: 30, missing: 8, balanced: true })
})

test('consignor and consignee redirect, to somebody else who is registered', () => {
  const { act } = delivered()
  expect(act(redirect(CARRIER, STRANGER))).toBe('refused: not-consignor')
  expect(act(redirect(DONOR, HOSPITAL))).toBe('refused: redirect-same')
  expect(act(redirect(DONOR, { ...STRANGER, party: '7K3Q9XMD2TK' }))).toBe('refused: party-unknown')
  expect(act(redirect(HOSPITAL, STRANGER))).toBe('in effect')
  expect(act(redirect(HOSPITAL, CARRIER))).toBe('refused: not-consignor')
})

// From one consignment to another.

/** The donor moves 40 sound and, of line 1 again, 5 damaged to `TARGET`. */
function moved() {
  const story = packedLog()
  const away = must(story, release(DONOR, CARRIER, [{ quantity: '10' }]))
  must(story, receive(CARRIER, away.hash, [{ received: '5', damaged: { quantity: '5', reason: 'wet' } }]))
  const back = must(story, release(CARRIER, DONOR, [{ quantity: '5', condition: 'damaged' }]))
  must(story, receive(DONOR, back.hash, [{ received: '5', condition: 'damaged' }]))
  const lines: Part[] = [{ quantity: '40' }, { quantity: '5', condition: 'damaged' }]
  const { hash } = must(story, move(DONOR, TARGET, lines))
  const from = { event: hash, line: '1' }
  const packs = (lines: readonly object[], more: object = {}) =>
    verdictOf(story.act(pack({ name: 'two', lines: lines.map(line => ({ from, ...line })), ...more })))
  return { story, hash, from, packs }
}

test('goods move on to another consignment to the unit, sound as sound and damaged as damaged', () => {
  const { story, packs } = moved()
  expect(packs([{ quantity: '40' }, { quantity: '5', condition: 'damaged' }])).toBe('in effect')
  const source = balanceOf(story.consignment(referenceOf(CONSIGNMENT))).get('1')
  expect(source).toMatchObject({ packed: 100, movedOn: 45, balanced: true })
  expect(story.consignment(referenceOf(TARGET)).holdings.map(each => `${each.condition} ${each.quantity}`)).toEqual([
    'sound 40',
    'damaged 5',
  ])
})

test('what is moved stays out of reach while it is offered, and does not move to where it is', () => {
  const { story } = moved()
  expect(verdictOf(story.act(move(DONOR, CONSIGNMENT, [{ quantity: '1' }])))).toBe('refused: move-self')
  expect(verdictOf(story.act(move(DONOR, TARGET, [{ quantity: '51' }])))).toBe('refused: quantity-not-free')
  must(story, release(DONOR, CARRIER, [{ quantity: '50' }]))
  expect(verdictOf(story.act(move(DONOR, TARGET, [{ quantity: '1' }])))).toBe('refused: quantity-not-free')
  expect(verdictOf(story.act(move(HOSPITAL, TARGET, [{ quantity: '1' }])))).toBe('refused: not-holder')
})

test('a moved line is quoted once: not twice in one packing, not again in a later one', () => {
  const { story, packs, from } = moved()
  expect(packs([{ quantity: '40' }, { quantity: '40' }])).toBe('refused: from-quoted')
  expect(packs([{ quantity: '40' }])).toBe('in effect')
  const line = { item: 'Blanket, fleece', unit: 'piece', quantity: '40', from }
  const again = { by: DONOR, subject: TARGET, kind: 'pack', body: { lines: [{ id: '2', ...line }] } }
  expect(verdictOf(story.act(again))).toBe('refused: from-quoted')
})

for (const [what, line] of [
  ['more than was moved', { quantity: '41' }],
  ['less than was moved', { quantity: '39' }],
  ['another item', { quantity: '40', item: 'Blanket, wool' }],
  ['another unit', { quantity: '40', unit: 'pack' }],
  ['as damaged what was moved sound', { quantity: '40', condition: 'damaged' }],
  ['as sound what was moved damaged', { quantity: '5' }],
] as const) {
  test(`a packing that quotes a move for ${what} is refused`, () => {
    expect(moved().packs([line])).toBe('refused: from-line')
  })
}

test('a packing that quotes a line which was not moved is refused', () => {
  const { packs, hash } = moved()
  expect(packs([{ quantity: '40', from: { event: hash, line: '2' } }])).toBe('refused: from-line')
})

test('another party’s move, one to another consignment, or one that never was is not quoted', () => {
  const { story, packs, from } = moved()
  expect(packs([{ quantity: '40' }], { name: 'three' })).toBe('refused: from-target')
  expect(packs([{ quantity: '40' }], { by: CARRIER })).toBe('refused: from-party')
  expect(packs([{ quantity: '40', from: { event: UNKNOWN, line: '1' } }])).toBe('refused: from-unknown')
  const release1 = story.consignment(referenceOf(CONSIGNMENT)).releases[0]?.hash
  expect(packs([{ quantity: '10', from: { ...from, event: release1 } }])).toBe('refused: from-unknown')
})

test('a move that is not in effect is not quoted: its goods never left', () => {
  const story = packedLog()
  const stale = story.head(CONSIGNMENT)
  must(story, move(DONOR, TARGET, [{ quantity: '80' }]))
  const late = story.sign(move(DONOR, TARGET, [{ quantity: '40' }], { after: stale, at: '2026-03-02T10:00:00+02:00' }))
  expect(verdictOf(story.send(late))).toBe('not in effect: quantity-not-free')
  const line = { quantity: '40', from: { event: late.hash, line: '1' } }
  expect(verdictOf(story.act(pack({ name: 'two', lines: [line] })))).toBe('refused: from-unknown')
})

test('a packing may say which reported history it goes on from; no quantity is checked', () => {
  const from = { reported: subjectOf(CARRIER, 'told') }
  expect(verdictOf(openLog().act(pack({ lines: [{ from }] })))).toBe('in effect')
  expect(verdictOf(openLog().act(pack({ lines: [{ from, condition: 'damaged' }] })))).toBe('refused: from-line')
})
