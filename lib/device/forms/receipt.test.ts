import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import {
  CARRIER,
  CONSIGNMENT,
  DONOR,
  HOSPITAL,
  must,
  packedLog,
  receive,
  referenceOf,
  release,
  verdictOf,
} from '../../core/custody/acts.fixture.ts'
import { REASONS } from '../../core/custody/kinds.ts'
import type { Quantity } from '../../core/custody/state.ts'
import { drawFrom, REFERENCE, wander } from '../../core/custody/wander.fixture.ts'
import { checkAct } from '../check.ts'
import { readCount } from './counts.ts'
import { heldGoods, partKey, readGoods } from './goods.ts'
import {
  accountFor,
  type Counted,
  EMPTY_RECEIPT,
  FATES,
  fatesOf,
  type Receipt,
  readReceipt,
  signedFor,
  tally,
} from './receipt.ts'

const PART = { line: '1', condition: 'sound', quantity: 476 } as const
const ID = referenceOf(CONSIGNMENT)

/** The donor hands the carrier 60 sound blankets of line 1 and 5 tents of line 2. */
function handedOver() {
  const story = packedLog({ lines: [{}, { quantity: '12', item: 'Tent' }, { quantity: '7', item: 'Rope' }] })
  const given = must(
    story,
    release(DONOR, CARRIER, [
      { line: '1', quantity: '60' },
      { line: '2', quantity: '5' },
    ]),
  )
  const state = story.consignment(REFERENCE)
  const released = state.releases.find(each => each.hash === given.hash)
  if (!released) throw new Error('the release is not there')
  return { story, state, release: released }
}

test('a receipt that nobody touches says that everything came', () => {
  const { state, release: given } = handedOver()
  const body = readReceipt({ state, release: given, receipt: EMPTY_RECEIPT })
  expect(body).toEqual({
    release: given.hash,
    lines: [
      { line: '1', condition: 'sound', received: '60' },
      { line: '2', condition: 'sound', received: '5' },
    ],
  })
  expect(body && signedFor(body).taken.map(each => each.quantity)).toEqual([60, 5])
})

test('a receipt form that does not add up cannot be signed, and says by how much', () => {
  const { state, release: given } = handedOver()
  expect(tally(PART, { got: '472' })).toMatchObject({ open: 4, problem: 'too-few' })
  expect(tally(PART, { got: '480' })).toMatchObject({ open: -4, problem: 'too-many' })
  for (const got of ['59', '61', '', '6o', '-1', '1.5'])
    expect(
      readReceipt({ state, release: given, receipt: { parts: { '1 sound': { got } }, others: {} } }),
    ).toBeUndefined()
})

test('what is missing, damaged, left or extra has a reason before it can be signed', () => {
  for (const fate of FATES) {
    const share = { count: '4' }
    expect(tally(PART, { got: '472', [fate]: share }).problem).toBe('reason')
    expect(tally(PART, { got: '472', [fate]: { ...share, reason: 'made-up' } }).problem).toBe('reason')
    expect(tally(PART, { got: '472', [fate]: { ...share, reason: REASONS[fate][0] } }).problem).toBeUndefined()
  }
  expect(tally(PART, { got: '480', extra: 'extra' })).toMatchObject({ surplus: 4, open: 0, problem: undefined })
})

test('one tap gives all that is unaccounted for to one fate, a second only what is left', () => {
  const missing = accountFor({ got: '470' }, { released: PART, fate: 'missing' })
  expect(missing.missing).toEqual({ count: '6' })
  const split: Counted = { ...missing, missing: { count: '4', reason: 'not-found' } }
  const both = accountFor(split, { released: PART, fate: 'damaged' })
  expect(both.damaged).toEqual({ count: '2' })
  expect(accountFor({ ...both, got: '469' }, { released: PART, fate: 'missing' }).missing).toEqual({
    count: '5',
    reason: 'not-found',
  })
})

test('what was handed over damaged is neither damaged again nor in excess', () => {
  const part = { ...PART, condition: 'damaged', quantity: 3 } as const
  expect(tally(part, { got: '4', extra: 'extra' }).problem).toBe('damaged-extra')
  expect(tally(part, { got: '3' }).problem).toBeUndefined()
})

test('what is in excess does not explain what is not there', () => {
  const counted = { got: '1', missing: { count: '500', reason: 'stolen' }, extra: 'extra' }
  expect(tally(PART, counted).problem).toBe('too-many')
})

test('goods of a line that was not handed over are received as surplus, with a reason', () => {
  const { story, state, release: given } = handedOver()
  const others = (share: object): Receipt => ({ parts: {}, others: { '3': { count: '2', ...share } } })
  expect(readReceipt({ state, release: given, receipt: others({}) })).toBeUndefined()
  const body = readReceipt({ state, release: given, receipt: others({ reason: 'extra' }) })
  expect(body?.surplus).toEqual([{ line: '3', quantity: '2', reason: 'extra' }])
  const { lines = [], surplus } = body ?? {}
  expect(verdictOf(story.send(story.sign(receive(CARRIER, given.hash, lines, { surplus }))))).toBe('in effect')
})

const typed = fc.oneof(fc.nat(120).map(String), fc.constantFrom('', '١٢', '0', 'x', '1 000'))
const counted = (): fc.Arbitrary<Counted> => {
  const share = (fate: keyof typeof REASONS) =>
    fc.record({ count: typed, reason: fc.constantFrom(...REASONS[fate], 'made-up') }, { requiredKeys: ['count'] })
  return fc.record(
    {
      got: typed,
      extra: fc.constantFrom('extra', 'miscounted', 'made-up'),
      missing: share('missing'),
      damaged: share('damaged'),
      left: share('left'),
    },
    { requiredKeys: [] },
  )
}

/** As a person would mend it: counts no larger than what was handed over, reasons from the list, one tap on what is still open. */
function mended(counted: Counted, released: Quantity): Counted {
  let most = released.quantity
  const small = (text: string | undefined) => {
    const count = (readCount(text ?? '') ?? 0) % (most + 1)
    most -= count
    return String(count)
  }
  const got = small(counted.got)
  const shares = fatesOf(released).map(fate => [fate, { count: small(counted[fate]?.count), reason: REASONS[fate][0] }])
  return accountFor({ got, ...Object.fromEntries(shares) }, { released, fate: 'left' })
}

test('every receipt that the form lets through is one that the log takes, whatever happened before', () => {
  let signed = 0
  const run = fc.property(
    fc.array(fc.nat(1_000_000), { minLength: 40, maxLength: 80 }),
    fc.array(counted(), { minLength: 3, maxLength: 3 }),
    fc.boolean(),
    (random, shares, isMended) => {
      const story = packedLog({ lines: [{}, { quantity: '12', item: 'Tent' }] })
      const draw = drawFrom(random)
      for (let step = 0; step < 6; step++) {
        const { act, facts } = wander(story, draw)
        story.send(story.sign(act), facts)
      }
      const rest = heldGoods(story.consignment(REFERENCE), DONOR.party).filter(part => part.free > 0)
      const lines = readGoods({ goods: rest, counts: {}, unlessTyped: part => part.free }).lines
      if (lines.length > 0) story.send(story.sign(release(DONOR, CARRIER, lines)))
      const state = story.consignment(REFERENCE)
      const after = story.head(CONSIGNMENT)
      for (const given of state.releases.filter(each => each.status === 'open')) {
        const by =
          'party' in given.to ? given.to.party : given.giver === HOSPITAL.party ? CARRIER.party : HOSPITAL.party
        const parts = given.lines.map((part, place) => {
          const made = shares[place % 3] ?? {}
          return [partKey(part), isMended ? mended(made, part) : made]
        })
        const receipt: Receipt = { parts: Object.fromEntries(parts), others: {} }
        const body = readReceipt({ state, release: given, receipt })
        if (!body) continue
        signed++
        const claim = 'claim' in given.to ? { claim: 'cd'.repeat(64) } : {}
        const act = { about: 'consignment', id: ID, kind: 'receive', body: { ...body, ...claim }, after } as const
        expect(checkAct({ state, parties: [], act, party: by })).toBeUndefined()
      }
    },
  )
  fc.assert(run, { numRuns: 150 })
  expect(signed).toBeGreaterThan(50)
})
