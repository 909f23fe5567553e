import { expect, test } from '@playwright/test'
import { CARRIER, DONOR, memberOf, must, pack, packedLog, release, UNKNOWN } from './acts.fixture.ts'
import { fresh, on, resume, suspend, update, verdict } from './party-acts.fixture.ts'
import {
  type Act,
  actorOf,
  enrol,
  found,
  hashOf,
  nonceOf,
  OPERATOR,
  RECOVERY,
  register,
  revoke,
  startStory,
} from './story.fixture.ts'

// How a log begins.

test('the first four records are the log, its operator, its first key and its recovery key, and any other order is refused', () => {
  const right = [
    found(),
    register('operator'),
    enrol(OPERATOR, { by: OPERATOR }),
    enrol(RECOVERY, { by: OPERATOR, held: 'paper' }),
  ]
  const wrong: readonly (readonly [number, Act])[] = [
    [1, enrol(OPERATOR, { by: OPERATOR })],
    [1, register('another')],
    [2, enrol(OPERATOR, { by: OPERATOR, held: 'paper' })],
    [2, enrol(OPERATOR, { by: OPERATOR, role: 'member' })],
    [2, enrol(RECOVERY, { by: OPERATOR, held: 'paper' })],
    [2, pack({ by: OPERATOR })],
    [3, enrol(RECOVERY, { by: OPERATOR, held: 'device' })],
    [3, enrol(RECOVERY, { by: OPERATOR, held: 'paper', role: 'member' })],
    [3, register('another')],
    [3, revoke(OPERATOR, OPERATOR)],
  ]
  for (const [place, act] of wrong) {
    const story = startStory()
    for (const each of right.slice(0, place)) must(story, each)
    expect(verdict(story.act(act))).toBe('refused: founding-order')
    expect(verdict(story.act(right[place] as Act))).toBe('in effect')
  }
})

test('nothing is recorded before the log is founded', () => {
  expect(on(startStory()).act(register('operator'))).toBe('refused: log-not-founded')
})

for (const [what, act, code, facts] of [
  ['that names another origin than it is signed for', found({ origin: 'log.example/other' }), 'origin-mismatch', {}],
  ['whose public key is not the one that signs', found({ publicKey: hashOf('other') }), 'key-mismatch', {}],
  ['for an operator who does not sign', found({ operator: DONOR.party }), 'key-mismatch', {}],
  ['by a key of small order', found(), 'key-unsound', { sound: false }],
  ['that claims to follow another record', { ...found(), after: UNKNOWN }, 'unknown-after', {}],
] as const) {
  test(`a founding ${what} is refused`, () => {
    expect(verdict(startStory().act(act, facts))).toBe(`refused: ${code}`)
  })
}

test('a log is founded once', () => {
  expect(on().act({ ...found(), after: '' })).toBe('refused: founded')
})

test('an event signed for another log is refused', () => {
  const { story } = on()
  const signed = story.sign(pack())
  expect(verdict(story.send({ ...signed, event: { ...signed.event, origin: 'log.example/other' } }))).toBe(
    'refused: origin-mismatch',
  )
})

// Parties.

test('only the operator registers, suspends and resumes', () => {
  const { act } = on()
  expect(act(register('new', { by: DONOR }))).toBe('refused: not-operator')
  expect(act(suspend(CARRIER, { by: DONOR }))).toBe('refused: not-operator')
  expect(act(resume(CARRIER, { by: DONOR }))).toBe('refused: not-operator')
})

test('a member’s key of the operator registers nobody', () => {
  const { act, story } = on()
  const member = memberOf(OPERATOR)
  must(story, enrol(member, { by: OPERATOR, role: 'member' }))
  expect(act(register('new', { by: member }))).toBe('refused: key-role')
})

test('a party’s reference that does not follow from the key and the nonce is refused: nobody takes a printed one', () => {
  const body = { nonce: nonceOf('other'), type: 'organisation', named: 'public' }
  expect(on().act({ ...register('new'), body })).toBe('refused: reference-not-derived')
})

test('a party is registered once', () => {
  expect(on().act({ ...register('donor'), after: '' })).toBe('refused: founded')
  expect(on().act(register('donor'))).toBe('refused: founded')
})

test('a party that is not registered cannot be renamed or suspended', () => {
  const nobody = actorOf({ party: '7K3Q9XMD2TK', name: 'nobody' })
  expect(on().act(suspend(nobody))).toBe('refused: not-founded')
  expect(on().act(suspend(nobody, { after: UNKNOWN }))).toBe('refused: unknown-after')
})

test('a party’s own admin renames it, and nobody else: not a member, not the operator', () => {
  const { act } = on()
  expect(act(update(DONOR))).toBe('in effect')
  expect(act(update(memberOf(DONOR)))).toBe('refused: key-role')
  expect(act(update(OPERATOR, DONOR))).toBe('refused: not-party')
  expect(act(update(CARRIER, DONOR))).toBe('refused: not-party')
})

test('what is signed for a party without having seen its newest record is refused, not merged', () => {
  const { act, story } = on()
  const stale = story.head(`party/${DONOR.party}`)
  expect(act(update(DONOR))).toBe('in effect')
  expect(act({ ...update(DONOR), after: stale })).toBe('refused: not-head')
  expect(act({ ...update(DONOR), after: UNKNOWN })).toBe('refused: unknown-after')
})

test('while a party is suspended its keys sign nothing, and what it signed before stays', () => {
  const { act, story } = on(packedLog())
  expect(act(suspend(DONOR))).toBe('in effect')
  for (const by of [DONOR, memberOf(DONOR)])
    expect(act(release(by, CARRIER, [{ quantity: '1' }]))).toBe('refused: party-suspended')
  expect(act(update(DONOR))).toBe('refused: party-suspended')
  expect(act(enrol(fresh(DONOR), { by: DONOR }))).toBe('refused: party-suspended')
  expect(act(resume(DONOR))).toBe('in effect')
  expect(act(release(DONOR, CARRIER, [{ quantity: '1' }]))).toBe('in effect')
  expect(story.world.party(DONOR.party)?.chain).toHaveLength(3)
})

test('a party is suspended once at a time, and resumed only when it is', () => {
  const { act } = on()
  expect(act(resume(DONOR))).toBe('refused: party-active')
  expect(act(suspend(DONOR))).toBe('in effect')
  expect(act(suspend(DONOR))).toBe('refused: already-suspended')
})

test('the operator cannot be suspended, not even by itself', () => {
  expect(on().act(suspend(OPERATOR))).toBe('refused: operator-suspend')
})
