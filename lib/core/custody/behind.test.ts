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
  pack,
  packedLog,
  receive,
  referenceOf,
  release,
  report,
  STRANGER,
  settleEvent,
  subjectOf,
  UNKNOWN,
  verdictOf,
  withdraw,
  writeOff,
} from './acts.fixture.ts'
import { MAX_NOT_IN_EFFECT } from './decide.ts'
import { type Act, type Actor, enrol, hashOf, restate, revoke, type Signed, timeAfter } from './story.fixture.ts'

function packed() {
  const story = packedLog()
  const stale = story.head(CONSIGNMENT)
  const act = (...args: Parameters<typeof story.act>) => verdictOf(story.act(...args))
  const send = (...args: Parameters<typeof story.send>) => verdictOf(story.send(...args))
  const state = () => story.consignment(referenceOf(CONSIGNMENT))
  return { story, stale, act, send, state }
}
let clock = 0
/** An act signed without having seen what came since. */
const offline = (act: Act, after: string): Act => ({ ...act, after, at: timeAfter(++clock / 1440) })

test('what an up-to-date signer may not do is refused: it can still be mended', () => {
  const { act } = packed()
  expect(act(release(DONOR, CARRIER, [{ quantity: '101' }]))).toBe('refused: quantity-not-free')
})

test('what was signed without seeing the newest record is kept, named, and moves nothing', () => {
  const { story, stale, act, state } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  const before = state()
  expect(act(offline(release(DONOR, CARRIER, [{ quantity: '50' }]), stale))).toBe('not in effect: quantity-not-free')
  expect(state().holdings).toEqual(before.holdings)
  expect(state().terms).toEqual(before.terms)
  expect(state().releases).toEqual([])
  expect(state().chain.at(-1)).toMatchObject({ notInEffect: 'quantity-not-free' })
})

test('what was signed without seeing the newest record is in effect where the rules still allow it', () => {
  const { story, stale, act } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  expect(act(offline(release(DONOR, CARRIER, [{ quantity: '40' }]), stale))).toBe('in effect')
})

test('whoever signs after a record that is not in effect is kept too: nobody could have mended it', () => {
  const { story, stale, act, state } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  must(story, offline(release(DONOR, CARRIER, [{ quantity: '50' }]), stale))
  const dead = state().chain.at(-1)?.recorded.hash ?? ''
  expect(act(receive(CARRIER, dead, [{ received: '50' }]))).toBe('not in effect: release-unknown')
  expect(act(withdraw(DONOR, dead))).toBe('not in effect: release-unknown')
})

test('a stranger who signs behind the head leaves no trace', () => {
  const { story, stale, act } = packed()
  must(story, writeOff(DONOR, [{ quantity: '1' }]))
  expect(act(offline(receive(STRANGER, UNKNOWN, [{ received: '1' }]), stale))).toBe('refused: no-standing')
  expect(act(offline(pack({ by: STRANGER, subject: CONSIGNMENT }), stale))).toBe('refused: no-standing')
})

test('a receipt with its claim gives a stranger standing, even when the release was withdrawn meanwhile', () => {
  const { story, act } = packed()
  const open = must(story, release(DONOR, { claim: hashOf('seed') }, [{ quantity: '9' }]))
  must(story, withdraw(DONOR, open.hash))
  const claim = { claim: 'cd'.repeat(64) }
  const late = offline(receive(STRANGER, open.hash, [{ received: '9' }], claim), open.hash)
  expect(act(late, { proven: false })).toBe('refused: no-standing')
  expect(act(late)).toBe('not in effect: release-closed')
  expect(act(offline(receive(STRANGER, open.hash, [{ received: '9' }], claim), UNKNOWN))).toBe('refused: unknown-after')
})

test('an event that names a record nobody has sent yet waits for it', () => {
  const { story, act, send } = packed()
  const first = story.sign(offline(release(DONOR, CARRIER, [{ quantity: '10' }]), story.head(CONSIGNMENT)))
  const second = story.sign(offline(receive(CARRIER, first.hash, [{ received: '10' }]), first.hash))
  expect(send(second)).toBe('refused: unknown-after')
  expect(send(first)).toBe('in effect')
  expect(send(second)).toBe('in effect')
  expect(act(adjust(CARRIER, [{ change: '1' }], { after: story.head(`party/${DONOR.party}`) }))).toBe(
    'refused: unknown-after',
  )
})

test(`a party’s ${MAX_NOT_IN_EFFECT + 1}th event that is not in effect is refused, another party’s first is not`, () => {
  const { story, stale, act } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  const late = (by: Actor) => act(offline(release(by, CARRIER, [{ quantity: '50' }]), stale))
  for (let i = 0; i < MAX_NOT_IN_EFFECT; i++) expect(late(DONOR)).toBe('not in effect: quantity-not-free')
  expect(late(DONOR)).toBe('refused: too-many-not-in-effect')
  expect(late(HOSPITAL)).toBe('not in effect: not-holder')
  expect(act(offline(adjust(DONOR, [{ change: '-1' }]), stale))).toBe('in effect')
})

test('an event that is not in effect is closed once, by a holder, the consignee or the consignor', () => {
  const { story, stale, act, state } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  must(story, offline(release(DONOR, CARRIER, [{ quantity: '50' }]), stale))
  const dead = state().chain.at(-1)?.recorded.hash ?? ''
  expect(act(settleEvent(CARRIER, dead))).toBe('not in effect: not-settler')
  must(story, adjust(DONOR, [{ change: '1' }]))
  expect(act(settleEvent(CARRIER, dead))).toBe('refused: not-settler')
  expect(act(settleEvent(HOSPITAL, dead))).toBe('in effect')
  expect(act(settleEvent(DONOR, dead))).toBe('refused: settle-target')
  expect(state().chain.find(entry => entry.recorded.hash === dead)).toMatchObject({
    settledBy: story.size - 1,
    notInEffect: 'quantity-not-free',
  })
})

// Restating.

/** A member's release, signed offline and refused because its key was revoked first. */
function refused() {
  const made = packed()
  const { story, stale } = made
  const member = memberOf(DONOR)
  const note = story.sign(offline(release(member, CARRIER, [{ quantity: '50' }]), stale))
  must(story, revoke(member, DONOR))
  expect(verdictOf(story.send(note))).toBe('refused: key-revoked')
  const again = (note: Signed, by = DONOR, more: Partial<Act> = {}, facts: object = {}) =>
    verdictOf(story.act(restate(note, by, more), { restated: note, ...facts }))
  return { ...made, member, note, again }
}

test('what a revoked key signed before its end is restated by an admin, and acts by its own hash', () => {
  const { note, again, act, state } = refused()
  expect(again(note)).toBe('in effect')
  expect(state().releases[0]).toMatchObject({ hash: note.hash, giver: DONOR.party })
  const name = state().chain.at(-1)?.recorded.hash ?? ''
  expect(act(receive(CARRIER, name, [{ received: '50' }]))).toBe('refused: release-unknown')
  expect(act(correct(DONOR, name, { at: timeAfter(2) }))).toBe('refused: correct-target')
  expect(act(receive(CARRIER, note.hash, [{ received: '50' }], {}, { after: note.hash }))).toBe('in effect')
})

test('a note is restated once, and not when it was recorded itself', () => {
  const { note, again, story } = refused()
  const own = must(story, adjust(DONOR, [{ change: '-1' }]))
  expect(again(note)).toBe('in effect')
  expect(again(note, DONOR, { at: timeAfter(3) })).toBe('refused: already-recorded')
  expect(again(own)).toBe('refused: already-recorded')
})

test('a restated note behind the head is kept like any other: not in effect, and named', () => {
  const { note, again, story } = refused()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  expect(again(note)).toBe('not in effect: quantity-not-free')
})

test('a restatement signed behind the head is kept, although the note inside had seen the newest record', () => {
  const { story, send } = packed()
  const member = memberOf(DONOR)
  const stale = story.head(CONSIGNMENT)
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  const note = story.sign(offline(release(member, CARRIER, [{ quantity: '50' }]), story.head(CONSIGNMENT)))
  must(story, revoke(member, DONOR))
  const current = story.sign(restate(note, DONOR))
  expect(send(current, { restated: note })).toBe('refused: quantity-not-free')
  expect(verdictOf(story.act(restate(note, DONOR, { after: stale }), { restated: note }))).toBe(
    'not in effect: quantity-not-free',
  )
})

test('only an admin of the same party restates, and only what its party’s key truly signed', () => {
  const { note, again, story } = refused()
  const other = memberOf(DONOR, 'second')
  must(story, enrol(other, { by: DONOR, role: 'member' }))
  expect(again(note, other)).toBe('refused: key-role')
  expect(again(note, CARRIER)).toBe('refused: restate-party')
  expect(again(note, DONOR, {}, { signed: false })).toBe('refused: restate-signature')
  expect(again(note, DONOR, {}, { restated: undefined })).toBe('refused: restate-malformed')
  const foreign = story.sign(pack({ name: 'two', by: memberOf(DONOR) }))
  expect(again(foreign, DONOR, { subject: CONSIGNMENT })).toBe('refused: restate-malformed')
  const unknown = story.sign(
    offline(release(memberOf(DONOR, 'never'), CARRIER, [{ quantity: '1' }]), story.head(CONSIGNMENT)),
  )
  expect(again(unknown)).toBe('refused: restate-party')
})

test('a restatement is not restated, and a recovery key’s note was never good', () => {
  const { note, again, story } = refused()
  const paper = memberOf(DONOR, 'paper')
  must(story, enrol(paper, { by: DONOR, held: 'paper' }))
  const onPaper = story.sign(offline(release(paper, CARRIER, [{ quantity: '1' }]), story.head(CONSIGNMENT)))
  must(story, revoke(paper, DONOR))
  expect(again(onPaper)).toBe('refused: key-paper')
  expect(again(story.sign(restate(note, DONOR)))).toBe('refused: restate-kind')
})

test('what an expired key signed is restated after the 72 hours in which it could have come itself', () => {
  const { story, stale } = packed()
  const short = memberOf(DONOR, 'short')
  const until = timeAfter(1)
  must(story, enrol(short, { by: DONOR, role: 'member', until }))
  const note = story.sign(offline(release(short, CARRIER, [{ quantity: '5' }]), stale))
  const again = () => verdictOf(story.act(restate(note, DONOR), { restated: note }))
  story.now = Date.parse(until) + 3_600_000
  expect(again()).toBe('refused: restate-live')
  story.now = Date.parse(until) + 73 * 3_600_000
  expect(verdictOf(story.send(note))).toBe('refused: key-expired')
  expect(again()).toBe('in effect')
})

test('a founding that was refused is restated and founds', () => {
  const { story } = packed()
  const member = memberOf(CARRIER)
  const note = story.sign(report({ by: member }))
  must(story, revoke(member, CARRIER))
  expect(verdictOf(story.send(note))).toBe('refused: key-revoked')
  expect(verdictOf(story.act(restate(note, CARRIER), { restated: note }))).toBe('in effect')
  expect(story.consignment(referenceOf(subjectOf(CARRIER, 'told')))).toMatchObject({
    mode: 'reported',
    founder: CARRIER.party,
  })
})

// Reports and corrections.

test('a reported history is followed by nothing but reports and corrections of whoever founded it', () => {
  const { story, act } = packed()
  const told = must(story, report())
  const subject = told.event.subject
  const more = (by: Actor, lines: object[]) => ({ by, subject, kind: 'report', body: { lines } })
  const line = { id: '2', item: 'x', unit: 'kg', quantity: '5' }
  expect(act({ ...adjust(CARRIER, [{ change: '1' }]), subject })).toBe('refused: report-only')
  expect(act({ ...adjust(CARRIER, [{ change: '1' }]), subject, after: told.hash })).toBe('refused: report-only')
  expect(act(more(DONOR, [line]))).toBe('refused: not-party')
  expect(act(more(CARRIER, [line]))).toBe('in effect')
  expect(act(more(CARRIER, [line]))).toBe('refused: line-exists')
  expect(act({ ...more(CARRIER, [{ ...line, id: '3' }]), after: told.hash })).toBe('in effect')
  expect(act({ ...adjust(CARRIER, [{ change: '1' }]), subject, after: told.hash })).toBe('refused: report-only')
  expect(act({ ...report(), after: story.head(subject) })).toBe('refused: nonce-place')
  expect(act({ ...report(), subject: CONSIGNMENT, by: DONOR, after: story.head(CONSIGNMENT) })).toBe(
    'refused: not-reported',
  )
  expect(story.consignment(referenceOf(subject))).toMatchObject({ holdings: [], mode: 'reported' })
})

test('a party corrects what its own events show, and nothing that moves goods', () => {
  const { story, act, state } = packed()
  const first = state().chain[0]?.recorded.hash ?? ''
  expect(act(correct(DONOR, first))).toBe('refused: correct-nothing')
  expect(act(correct(DONOR, first, { lines: [{ id: '1' }] }))).toBe('refused: correct-nothing')
  expect(act(correct(DONOR, first, { lines: [{ id: '2', lot: 'B' }] }))).toBe('refused: correct-member')
  expect(
    act(
      correct(DONOR, first, {
        lines: [
          { id: '1', lot: 'B' },
          { id: '1', lot: 'C' },
        ],
      }),
    ),
  ).toBe('refused: line-repeated')
  expect(act(correct(DONOR, first, {}, { sealed: { vehicle: UNKNOWN } }))).toBe('refused: correct-member')
  expect(act(correct(DONOR, first, {}, { sealed: { 'donor/1': UNKNOWN } }))).toBe('refused: correct-member')
  expect(act(correct(CARRIER, first, { at: timeAfter(1) }))).toBe('refused: correct-target')
  expect(act(correct(DONOR, UNKNOWN, { at: timeAfter(1) }))).toBe('refused: correct-target')
  expect(act(correct(DONOR, first, { lines: [{ id: '1', expiry: '2027-06' }] }))).toBe('in effect')
  expect(act(correct(DONOR, state().chain[1]?.recorded.hash ?? '', { at: timeAfter(1) }))).toBe(
    'refused: correct-target',
  )
  const made = must(story, release(DONOR, CARRIER, [{ quantity: '1' }]))
  expect(act(correct(DONOR, made.hash, { lines: [{ id: '1', lot: 'B' }] }))).toBe('refused: correct-member')
  expect(act(correct(DONOR, made.hash, {}, { sealed: { vehicle: UNKNOWN } }))).toBe('in effect')
})

test('an event that is not in effect may be corrected, and stays out of effect', () => {
  const { story, stale, act, state } = packed()
  must(story, writeOff(DONOR, [{ quantity: '60' }]))
  const dead = must(story, offline(release(DONOR, CARRIER, [{ quantity: '50' }]), stale))
  expect(act(correct(DONOR, dead.hash, { at: timeAfter(1) }))).toBe('in effect')
  expect(state().chain.find(entry => entry.recorded.hash === dead.hash)).toMatchObject({
    notInEffect: 'quantity-not-free',
    correctedBy: [story.size - 1],
  })
  expect(act(distribute(HOSPITAL, [{ quantity: '1' }]))).toBe('refused: quantity-not-free')
})
