import { expect, test } from '@playwright/test'
import { CARRIER, DONOR, HOSPITAL, openLog, pack, receive, release, UNKNOWN } from './acts.fixture.ts'
import { eventHash, formatEventText, keyName, parseEventText, parseNewerEvent } from './event.ts'
import { type Act, enrol, hashOf, OPERATOR, ORIGIN, register, revoke } from './story.fixture.ts'

const log = openLog()
const textOf = (act: Act) => log.sign({ after: '', ...act }).text
const packed = textOf(pack({ lines: [{ lot: 'B7', expiry: '2028-02-29', packSize: '10' }] }))
const receipt = textOf(receive(HOSPITAL, UNKNOWN, [{ received: '9', missing: { quantity: '1', reason: 'stolen' } }]))
const given = textOf(release(DONOR, CARRIER, [{ quantity: '5' }]))

/** The text with members of its statement changed, or left out where undefined; in canonical JSON but for what is asked. */
function edited(text: string, change: object): string {
  const [header, origin, json] = text.split('\n') as [string, string, string]
  return `${header}\n${origin}\n${canonical({ ...JSON.parse(json), ...change })}\n`
}
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, each]) => each !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(',')}}`
}
type Body = { lines?: object[] }
const bodyOf = (text: string) => JSON.parse(text.split('\n')[2] as string).body as Body
const inBody = (text: string, change: object) => edited(text, { body: { ...bodyOf(text), ...change } })
const inLine = (text: string, change: object) => inBody(text, { lines: [{ ...bodyOf(text).lines?.[0], ...change }] })

const cases: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'event-malformed': [
    ['a fourth line', `${packed}more\n`],
    ['no final newline', packed.slice(0, -1)],
    ['Windows line ends', packed.replaceAll('\n', '\r\n')],
    ['another header', packed.replace('event', 'leaf')],
    ['a header of version 01', packed.replace('/v1\n', '/v01\n')],
    ['a v that differs from its header', edited(packed, { v: '2' })],
    ['no v', edited(packed, { v: undefined })],
    ['an origin with a bidi override', packed.replace(ORIGIN, `log\u202eexample`)],
    ['no origin', packed.replace(ORIGIN, '')],
  ],
  'version-unknown': [['a version of tomorrow', edited(packed, { v: '2' }).replace('/v1\n', '/v2\n')]],
  'kind-unknown': [
    ['a kind of tomorrow', edited(packed, { kind: 'teleport' })],
    ['a kind of another subject', edited(packed, { kind: 'register' })],
    ['a kind called constructor', edited(packed, { kind: 'constructor' })],
  ],
  'json-malformed': [
    ['a statement that is no JSON', packed.replace('{"after"', '{after')],
    ['a lone surrogate', packed.replace('Blanket', '\\ud800lanket')],
    ['a null', inLine(packed, { lot: null })],
  ],
  'json-not-canonical': [
    ['a blank in the statement', packed.replace('","at"', '", "at"')],
    ['a member twice', packed.replace('{"after":""', '{"after":"","after":""')],
    ['a member out of order', packed.replace(/\{"after":"",(.*)\}\n$/, '{$1,"after":""}\n')],
    ['an escaped letter', packed.replace('Blanket', '\\u0042lanket')],
  ],
  'member-unknown': [
    ['an unknown member', edited(packed, { note: 'x' })],
    ['an unknown member in its body', inBody(packed, { remark: 'x' })],
    ['an unknown member in a line', inLine(packed, { colour: 'red' })],
    ['a member called __proto__', packed.replace('{"consignee"', '{"__proto__":{},"consignee"')],
    ['a carrier and a claim at once', inBody(given, { to: { party: CARRIER.party, claim: UNKNOWN } })],
  ],
  'member-missing': [
    ...['after', 'at', 'body', 'by', 'key', 'kind', 'subject'].map(
      member => [`no ${member}`, edited(packed, { [member]: undefined })] as const,
    ),
    ['a line without its unit', inLine(packed, { unit: undefined })],
    ['a release to nobody', inBody(given, { to: {} })],
    ['an empty list of sealed fields', edited(packed, { sealed: {} })],
  ],
  'member-type': [
    ['a number for a quantity', inLine(packed, { quantity: 100 })],
    ['a list for its body', edited(packed, { body: [] })],
    ['an object for its lines', inBody(packed, { lines: {} })],
    ['a list for its statement', `${packed.split('\n').slice(0, 2).join('\n')}\n[]\n`],
    ['a list of sealed fields', edited(packed, { sealed: ['place'] })],
  ],
  'text-malformed': [
    ['an empty item', inLine(packed, { item: '' })],
    ['an item of 201 characters', inLine(packed, { item: 'x'.repeat(201) })],
    ['a lot with a newline', inLine(packed, { lot: 'a\nb' })],
    ['an item with a bidi control', inLine(packed, { item: '\u2067Blanket' })],
    ['an item that is not NFC', inLine(packed, { item: 'Caf\u0065\u0301' })],
  ],
  'subject-malformed': [
    ['a subject of no kind', edited(packed, { subject: 'parcel/7K3Q9XMD2TK' })],
    ['a subject with more behind it', edited(packed, { subject: 'log/1' })],
    ['a subject that is a number', edited(packed, { subject: 1 })],
    ['a key’s subject in upper case', edited(textOf(revoke(CARRIER, DONOR)), { subject: `key/${'AB'.repeat(16)}` })],
  ],
  'reference-malformed': [
    ['a hyphen in a reference', edited(packed, { by: '7K3Q-9XMD-2TK' })],
    ['a lower-case consignee', inBody(packed, { consignee: '7k3q9xmd2tk' })],
  ],
  'reference-check': [
    ['a wrong character in its party', edited(packed, { by: '7K3Q9XMD2TJ' })],
    ['a wrong character in its subject', edited(packed, { subject: 'consignment/7K3Q9XMD2TJ' })],
    ['a wrong character in its consignee', inBody(packed, { consignee: 'K73Q9XMD2TK' })],
  ],
  'hash-malformed': [
    ['an upper-case hash', edited(packed, { after: 'AB'.repeat(32) })],
    ['a hash of 31 bytes', edited(packed, { after: 'ab'.repeat(31) })],
    ['a key of 33 characters', edited(packed, { key: 'a'.repeat(33) })],
    ['a commitment that is none', edited(packed, { sealed: { place: 'x' } })],
    ['a nonce of 15 bytes', inBody(packed, { nonce: 'ab'.repeat(15) })],
  ],
  'note-malformed': [['a quoted note in another base64', edited(packed, { kind: 'restate', body: { note: 'QQ' } })]],
  'time-malformed': [
    ['a time without its offset', edited(packed, { at: '2026-03-01T10:00:00Z' })],
    ['a day that is not in the calendar', edited(packed, { at: '2026-02-29T10:00:00+00:00' })],
    ['an expiry of its key that is no time', inBody(textOf(enrol(CARRIER)), { until: '2027' })],
  ],
  'date-malformed': [
    ['an expiry in February’s thirtieth', inLine(packed, { expiry: '2027-02-30' })],
    ['an expiry spelled as on the box', inLine(packed, { expiry: '06/2027' })],
  ],
  'place-malformed': [
    ['a country by name', edited(packed, { place: { country: 'Kenya' } })],
    ['one coordinate without the other', edited(packed, { place: { country: 'KE', lat: '1.0' } })],
    ['coordinates to the metre', edited(packed, { place: { country: 'KE', lat: '1.00001', lon: '1.0' } })],
    ['a latitude beyond the pole', edited(packed, { place: { country: 'KE', lat: '90.1', lon: '1.0' } })],
    ['minus zero', edited(packed, { place: { country: 'KE', lat: '-0.0', lon: '1.0' } })],
    ['a place with a name', edited(packed, { place: { country: 'KE', name: 'Kisumu' } })],
  ],
  'quantity-malformed': [
    ['a negative quantity', inLine(packed, { quantity: '-1' })],
    ['a quantity of zero', inLine(packed, { quantity: '0' })],
    ['a quantity with a leading zero', inLine(packed, { quantity: '0100' })],
    ['half a blanket', inLine(packed, { quantity: '0.5' })],
    ['a quantity in exponent form', inLine(packed, { quantity: '1e3' })],
    ['a quantity in Arabic digits', inLine(packed, { quantity: '١٠٠' })],
    ['a negative receipt', inLine(receipt, { received: '-1' })],
    ['a leaf index with a sign', inBody(textOf(revoke(CARRIER, DONOR)), { from: '+1' })],
  ],
  'quantity-overflow': [
    ['a quantity of thirteen digits', inLine(packed, { quantity: '1000000000000' })],
    ['a quantity beyond every integer', inLine(packed, { quantity: '9'.repeat(400) })],
  ],
  'unit-unknown': [
    ['a unit that is not on the list', inLine(packed, { unit: 'boxes' })],
    ['a unit called toString', inLine(packed, { unit: 'toString' })],
  ],
  'code-unknown': [
    ['a reason of its own', inLine(receipt, { missing: { quantity: '1', reason: 'the driver, Amal, took it' } })],
    ['a condition in between', inLine(given, { condition: 'so-so' })],
    ['a line packed sound, which goes without saying', inLine(packed, { condition: 'sound' })],
    ['a role of its own', inBody(textOf(enrol(CARRIER)), { role: 'owner' })],
  ],
  'lines-empty': [
    ['no line', inBody(packed, { lines: [] })],
    ['a release of nothing', inBody(given, { lines: [] })],
  ],
  'line-unknown': [
    ['a line called 0', inLine(packed, { id: '0' })],
    ['a line called 01', inLine(given, { line: '01' })],
    ['a line called 10000', inLine(given, { line: '10000' })],
  ],
  'sealed-unknown': [
    ['a sealed field that its kind does not have', edited(packed, { sealed: { vehicle: UNKNOWN } })],
    ['a sealed donor whom no line has', edited(packed, { sealed: { 'donor/1': UNKNOWN } })],
    ['a sealed carrier whom nobody mentioned', edited(given, { sealed: { via: UNKNOWN } })],
    [
      'words typed into the name of a sealed field',
      edited(packed, { kind: 'correct', body: { event: UNKNOWN }, sealed: { 'Amal took it': UNKNOWN } }),
    ],
  ],
  'sealed-missing': [
    ['no sealed name', edited(textOf(register('donor')), { sealed: { remark: UNKNOWN } })],
    ['a donor who is named and not sealed', inLine(packed, { donor: { named: 'public' } })],
    ['a carrier who is named and not sealed', inBody(given, { to: { party: CARRIER.party, via: 'public' } })],
  ],
}

for (const [code, each] of Object.entries(cases)) {
  for (const [what, text] of each) {
    test(`an event with ${what} is refused`, () => {
      expect(parseEventText(text)).toMatchObject({ ok: false, code })
    })
  }
}

test('the unchanged events are accepted: nothing but the change was refused', () => {
  for (const text of [
    packed,
    receipt,
    given,
    textOf(enrol(CARRIER)),
    textOf(revoke(CARRIER, DONOR)),
    textOf(register('donor')),
  ])
    expect(edited(text, {})).toBe(text)
  expect([packed, receipt, given].map(text => parseEventText(text).ok)).toEqual([true, true, true])
})

test('what is newer than this program still says where it stands and who signed it', () => {
  const [[, text]] = cases['kind-unknown'] as [[string, string]]
  expect(parseNewerEvent(text)).toMatchObject({ v: '1', kind: 'teleport', by: DONOR.party, key: DONOR.key, after: '' })
  expect(parseNewerEvent('throughline/event/v2\nx\n{}\n')).toBeUndefined()
  expect(parseNewerEvent('anything')).toBeUndefined()
})

test('an event that could not be read back is never signed', () => {
  const { event } = log.sign(pack())
  expect(() => formatEventText({ ...event, at: 'now' })).toThrow('time-malformed')
})

test('a key is called by the first half of its hash, an event by the hash of its text', () => {
  expect(keyName(Buffer.from(OPERATOR.publicKey, 'hex'))).toBe(OPERATOR.key)
  expect(OPERATOR.key).toHaveLength(32)
  expect(eventHash(packed)).not.toBe(eventHash(`${packed} `))
  expect(eventHash(packed)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashOf('a')).not.toBe(hashOf('b'))
})
