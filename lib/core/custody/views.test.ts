import { expect, test } from '@playwright/test'
import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  correct,
  DONOR,
  distribute,
  HOSPITAL,
  memberOf,
  must,
  packedLog,
  receive,
  redirect,
  referenceOf,
  refuse,
  release,
  report,
  settle,
  settleEvent,
  UNKNOWN,
  withdraw,
  writeOff,
} from './acts.fixture.ts'
import { hashOf, nonceOf, openingOf, restate, revoke, type Story, sealedName, timeAfter } from './story.fixture.ts'
import { viewOf } from './view.fixture.ts'

const REFERENCE = referenceOf(CONSIGNMENT)
const hand = (story: Story, from: typeof DONOR, to: typeof DONOR, quantity: string) => {
  const { hash } = must(story, release(from, to, [{ quantity }]))
  must(story, receive(to, hash, [{ received: quantity }]))
}

test('the first line of the page says where the goods are, by who holds them', () => {
  const story = packedLog()
  const stage = () => viewOf(story, REFERENCE).stage
  expect(stage()).toBe('packed')
  const { hash } = must(story, release(DONOR, CARRIER, [{ quantity: '100' }]))
  expect(stage()).toBe('waiting')
  must(story, receive(CARRIER, hash, [{ received: '100' }]))
  expect(stage()).toBe('on-the-way')
  const back = story.fork()
  hand(back, CARRIER, DONOR, '100')
  expect(viewOf(back, REFERENCE).stage).toBe('returned')
  hand(story, CARRIER, HOSPITAL, '100')
  expect(stage()).toBe('delivered')
  must(story, distribute(HOSPITAL, [{ quantity: '100' }]))
  expect(stage()).toBe('closed')
})

test('goods that are all missing are neither delivered nor closed', () => {
  const story = packedLog()
  const { hash } = must(story, release(DONOR, HOSPITAL, [{ quantity: '100' }]))
  must(story, receive(HOSPITAL, hash, [{ missing: { quantity: '100', reason: 'stolen' } }]))
  expect(viewOf(story, REFERENCE).stage).toBe('on-the-way')
  expect(viewOf(story, REFERENCE).handoffs[0]).toMatchObject({
    status: 'received',
    open: [{ line: '1', condition: 'sound', quantity: 100 }],
  })
  expect(viewOf(story, REFERENCE).handoffs[0]?.reads).toBeUndefined()
  must(story, settle(DONOR, hash, [{ lost: '100' }]))
  expect(viewOf(story, REFERENCE).stage).toBe('closed')
})

test('a receipt reads by who was consignee when it was signed, not by who is now', () => {
  const story = packedLog()
  hand(story, DONOR, CARRIER, '60')
  hand(story, CARRIER, HOSPITAL, '30')
  must(story, redirect(DONOR, CARRIER))
  hand(story, CARRIER, HOSPITAL, '10')
  hand(story, HOSPITAL, CARRIER, '5')
  hand(story, CARRIER, DONOR, '5')
  expect(viewOf(story, REFERENCE).handoffs.map(each => each.reads)).toEqual([
    'passed-on',
    'delivered',
    'passed-on',
    'delivered',
    'returned',
  ])
})

test('a handoff shows every part of its receipt, a refusal everything as left', () => {
  const story = packedLog()
  const part = (quantity: string, reason: string) => ({ quantity, reason })
  const first = must(story, release(DONOR, CARRIER, [{ quantity: '60' }]))
  const parts = { received: '50', damaged: part('4', 'wet'), missing: part('3', 'stolen'), left: part('3', 'no-space') }
  must(story, receive(CARRIER, first.hash, [parts], { surplus: [{ line: '1', quantity: '2', reason: 'extra' }] }))
  const second = must(story, release(DONOR, CARRIER, [{ quantity: '5' }]))
  must(story, refuse(CARRIER, second.hash))
  const third = must(story, release(DONOR, { claim: hashOf('claim') }, [{ quantity: '5' }]))
  must(story, withdraw(DONOR, third.hash))
  const [taken, refused, withdrawn] = viewOf(story, REFERENCE).handoffs
  const one = (quantity: number, condition = 'sound') => [{ line: '1', condition, quantity }]
  expect(taken).toMatchObject({
    took: one(50),
    damaged: one(4, 'damaged'),
    missing: one(3),
    left: one(3),
    surplus: one(2),
    gave: one(60),
  })
  expect(refused).toMatchObject({ status: 'refused', left: one(5), took: [], taker: CARRIER.party })
  expect(withdrawn).toMatchObject({ status: 'withdrawn', left: [] })
  expect(withdrawn?.taker).toBeUndefined()
})

test('a name is shown only from an opening that is public; else the view says that it is withheld or was removed', () => {
  const story = packedLog()
  const sign = (how: 'public' | 'withheld', value: string) => {
    const scope = { subject: CONSIGNMENT, key: DONOR.key, field: 'via', value }
    must(story, release(DONOR, { party: HOSPITAL.party, via: how }, [{ quantity: '1' }], { sealed: sealedName(scope) }))
    return { index: story.size - 1, opening: { via: openingOf(scope) } }
  }
  const shown = sign('public', 'Amal Transport')
  const removed = sign('public', 'Nile Cargo')
  const withheld = sign('withheld', 'A neighbour')
  const openings = new Map([shown, withheld].map(each => [each.index, each.opening]))
  expect(viewOf(story, REFERENCE, openings).handoffs.map(each => each.via)).toEqual([
    { value: 'Amal Transport' },
    { absent: 'removed' },
    { absent: 'withheld' },
  ])
  expect(JSON.stringify(viewOf(story, REFERENCE, openings))).not.toContain('neighbour')
  expect(removed.index).toBeGreaterThan(shown.index)
})

test('a correction shows both: what was signed first and what holds now', () => {
  const story = packedLog({ lines: [{ lot: 'B1' }] })
  const first = story.head(CONSIGNMENT)
  must(story, correct(DONOR, first, { at: timeAfter(1), lines: [{ id: '1', lot: 'B2', expiry: '2027-06' }] }))
  must(story, correct(DONOR, first, { lines: [{ id: '1', lot: 'B3' }] }))
  const view = viewOf(story, REFERENCE)
  expect(view.lines[0]).toMatchObject({ lot: 'B3', expiry: '2027-06', original: { lot: 'B1' } })
  expect(view.events[0]).toMatchObject({
    at: timeAfter(1),
    original: { at: '2026-03-01T10:00:00+02:00' },
    correctedBy: [story.size - 2, story.size - 1],
  })
  expect(view.events[1]).toMatchObject({ kind: 'correct', about: view.events[0]?.index })
})

test('an event not in effect is shown with its reason and with who closed it', () => {
  const story = packedLog()
  const stale = story.head(CONSIGNMENT)
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  const dead = must(story, release(DONOR, CARRIER, [{ quantity: '50' }], { after: stale }))
  expect(viewOf(story, REFERENCE).events[2]).toMatchObject({ hash: dead.hash, notInEffect: 'quantity-not-free' })
  expect(viewOf(story, REFERENCE).handoffs).toEqual([])
  must(story, settleEvent(HOSPITAL, dead.hash))
  expect(viewOf(story, REFERENCE).events[2]).toMatchObject({ settledBy: story.size - 1 })
  expect(viewOf(story, REFERENCE).events[3]).toMatchObject({ kind: 'settle', reason: 'void', about: story.size - 2 })
})

test('a restated event reads as what it did, under the key of who restated it', () => {
  const story = packedLog()
  const member = memberOf(DONOR)
  const note = story.sign(adjust(member, [{ change: '-5' }], { after: story.head(CONSIGNMENT) }))
  must(story, revoke(member, DONOR))
  story.act(restate(note, DONOR), { restated: note })
  expect(viewOf(story, REFERENCE).events[1]).toMatchObject({
    kind: 'restate',
    restates: 'adjust',
    key: DONOR.key,
    quantities: [{ line: '1', condition: 'sound', quantity: -5 }],
  })
})

test('what a key signed since it is doubted says so, what it signed before does not', () => {
  const story = packedLog({ by: memberOf(DONOR), subject: CONSIGNMENT })
  const member = memberOf(DONOR)
  must(story, adjust(member, [{ change: '-1' }]))
  must(story, revoke(member, DONOR, { reason: 'stolen', from: String(story.size - 1) }))
  expect(viewOf(story, REFERENCE).events.map(each => each.keyStolen)).toEqual([false, true])
})

test('a reported history has quantities and dates, no holdings and no balance', () => {
  const story = packedLog()
  const { subject } = must(
    story,
    report({
      extra: { nonce: nonceOf('told'), dates: { ordered: '2024-02-29' }, mode: 'air', to: 'ZM' },
      sealed: { vendor: UNKNOWN },
    }),
  ).event
  const view = viewOf(story, referenceOf(subject))
  expect(view).toMatchObject({
    stage: 'reported',
    mode: 'reported',
    handoffs: [],
    reported: { dates: { ordered: '2024-02-29' }, mode: 'air', to: 'ZM', vendor: { absent: 'removed' } },
  })
  expect(view.lines[0]).toMatchObject({ quantity: 500 })
  expect(view.lines[0]?.balance).toBeUndefined()
})

test('there is no view of what the log does not have', () => {
  const story = packedLog()
  expect(() => viewOf(story, '7K3Q9XMD2TK')).toThrow('no view')
})
