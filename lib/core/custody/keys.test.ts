import { expect, test } from '@playwright/test'
import { CARRIER, DONOR, HOSPITAL, memberOf, openLog, pack, packedLog, UNKNOWN } from './acts.fixture.ts'
import { fresh, on, resume, suspend, update, verdict } from './party-acts.fixture.ts'
import {
  actorOf,
  decideAll,
  enrol,
  OPERATOR,
  RECOVERY,
  recordedOf,
  register,
  revoke,
  timeAfter,
} from './story.fixture.ts'

// Keys.

test('an admin enrols keys for its party, a member does not, another party does not', () => {
  const { act } = on()
  expect(act(enrol(fresh(DONOR), { by: DONOR }))).toBe('in effect')
  expect(act(enrol(fresh(DONOR, 'b'), { by: memberOf(DONOR) }))).toBe('refused: key-role')
  expect(act(enrol(fresh(DONOR, 'c'), { by: CARRIER }))).toBe('refused: not-party')
})

test('the operator enrols no key for a party that has a live admin key', () => {
  expect(on().act(enrol(fresh(DONOR)))).toBe('refused: operator-enrol')
})

test('the operator enrols a key for a party without a live admin key, and the key says so for ever', () => {
  for (const lose of ['revoked', 'expired'] as const) {
    const { act, story } = on()
    const until = timeAfter(1)
    const last = fresh(DONOR, 'last')
    expect(act(enrol(last, { by: DONOR, ...(lose === 'expired' && { until }) }))).toBe('in effect')
    expect(act(revoke(DONOR, last))).toBe('in effect')
    expect(act(enrol(fresh(DONOR)))).toBe('refused: operator-enrol')
    if (lose === 'revoked') expect(act(revoke(last, last))).toBe('in effect')
    story.now += 2 * 86_400_000
    expect(act(enrol(fresh(DONOR)))).toBe('in effect')
    expect(story.world.key(fresh(DONOR).key)).toMatchObject({ byOperator: true, party: DONOR.party })
    expect(story.world.key(last.key)).toMatchObject({ byOperator: false })
  }
})

test('while a party is suspended the operator alone enrols and revokes its keys: the way back after a thief', () => {
  const { act } = on()
  expect(act(revoke(DONOR, OPERATOR))).toBe('refused: operator-revoke')
  expect(act(suspend(DONOR))).toBe('in effect')
  expect(act(enrol(fresh(DONOR)))).toBe('in effect')
  expect(act(revoke(DONOR, OPERATOR, { reason: 'stolen' }))).toBe('in effect')
  expect(act(resume(DONOR))).toBe('in effect')
  expect(act(update(fresh(DONOR)))).toBe('in effect')
})

test('a public key is enrolled once, for one party, for ever: not again, not elsewhere, not after its end', () => {
  const { act } = on()
  const stolen = { ...memberOf(DONOR), party: CARRIER.party }
  expect(act(enrol(stolen, { by: CARRIER, after: '' }))).toBe('refused: founded')
  expect(act(enrol(stolen, { by: CARRIER }))).toBe('refused: key-enrolled')
  expect(act(revoke(memberOf(DONOR), DONOR))).toBe('in effect')
  expect(act(enrol(memberOf(DONOR), { by: DONOR }))).toBe('refused: key-enrolled')
})

for (const [what, act, facts, code] of [
  [
    'under another key’s name',
    { ...enrol(fresh(DONOR), { by: DONOR }), subject: `key/${UNKNOWN.slice(0, 32)}` },
    {},
    'key-mismatch',
  ],
  ['of small order', enrol(fresh(DONOR), { by: DONOR }), { sound: false }, 'key-unsound'],
  ['that did not sign for itself', enrol(fresh(DONOR), { by: DONOR }), { proven: false }, 'key-proof'],
  ['for a party that is not registered', enrol(actorOf({ party: '7K3Q9XMD2TK', name: 'x' })), {}, 'party-unknown'],
] as const) {
  test(`enrolling a key ${what} is refused`, () => {
    expect(verdict(openLog().act(act, facts))).toBe(`refused: ${code}`)
  })
}

test('a key is revoked once, by an admin of its party, from a leaf that exists', () => {
  const { act, story } = on()
  const member = memberOf(DONOR)
  expect(act(revoke(member, memberOf(DONOR)))).toBe('refused: key-role')
  expect(act(revoke(member, CARRIER))).toBe('refused: not-party')
  expect(act(revoke(fresh(DONOR), DONOR))).toBe('refused: not-founded')
  expect(act(revoke(member, DONOR, { reason: 'stolen', from: String(story.size) }))).toBe('refused: from-index')
  expect(act(revoke(member, DONOR, { reason: 'stolen', from: String(story.size - 1) }))).toBe('in effect')
  expect(act(revoke(member, DONOR))).toBe('refused: already-revoked')
})

test('a key that was never enrolled, or is enrolled for another party, speaks for nobody', () => {
  expect(on().act(pack({ by: fresh(DONOR) }))).toBe('refused: key-unknown')
  expect(on().act(pack({ by: { ...DONOR, key: CARRIER.key } }))).toBe('refused: key-party')
})

test('log order alone decides: a revoked key says nothing more, whatever time it claims', () => {
  const { act } = on()
  expect(act(revoke(DONOR, DONOR))).toBe('in effect')
  expect(act(pack({ at: timeAfter(-1) }))).toBe('refused: key-revoked')
  expect(act(pack({ by: memberOf(DONOR), at: timeAfter(-400) }))).toBe('in effect')
})

test('past its limit a key’s event is taken for 72 hours if its claimed time is before it, and not one second longer', () => {
  const { act, story } = on()
  const until = timeAfter(1)
  const limit = Date.parse(until)
  const key = fresh(DONOR)
  expect(act(enrol(key, { by: DONOR, until }))).toBe('in effect')
  const at = (now: number, claimed: string, name: string) => {
    story.now = now
    return act(pack({ by: key, name, at: claimed }))
  }
  expect(at(limit - 1, timeAfter(5), 'a')).toBe('in effect')
  expect(at(limit, until, 'b')).toBe('refused: key-expired')
  expect(at(limit, timeAfter(0), 'c')).toBe('in effect')
  expect(at(limit + 72 * 3_600_000 - 1, timeAfter(0), 'd')).toBe('in effect')
  expect(at(limit + 72 * 3_600_000, timeAfter(0), 'e')).toBe('refused: key-expired')
})

test('a recovery key enrols and revokes for its own party and signs nothing else', () => {
  const { act } = on(packedLog())
  expect(act(pack({ by: RECOVERY }))).toBe('refused: key-paper')
  expect(act(register('new', { by: RECOVERY }))).toBe('refused: key-paper')
  expect(act(enrol(actorOf({ party: HOSPITAL.party, name: 'x' }), { by: RECOVERY }))).toBe('refused: key-paper')
  expect(act(suspend(DONOR))).toBe('in effect')
  expect(act(revoke(DONOR, RECOVERY))).toBe('refused: key-paper')
  expect(act(enrol(fresh(OPERATOR), { by: RECOVERY }))).toBe('in effect')
  expect(act(revoke(OPERATOR, RECOVERY))).toBe('in effect')
  expect(act(register('new'))).toBe('refused: key-revoked')
  expect(act(register('new', { by: fresh(OPERATOR) }))).toBe('in effect')
})

test('a reader of one evidence file, who does not know every key, takes the operator’s enrolment as said', () => {
  const { story } = on()
  const signed = story.sign(enrol(fresh(DONOR)))
  const recorded = recordedOf({ signed, facts: {}, index: story.size, recordedAt: story.now })
  const partial = { ...story.world, keysOf: () => undefined }
  expect(verdict(decideAll({ ...partial, founding: story.world.founding }, recorded))).toBe('in effect')
  expect(verdict(story.send(signed))).toBe('refused: operator-enrol')
})
