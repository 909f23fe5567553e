import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { CARRIER, DONOR, HOSPITAL, memberOf, openLog, pack, release, report } from './acts.fixture.ts'
import { type Event, formatEventText, parseEventText } from './event.ts'
import { commitmentOf, isPublicField, type Opening, verifyOpenings } from './sealed.ts'
import { hashOf, ORIGIN, openingOf, register } from './story.fixture.ts'

const opening: Opening = { salt: hashOf('salt'), value: 'Truck 7, driver Amal' }
const log = openLog()
const subject = release(DONOR, CARRIER, []).subject
const sealing = (field: string, by = DONOR): Event =>
  log.sign({
    ...pack({ by }),
    subject,
    sealed: { [field]: commitmentOf({ origin: ORIGIN, subject, key: by.key, field, opening }) },
  }).event
const event = sealing('remark')

test('a commitment is SHA-256 over the scope, the salt and the value, as the protocol spells it', () => {
  const scope = `throughline/sealed/v1\n${ORIGIN}\n${subject}\n${DONOR.key}\nremark\n`
  const bytes = Buffer.concat([Buffer.from(scope), Buffer.from(opening.salt, 'hex'), Buffer.from(opening.value)])
  const expected = createHash('sha256').update(bytes).digest('hex')
  expect(commitmentOf({ origin: ORIGIN, subject, key: DONOR.key, field: 'remark', opening })).toBe(expected)
})

test('an opening that fits what was signed is accepted', () => {
  expect(verifyOpenings(event, { remark: opening })).toEqual({ ok: true, value: { remark: opening } })
  expect(verifyOpenings(event, {}).ok).toBe(true)
})

const moved = (change: Partial<Event>): Event => ({ ...event, ...change }) as Event
for (const [what, to] of [
  ['another field', { ...event, sealed: { place: event.sealed?.remark ?? '' } } as Event],
  ['an event of another key', moved({ key: memberOf(DONOR).key })],
  ['an event of another party’s key', moved({ key: CARRIER.key, by: CARRIER.party })],
  ['another consignment', moved({ subject: pack({ by: CARRIER }).subject })],
  ['another log', moved({ origin: 'log.example/other' })],
] as const) {
  test(`an opening moved to ${what} is refused`, () => {
    const [field] = Object.keys(to.sealed ?? {}) as [string]
    expect(verifyOpenings(to, { [field]: opening })).toMatchObject({ ok: false, code: 'opening-mismatch' })
  })
}

for (const [what, wrong, code] of [
  ['another value', { ...opening, value: 'Truck 8, driver Amal' }, 'opening-mismatch'],
  ['another salt', { ...opening, salt: hashOf('other') }, 'opening-mismatch'],
  [
    'a byte moved from the value to the salt',
    { salt: `${opening.salt}54`, value: 'ruck 7, driver Amal' },
    'hash-malformed',
  ],
  ['a salt of 16 bytes', { ...opening, salt: opening.salt.slice(32) }, 'hash-malformed'],
  ['an upper-case salt', { ...opening, salt: opening.salt.toUpperCase() }, 'hash-malformed'],
  ['an empty value', { ...opening, value: '' }, 'text-malformed'],
  ['a value of 501 characters', { ...opening, value: 'x'.repeat(501) }, 'text-malformed'],
  ['a bidi override in the value', { ...opening, value: 'a\u202eb' }, 'text-malformed'],
] as const) {
  test(`an opening with ${what} is refused`, () => {
    expect(verifyOpenings(event, { remark: wrong })).toMatchObject({ ok: false, code })
  })
}

for (const field of ['order', 'name', '__proto__', 'toString', 'remark ']) {
  test(`an opening for ${field}, which the event does not seal, is refused`, () => {
    const openings = Object.fromEntries([[field, opening]])
    expect(verifyOpenings(event, openings)).toMatchObject({ ok: false, code: 'opening-unknown' })
    expect(verifyOpenings(log.sign(pack()).event, openings)).toMatchObject({ ok: false, code: 'opening-unknown' })
  })
}

test('a commitment with a salt that is no salt is our own bug', () => {
  const bad = { ...opening, salt: 'ab' }
  expect(() => commitmentOf({ origin: ORIGIN, subject, key: DONOR.key, field: 'remark', opening: bad })).toThrow()
})

test('names of places and of organisations that said so are public, remarks and order numbers never', () => {
  const withheld = log.sign({
    ...register('donor'),
    after: '',
    body: { nonce: '00'.repeat(16), type: 'person', named: 'withheld' },
  })
  const named = log.sign({ ...register('donor'), after: '' })
  const via = (how: 'public' | 'withheld') =>
    log.sign({
      ...release(DONOR, { party: HOSPITAL.party, via: how }, [{ quantity: '1' }]),
      sealed: { via: hashOf('v') },
    }).event
  const shown: readonly (readonly [Event, string, boolean])[] = [
    [event, 'place', true],
    [event, 'remark', false],
    [event, 'order', false],
    [event, 'waybill', false],
    [named.event, 'name', true],
    [withheld.event, 'name', false],
    [via('public'), 'via', true],
    [via('withheld'), 'via', false],
    [via('public'), 'vehicle', false],
    [log.sign(report()).event, 'vendor', true],
    [log.sign(report()).event, 'site/12', true],
    [log.sign(report()).event, 'freight', false],
    [log.sign(report()).event, 'shipment', false],
  ]
  for (const [each, field, isPublic] of shown)
    expect([each.kind, field, isPublicField(each, field)]).toEqual([each.kind, field, isPublic])
})

test('the name of one line’s donor is public without that of another', () => {
  const donors = [{ donor: { named: 'public' } }, { donor: { named: 'withheld' } }]
  const sealed = { 'donor/1': hashOf('a'), 'donor/2': hashOf('b') }
  const packed = log.sign({ ...pack({ lines: donors }), sealed }).event
  expect(['donor/1', 'donor/2', 'donor/3', 'donor/'].map(field => isPublicField(packed, field))).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(parseEventText(formatEventText(packed))).toMatchObject({ ok: true })
})

test('a salt keeps equal values from having equal commitments', () => {
  const scope = { origin: ORIGIN, subject, key: DONOR.key, field: 'remark' }
  const one = commitmentOf({ ...scope, opening: openingOf({ field: 'remark', value: 'same' }) })
  const two = commitmentOf({ ...scope, opening: { salt: hashOf('fresh'), value: 'same' } })
  expect(one).not.toBe(two)
})
