import { expect, test } from '@playwright/test'
import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  correct,
  DONOR,
  distribute,
  HOSPITAL,
  must,
  openLog,
  PARTIES,
  pack,
  packedLog,
  receive,
  redirect,
  referenceOf,
  refuse,
  release,
  report,
  STRANGER,
  settle,
  settleEvent,
  UNKNOWN,
  withdraw,
  writeOff,
} from './acts.fixture.ts'
import { parseSubject } from './event.ts'
import { NOTICE_KINDS, noticeId, noticesOf, type Telling, waitingNotices, waitingStep } from './notices.ts'
import { fresh, resume, suspend, update } from './party-acts.fixture.ts'
import type { Subject } from './state.ts'
import { type Act, enrol, OPERATOR, restate, revoke, type Story } from './story.fixture.ts'

const NAMES = new Map(
  [...Object.entries(PARTIES), ['operator', OPERATOR] as const].map(([name, { party }]) => [party, name]),
)
const ALL = { line: '1', quantity: '100' }
const HALF = { line: '1', quantity: '50' }
const told = new Set<string>()

function subjectIn({ world }: Story, subject: string): Subject | undefined {
  const { about, id } = parseSubject(subject) as { about: 'party' | 'key' | 'consignment'; id: string }
  const state = world[about](id)
  return state && ({ about, state } as Subject)
}

/** `party: kind (other)` of everyone whom recording the act tells something, in order of names. */
function tells(story: Story, act: Act, facts: Parameters<Story['act']>[1] = {}): string[] {
  const before = subjectIn(story, act.subject)
  const decision = story.act(act, facts)
  if (decision.outcome === 'refused') throw new Error(`${act.kind}: ${decision.code}: ${decision.detail}`)
  const tellings = noticesOf({ before, after: decision.subject })
  for (const { kind, subject, party } of tellings) {
    told.add(kind)
    expect(subject).toBe(act.subject)
    expect(tellings.filter(each => each.party === party)).toHaveLength(1)
  }
  return spelled(tellings)
}

const spelled = (tellings: readonly Telling[]) =>
  tellings
    .map(
      ({ party, kind, other }) => `${NAMES.get(party)}: ${kind}${other === undefined ? '' : ` (${NAMES.get(other)})`}`,
    )
    .sort()

/** The donor handed the goods to the carrier; gives the release. */
function handed(lines = [ALL], to: Parameters<typeof release>[1] = CARRIER) {
  const story = packedLog()
  return { story, hash: must(story, release(DONOR, to, lines)).hash }
}

/** The carrier has them. */
function carried() {
  const { story, hash } = handed()
  must(story, receive(CARRIER, hash, [{ received: '100' }]))
  return story
}

test('who is to get goods is told when they are packed, and the taker when they are handed over', () => {
  const story = openLog()
  expect(tells(story, pack())).toEqual(['hospital: announced (donor)'])
  const lines = [{ id: '2', item: 'Soap', unit: 'piece', quantity: '5' }]
  expect(tells(story, { by: DONOR, subject: CONSIGNMENT, kind: 'pack', body: { lines } })).toEqual([])
  expect(tells(story, release(DONOR, CARRIER, [HALF]))).toEqual(['carrier: coming (donor)'])
  expect(tells(story, release(DONOR, HOSPITAL, [HALF]))).toEqual(['hospital: coming (donor)'])
})

test('a release to whoever shows its code tells nobody', () => {
  const { story, hash } = handed([HALF], { claim: UNKNOWN })
  expect(tells(packedLog(), release(DONOR, { claim: UNKNOWN }, [HALF]))).toEqual([])
  expect(tells(story, withdraw(DONOR, hash))).toEqual([])
})

test('the giver is told what the taker signed for, and the consignor and the named donor that the goods arrived', () => {
  const { story, hash } = handed()
  expect(tells(story, receive(CARRIER, hash, [{ received: '100' }]))).toEqual(['donor: received (carrier)'])
  const last = must(story, release(CARRIER, HOSPITAL, [ALL])).hash
  expect(tells(story, receive(HOSPITAL, last, [{ received: '100' }]))).toEqual([
    'carrier: received (hospital)',
    'donor: arrived (hospital)',
  ])
  const named = packedLog({ lines: [{ donor: { party: STRANGER.party } }] })
  const direct = must(named, release(DONOR, HOSPITAL, [ALL])).hash
  expect(tells(named, receive(HOSPITAL, direct, [{ received: '100' }]))).toEqual([
    'donor: arrived (hospital)',
    'stranger: arrived (hospital)',
  ])
})

test('every way in which a receipt differs is told to the giver and to the consignor', () => {
  const ways = [
    [{ received: '90', damaged: { quantity: '10', reason: 'wet' } }, {}],
    [{ received: '90', missing: { quantity: '10', reason: 'not-found' } }, {}],
    [{ received: '90', left: { quantity: '10', reason: 'no-space' } }, {}],
    [{ received: '100' }, { surplus: [{ line: '1', quantity: '1', reason: 'extra' }] }],
  ] as const
  for (const [line, extra] of ways) {
    const story = carried()
    const { hash } = must(story, release(CARRIER, HOSPITAL, [ALL]))
    expect(tells(story, receive(HOSPITAL, hash, [line], extra))).toEqual([
      'carrier: differs (hospital)',
      'donor: differs (hospital)',
    ])
  }
})

test('a refusal is told to the giver and the consignor, a withdrawal to the taker', () => {
  const story = carried()
  const { hash } = must(story, release(CARRIER, HOSPITAL, [ALL]))
  expect(tells(story.fork(), refuse(HOSPITAL, hash))).toEqual([
    'carrier: refused (hospital)',
    'donor: refused (hospital)',
  ])
  expect(tells(story, withdraw(CARRIER, hash))).toEqual(['hospital: withdrawn (carrier)'])
})

test('a redirection is told to the old consignee, the new one, whoever holds the goods and whoever is about to take them', () => {
  const story = carried()
  must(story, release(CARRIER, HOSPITAL, [HALF]))
  expect(tells(story.fork(), redirect(DONOR, STRANGER))).toEqual([
    'carrier: redirected (donor)',
    'hospital: redirected (donor)',
    'stranger: redirected-to (donor)',
  ])
  expect(tells(story, redirect(HOSPITAL, STRANGER))).toEqual([
    'carrier: redirected (hospital)',
    'donor: redirected (hospital)',
    'stranger: redirected-to (hospital)',
  ])
})

test('a settled difference is told to the others it concerns', () => {
  const story = carried()
  const { hash } = must(story, release(CARRIER, HOSPITAL, [ALL]))
  must(story, receive(HOSPITAL, hash, [{ received: '90', missing: { quantity: '10', reason: 'not-found' } }]))
  expect(tells(story, settle(DONOR, hash, [{ lost: '10' }]))).toEqual([
    'carrier: settled (donor)',
    'hospital: settled (donor)',
  ])
})

test('a record that is not in effect is told to those who may settle it, and its settling to who signed it', () => {
  const { story, hash } = handed()
  const before = story.head(CONSIGNMENT)
  must(story, withdraw(DONOR, hash))
  const late = receive(CARRIER, hash, [{ received: '100' }], {}, { after: before })
  expect(tells(story, late)).toEqual(['donor: not-in-effect (carrier)', 'hospital: not-in-effect (carrier)'])
  expect(tells(story, settleEvent(DONOR, story.head(CONSIGNMENT)))).toEqual([
    'carrier: settled (donor)',
    'hospital: settled (donor)',
  ])
})

test('goods written off are told to their consignor and named donors', () => {
  const story = carried()
  expect(tells(story, writeOff(CARRIER, [HALF]))).toEqual(['donor: written-off (carrier)'])
})

test('what changes nothing for others tells nobody, and neither does history from elsewhere', () => {
  const story = packedLog()
  const packed = story.head(CONSIGNMENT)
  expect(tells(story, adjust(DONOR, [{ change: '-1' }]))).toEqual([])
  expect(tells(story, writeOff(DONOR, [{ line: '1', quantity: '1' }]))).toEqual([])
  expect(tells(story, correct(DONOR, packed, { at: '2026-03-01T09:00:00+02:00' }))).toEqual([])
  const { hash } = must(story, release(DONOR, HOSPITAL, [HALF]))
  must(story, receive(HOSPITAL, hash, [{ received: '50' }]))
  expect(tells(story, distribute(HOSPITAL, [HALF]))).toEqual([])
  expect(tells(story, report())).toEqual([])
  expect(tells(story, report({ lines: [{ id: '2' }], extra: {} }))).toEqual([])
})

test('every key enrolled or revoked in a party’s name is told to that party, also what it did itself and what the operator did', () => {
  const story = openLog()
  const own = fresh(CARRIER)
  expect(tells(story, enrol(own, { by: CARRIER, role: 'member' }))).toEqual(['carrier: key-enrolled'])
  expect(tells(story, revoke(own, CARRIER))).toEqual(['carrier: key-revoked'])
  expect(tells(story, suspend(CARRIER))).toEqual(['carrier: suspended (operator)'])
  expect(tells(story, revoke(CARRIER, OPERATOR))).toEqual(['carrier: key-revoked (operator)'])
  expect(tells(story, enrol(fresh(CARRIER, 'second')))).toEqual(['carrier: key-enrolled (operator)'])
  expect(tells(story, resume(CARRIER))).toEqual(['carrier: resumed (operator)'])
  expect(tells(story, update(DONOR))).toEqual([])
})

test('a restated act tells what the act inside it does, under the hash that later events name it by', () => {
  const { story, hash } = handed()
  const lost = fresh(CARRIER)
  must(story, enrol(lost, { by: CARRIER, role: 'member' }))
  const refused = story.sign(receive(lost, hash, [{ received: '100' }]))
  must(story, revoke(lost, CARRIER))
  const before = subjectIn(story, CONSIGNMENT)
  const decision = story.act(restate(refused, CARRIER), { restated: refused })
  if (decision.outcome === 'refused') throw new Error(decision.code)
  const [telling] = noticesOf({ before, after: decision.subject })
  expect(telling).toMatchObject({ party: DONOR.party, kind: 'received', event: refused.hash })
})

test('a release that nobody answers is told to both sides after three days and after seven, once each', () => {
  const days = (count: number) => count * 86_400_000
  const steps = [2.9, 3, 6.9, 7, 400].map(count => waitingStep({ since: 5, now: 5 + days(count) }))
  expect(steps).toEqual([undefined, 3, 3, 7, 7])
  const { hash } = handed()
  const open = { consignment: referenceOf(CONSIGNMENT), release: hash, giver: DONOR.party }
  const both = waitingNotices({ ...open, taker: CARRIER.party })
  expect(spelled(both)).toEqual(['carrier: waits (donor)', 'donor: waits (carrier)'])
  expect(spelled(waitingNotices(open))).toEqual(['donor: waits'])
  const ids = [3, 7, 3].map(step => both.map(each => noticeId(each, { step })))
  expect(ids[0]).toEqual(ids[2])
  expect(new Set(ids.flat()).size).toBe(4)
  told.add('waits')
})

test('every kind of notice has a story above', () => {
  expect([...told].sort()).toEqual([...NOTICE_KINDS].sort())
})
