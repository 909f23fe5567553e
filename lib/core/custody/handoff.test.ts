import { expect, test } from '@playwright/test'
import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  DONOR,
  HOSPITAL,
  must,
  openLog,
  pack,
  packedLog,
  receive,
  redirect,
  referenceOf,
  refuse,
  release,
  STRANGER,
  settle,
  subjectOf,
  UNKNOWN,
  verdictOf,
  withdraw,
} from './acts.fixture.ts'
import { balanceOf } from './balance.ts'
import { hashOf, nonceOf, OPERATOR, type Story } from './story.fixture.ts'

const REFERENCE = referenceOf(CONSIGNMENT)
const ofDonor = (story: Story) => story.consignment(REFERENCE)
const damaged = (quantity: string) => ({ quantity, reason: 'wet' })
const missing = (quantity: string) => ({ quantity, reason: 'stolen' })
const left = (quantity: string) => ({ quantity, reason: 'no-space' })
/** Donor packed 100 sound (line 1) and 20 (line 2), and released 60 of line 1 to the carrier. */
function released() {
  const story = packedLog({ lines: [{}, { quantity: '20', item: 'Tent' }] })
  const { hash } = must(story, release(DONOR, CARRIER, [{ quantity: '60' }]))
  const act = (...args: Parameters<typeof story.act>) => verdictOf(story.act(...args))
  const held = () =>
    ofDonor(story).holdings.map(({ party, line, condition, quantity }) => {
      const [name] = Object.entries({ donor: DONOR, carrier: CARRIER, hospital: HOSPITAL, stranger: STRANGER }).find(
        ([, each]) => each.party === party,
      ) ?? ['?']
      return `${name} ${line} ${condition} ${quantity}`
    })
  return { story, hash, act, held }
}

// Packing.

test('only the consignor adds lines, and only until the first release', () => {
  const { act } = released()
  const more = { extra: {}, lines: [{ id: '3' }] }
  expect(act(pack(more))).toBe('refused: pack-closed')
  const early = packedLog()
  expect(
    verdictOf(early.act(pack({ ...more, by: CARRIER, subject: CONSIGNMENT, after: early.head(CONSIGNMENT) }))),
  ).toBe('refused: not-consignor')
  const body = { lines: [{ id: '3', item: 'Tent', unit: 'tent', quantity: '1' }] }
  expect(verdictOf(early.act({ ...pack(), body }))).toBe('in effect')
  expect(verdictOf(early.act({ ...pack(), body }))).toBe('refused: line-exists')
  expect(verdictOf(early.act({ ...pack(), body: { ...body, consignee: CARRIER.party } }))).toBe('refused: pack-member')
  expect(verdictOf(early.act({ ...pack(), body: { ...body, nonce: nonceOf('one') } }))).toBe('refused: nonce-place')
})

for (const [what, act, code] of [
  [
    'without its nonce',
    { ...pack(), body: { lines: [{ id: '1', item: 'x', unit: 'kg', quantity: '1' }] } },
    'nonce-place',
  ],
  [
    'under a reference that another party printed',
    { ...pack({ by: CARRIER }), subject: CONSIGNMENT },
    'reference-not-derived',
  ],
  ['with one line id twice', pack({ lines: [{ id: '1' }, { id: '1' }] }), 'line-repeated'],
  ['for a consignee who is not registered', pack({ extra: { consignee: '7K3Q9XMD2TK' } }), 'party-unknown'],
  ['from a donor who is not registered', pack({ lines: [{ donor: { party: '7K3Q9XMD2TK' } }] }), 'party-unknown'],
  ['of goods that arrive damaged from nowhere', pack({ lines: [{ condition: 'damaged' }] }), 'from-line'],
] as const) {
  test(`a packing ${what} is refused`, () => {
    expect(verdictOf(openLog().act(act))).toBe(`refused: ${code}`)
  })
}

test('a consignment begins with a packing, and only once', () => {
  expect(verdictOf(openLog().act(release(DONOR, CARRIER, [{ quantity: '1' }])))).toBe('refused: not-founded')
  expect(verdictOf(openLog().act(release(DONOR, CARRIER, [{ quantity: '1' }], { after: UNKNOWN })))).toBe(
    'refused: unknown-after',
  )
  expect(verdictOf(packedLog().act(pack({ after: '', lines: [{ quantity: '7' }] })))).toBe('refused: founded')
})

test('a signed event recorded once more would move its goods twice, and is refused', () => {
  const { story } = released()
  const signed = story.sign(adjust(DONOR, [{ change: '-5' }]))
  expect(verdictOf(story.send(signed))).toBe('in effect')
  expect(verdictOf(story.send(signed))).toBe('refused: already-recorded')
  must(story, adjust(DONOR, [{ change: '5' }]))
  expect(verdictOf(story.send(signed))).toBe('refused: already-recorded')
})

test('a consignee who is suspended stops no packing, but nothing is released or redirected to it', () => {
  const story = openLog()
  must(story, { by: OPERATOR, subject: `party/${HOSPITAL.party}`, kind: 'suspend', body: { reason: 'misuse' } })
  expect(verdictOf(story.act(pack()))).toBe('in effect')
  expect(verdictOf(story.act(release(DONOR, HOSPITAL, [{ quantity: '1' }])))).toBe('refused: named-suspended')
  must(story, redirect(DONOR, CARRIER))
  expect(verdictOf(story.act(redirect(DONOR, HOSPITAL)))).toBe('refused: named-suspended')
})

// Releasing.

test('nobody releases more than it holds and has not offered, in any condition or line', () => {
  const { act } = released()
  expect(act(release(DONOR, CARRIER, [{ quantity: '41' }]))).toBe('refused: quantity-not-free')
  expect(act(release(DONOR, CARRIER, [{ quantity: '1', condition: 'damaged' }]))).toBe('refused: quantity-not-free')
  expect(act(release(DONOR, CARRIER, [{ quantity: '1', line: '3' }]))).toBe('refused: line-unknown')
  expect(act(release(DONOR, CARRIER, [{ quantity: '20' }, { quantity: '20' }]))).toBe('refused: line-repeated')
  expect(act(release(CARRIER, HOSPITAL, [{ quantity: '1' }]))).toBe('refused: not-holder')
  expect(act(release(DONOR, CARRIER, [{ quantity: '40' }]))).toBe('in effect')
})

test('a release to itself, to nobody known, or with a weak claim key is refused', () => {
  const { story, act } = released()
  expect(act(release(DONOR, DONOR, [{ quantity: '1' }]))).toBe('refused: release-self')
  expect(act(release(DONOR, { party: '7K3Q9XMD2TK' }, [{ quantity: '1' }]))).toBe('refused: party-unknown')
  const weak = story.act(release(DONOR, { claim: hashOf('weak') }, [{ quantity: '1' }]), { sound: false })
  expect(verdictOf(weak)).toBe('refused: key-unsound')
})

test('custody moves only when the taker signs', () => {
  const { story, hash, act, held } = released()
  expect(held()).toEqual(['donor 1 sound 100', 'donor 2 sound 20'])
  expect(act(receive(CARRIER, hash, [{ received: '60' }]))).toBe('in effect')
  expect(held()).toEqual(['donor 1 sound 40', 'donor 2 sound 20', 'carrier 1 sound 60'])
  expect(ofDonor(story).releases[0]).toMatchObject({ status: 'received', taker: CARRIER.party })
})

// Answering.

test('a receipt for more than was released is refused, and one for less too: every unit is accounted for', () => {
  const { hash, act } = released()
  expect(act(receive(CARRIER, hash, [{ received: '61' }]))).toBe('refused: receipt-sum')
  expect(act(receive(CARRIER, hash, [{ received: '59' }]))).toBe('refused: receipt-sum')
  expect(act(receive(CARRIER, hash, [{ received: '50', damaged: damaged('11') }]))).toBe('refused: receipt-sum')
  expect(act(receive(CARRIER, hash, [{ received: '60' }, { line: '2', received: '1' }]))).toBe('refused: line-unknown')
  expect(act(receive(CARRIER, hash, [{ received: '30' }, { received: '30' }]))).toBe('refused: line-repeated')
})

test('a receipt that leaves out a released line is refused', () => {
  const { story } = released()
  const both = must(story, release(DONOR, CARRIER, [{ quantity: '1' }, { line: '2', quantity: '2' }]))
  expect(verdictOf(story.act(receive(CARRIER, both.hash, [{ received: '1' }])))).toBe('refused: receipt-incomplete')
})

test('a release is answered once', () => {
  const { hash, act } = released()
  expect(act(receive(CARRIER, hash, [{ received: '60' }]))).toBe('in effect')
  expect(act(receive(CARRIER, hash, [{ received: '60' }], {}, { at: '2026-03-02T10:00:00+02:00' }))).toBe(
    'refused: release-closed',
  )
  expect(act(refuse(CARRIER, hash))).toBe('refused: release-closed')
  expect(act(withdraw(DONOR, hash))).toBe('refused: release-closed')
  expect(act(withdraw(DONOR, UNKNOWN))).toBe('refused: release-unknown')
  expect(act(receive(CARRIER, UNKNOWN, [{ received: '60' }]))).toBe('refused: release-unknown')
})

test('a release to one party is taken by no other, and not by its giver', () => {
  const { hash, act } = released()
  expect(act(receive(HOSPITAL, hash, [{ received: '60' }]))).toBe('refused: not-taker')
  expect(act(refuse(HOSPITAL, hash))).toBe('refused: not-taker')
  expect(act(receive(DONOR, hash, [{ received: '60' }]))).toBe('refused: release-self')
  expect(act(receive(CARRIER, hash, [{ received: '60' }], { claim: 'ab'.repeat(64) }))).toBe(
    'refused: claim-unexpected',
  )
})

test('only the giver withdraws, and what was withdrawn is free again', () => {
  const { hash, act } = released()
  expect(act(withdraw(CARRIER, hash))).toBe('refused: not-giver')
  expect(act(withdraw(DONOR, hash))).toBe('in effect')
  expect(act(receive(CARRIER, hash, [{ received: '60' }]))).toBe('refused: release-closed')
  expect(act(release(DONOR, CARRIER, [{ quantity: '100' }]))).toBe('in effect')
})

test('what was left or refused is free again with the giver, and no difference', () => {
  const { story, hash, act, held } = released()
  expect(act(receive(CARRIER, hash, [{ received: '50', left: left('10') }]))).toBe('in effect')
  expect(held()).toEqual(['donor 1 sound 50', 'donor 2 sound 20', 'carrier 1 sound 50'])
  const next = must(story, release(CARRIER, HOSPITAL, [{ quantity: '50' }]))
  expect(act(refuse(HOSPITAL, next.hash))).toBe('in effect')
  expect(act(release(CARRIER, HOSPITAL, [{ quantity: '50' }]))).toBe('in effect')
  expect(ofDonor(story).releases.flatMap(each => each.missing)).toEqual([])
})

test('damaged goods go to the taker as damaged and cannot be laundered into sound ones, or damaged twice', () => {
  const { story, hash, act, held } = released()
  expect(act(receive(CARRIER, hash, [{ received: '50', damaged: damaged('10') }]))).toBe('in effect')
  expect(held()).toEqual(['donor 1 sound 40', 'donor 2 sound 20', 'carrier 1 sound 50', 'carrier 1 damaged 10'])
  expect(act(release(CARRIER, HOSPITAL, [{ quantity: '60' }]))).toBe('refused: quantity-not-free')
  const next = must(story, release(CARRIER, HOSPITAL, [{ quantity: '10', condition: 'damaged' }]))
  const broken = { condition: 'damaged' as const }
  expect(act(receive(HOSPITAL, next.hash, [{ received: '10' }]))).toBe('refused: line-unknown')
  expect(act(receive(HOSPITAL, next.hash, [{ ...broken, received: '5', damaged: damaged('5') }]))).toBe(
    'refused: receipt-damaged',
  )
  expect(act(receive(HOSPITAL, next.hash, [{ ...broken, received: '9', missing: missing('1') }]))).toBe('in effect')
  expect(act(settle(CARRIER, next.hash, [{ ...broken, found: '1' }]))).toBe('in effect')
  expect(held()).toEqual([
    'donor 1 sound 40',
    'donor 2 sound 20',
    'carrier 1 sound 50',
    'hospital 1 damaged 9',
    'carrier 1 damaged 1',
  ])
})

test('a surplus may be of any line, is sound, and is named once for each line', () => {
  const { story, hash, act } = released()
  const extra = (line: string, quantity = '3') => ({ line, quantity, reason: 'extra' })
  const taken = [{ received: '60' }]
  expect(act(receive(CARRIER, hash, taken, { surplus: [extra('9')] }))).toBe('refused: line-unknown')
  expect(act(receive(CARRIER, hash, taken, { surplus: [extra('2'), extra('2')] }))).toBe('refused: line-repeated')
  expect(act(receive(CARRIER, hash, taken, { surplus: [extra('2', '999999999999')] }))).toBe('refused: total-overflow')
  expect(act(receive(CARRIER, hash, taken, { surplus: [extra('1'), extra('2')] }))).toBe('in effect')
  expect(balanceOf(ofDonor(story)).get('2')).toMatchObject({ packed: 20, surplus: 3, balanced: true })
})

// Open releases.

test('an open release is taken by whoever bears its claim, and by nobody else', () => {
  const { story, act } = released()
  const { hash } = must(story, release(DONOR, { claim: hashOf('one-time key') }, [{ quantity: '10' }]))
  const claim = { claim: 'cd'.repeat(64) }
  expect(act(receive(STRANGER, hash, [{ received: '10' }]))).toBe('refused: claim-missing')
  expect(act(receive(STRANGER, hash, [{ received: '10' }], claim), { proven: false })).toBe('refused: claim-wrong')
  expect(act(receive(DONOR, hash, [{ received: '10' }], claim))).toBe('refused: release-self')
  expect(act(receive(STRANGER, hash, [{ received: '10' }], claim))).toBe('in effect')
  expect(act(receive(CARRIER, hash, [{ received: '10' }], claim))).toBe('refused: release-closed')
  expect(ofDonor(story).standing.has(STRANGER.party)).toBe(true)
})

test('the same consignment of another party is another consignment', () => {
  expect(subjectOf(DONOR, 'one')).not.toBe(subjectOf(CARRIER, 'one'))
})
