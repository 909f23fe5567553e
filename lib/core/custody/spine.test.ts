import { expect, test } from '@playwright/test'
import {
  CARRIER,
  CONSIGNMENT,
  DONOR,
  distribute,
  HOSPITAL,
  must,
  openLog,
  packedLog,
  receive,
  referenceOf,
  release,
  report,
  subjectOf,
  writeOff,
} from './acts.fixture.ts'
import { spineOf } from './spine.ts'
import { nonceOf, type Story } from './story.fixture.ts'
import { viewOf } from './view.fixture.ts'

const REFERENCE = referenceOf(CONSIGNMENT)
const spine = (story: Story) =>
  spineOf(viewOf(story, REFERENCE)).map(({ name, state, word }) => `${name}: ${state}${word ? `, ${word}` : ''}`)
const hand = (story: Story, from: typeof DONOR, to: typeof DONOR, quantity: string) => {
  const { hash } = must(story, release(from, to, [{ quantity }]))
  must(story, receive(to, hash, [{ received: quantity }]))
}

test('need and pledge are not on the log, and the page says so instead of ticking them off', () => {
  expect(spine(packedLog())).toEqual([
    'needed: unknown, not-recorded',
    'pledged: unknown, not-recorded',
    'dispatched: todo, packed',
    'on-the-way: todo, not-yet',
    'received: todo, not-yet',
  ])
})

test('an offer that nobody took has dispatched nothing', () => {
  const story = packedLog()
  must(story, release(DONOR, CARRIER, [{ quantity: '100' }]))
  expect(spine(story).slice(2)).toEqual([
    'dispatched: open, not-confirmed',
    'on-the-way: todo, not-yet',
    'received: todo, not-yet',
  ])
})

test('what was passed on is on the way, never received, however often', () => {
  const story = packedLog()
  hand(story, DONOR, CARRIER, '100')
  expect(spine(story).slice(2)).toEqual(['dispatched: done', 'on-the-way: now, passed-on', 'received: todo, not-yet'])
  must(story, release(CARRIER, HOSPITAL, [{ quantity: '100' }]))
  expect(spine(story)[4]).toBe('received: open, not-confirmed')
})

test('a part that arrived is a part, with how much of how much', () => {
  const story = packedLog()
  hand(story, DONOR, CARRIER, '100')
  hand(story, CARRIER, HOSPITAL, '60')
  expect(spine(story).slice(3)).toEqual(['on-the-way: now, passed-on', 'received: open, in-part'])
  expect(spineOf(viewOf(story, REFERENCE))[4]?.share).toMatchObject({ got: 60, all: 100 })
  hand(story, CARRIER, HOSPITAL, '40')
  expect(spine(story).slice(3)).toEqual(['on-the-way: done, passed-on', 'received: done'])
})

test('what was lost on the way is missing from what was received', () => {
  const story = packedLog()
  hand(story, DONOR, CARRIER, '100')
  const { hash } = must(story, release(CARRIER, HOSPITAL, [{ quantity: '100' }]))
  must(story, receive(HOSPITAL, hash, [{ received: '96', missing: { quantity: '4', reason: 'not-found' } }]))
  const [, , , , received] = spineOf(viewOf(story, REFERENCE))
  expect(received).toMatchObject({ state: 'done', word: 'not-all', share: { got: 96, all: 100 } })
})

test('handed straight to the recipient, handed out there: received stays received', () => {
  const story = packedLog()
  hand(story, DONOR, HOSPITAL, '100')
  expect(spine(story).slice(2)).toEqual(['dispatched: done', 'on-the-way: done, straight', 'received: done'])
  must(story, distribute(HOSPITAL, [{ quantity: '100' }]))
  expect(spine(story)[4]).toBe('received: done')
})

test('goods that came back, or never left, are not received', () => {
  const back = packedLog()
  hand(back, DONOR, CARRIER, '100')
  hand(back, CARRIER, DONOR, '100')
  expect(spine(back).slice(3)).toEqual(['on-the-way: done, came-back', 'received: open, came-back'])
  const ended = packedLog()
  must(ended, writeOff(DONOR, [{ quantity: '100' }]))
  expect(spine(ended)[4]).toBe('received: todo, ended')
})

test('a report ticks nothing off: its dates stand there as told, and only where it has some', () => {
  const story = openLog()
  must(story, report({ extra: { nonce: nonceOf('told'), dates: { ordered: '2024-02-29', scheduled: '2024-05-01' } } }))
  const told = spineOf(viewOf(story, referenceOf(subjectOf(CARRIER, 'told'))))
  expect(told.map(({ state, word, at }) => [state, word, at])).toEqual([
    ['told', 'reported-order', '2024-02-29'],
    ['unknown', 'not-recorded', undefined],
    ['unknown', 'not-recorded', undefined],
    ['unknown', 'not-recorded', undefined],
    ['told', 'reported-plan', '2024-05-01'],
  ])
})
