import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { type Event, formatEventText, parseEventText } from './event.ts'
import { type About, isSealable, KINDS, REASONS } from './kinds.ts'
import { UNITS } from './quantity.ts'
import { checkCharacter } from './reference.ts'
import { isSignableText } from './text.ts'

const pick = <T>(values: readonly T[]) => fc.constantFrom(...values)
const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map(b => Buffer.from(b).toString('hex'))
const reference = fc
  .array(pick([...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']), { minLength: 10, maxLength: 10 })
  .map(ten => ten.join('') + checkCharacter(ten.join('')))
const text = (most: number) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: most })
    .map(each => (isSignableText(each, most) ? each : 'Zelt 3 × 4 m'))
const pad = (value: number, length = 2) => String(value).padStart(length, '0')
const date = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${pad(y, 4)}-${pad(m)}-${pad(d)}`)
const offset = pick(['+00:00', '+05:45', '-03:30', '+14:00', '-12:00', '-00:30'])
const time = fc
  .tuple(date, fc.nat(23), fc.nat(59), fc.nat(59), offset)
  .map(([day, h, m, s, zone]) => `${day}T${pad(h)}:${pad(m)}:${pad(s)}${zone}`)
const expiry = fc.oneof(
  date,
  date.map(day => day.slice(0, 7)),
)
const quantity = fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 999_999_999_999 })).map(String)
const orZero = fc.oneof(quantity, fc.constant('0'))
const degree = (most: number) =>
  fc.integer({ min: -most * 10, max: most * 10 }).map(tenths => (tenths / 10).toFixed(1).replace(/^-0\.0$/, '0.0'))
const country = pick(['KE', 'SY', 'UA', 'NP'])
const place = fc.oneof(fc.record({ country }), fc.record({ country, lat: degree(90), lon: degree(180) }))
const lineId = fc.integer({ min: 1, max: 9999 }).map(String)
const condition = pick(['sound', 'damaged'] as const)
const named = pick(['public', 'withheld'] as const)
const consignment = reference.map(each => `consignment/${each}`)
const note = fc.uint8Array({ minLength: 1, maxLength: 60 }).map(bytes => Buffer.from(bytes).toString('base64'))
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: 1, maxLength: 3 })
const maybe = <R extends Record<string, fc.Arbitrary<unknown>>, O extends Record<string, fc.Arbitrary<unknown>>>(
  required: R,
  optional: O,
) => fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) as never })
const because = (reasons: readonly string[]) => fc.record({ quantity, reason: pick(reasons) })
const moved = fc.record({ line: lineId, condition, quantity })
const goods = { id: lineId, item: text(200), unit: pick(UNITS), quantity }
const goodsMore = { lot: text(60), expiry, packSize: quantity }
const from = fc.oneof(fc.record({ event: hex(32), line: lineId }), fc.record({ reported: consignment }))
const donor = fc.oneof(fc.record({ party: reference }), fc.record({ named }))
const answered = maybe(
  { line: lineId, condition, received: orZero },
  { damaged: because(REASONS.damaged), missing: because(REASONS.missing), left: because(REASONS.left) },
)
const settled = fc.record({ line: lineId, condition, lost: orZero, found: orZero })
const corrected = maybe({ id: lineId }, { lot: text(60), expiry })

/** Legal bodies of every kind. What a body promises to seal is sealed below. */
const BODIES: Readonly<Record<About, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  log: {
    found: maybe(
      {
        origin: text(200),
        operator: reference,
        publicKey: hex(32),
        mode: pick(['production', 'demo']),
        index: fc.boolean(),
      },
      { previous: note },
    ),
  },
  party: {
    register: fc.record({ nonce: hex(16), type: pick(['organisation', 'person']), named }),
    update: fc.record({ named }),
    suspend: fc.record({ reason: pick(REASONS.suspend) }),
    resume: fc.constant({}),
  },
  key: {
    enrol: maybe(
      {
        party: reference,
        publicKey: hex(32),
        role: pick(['admin', 'member']),
        held: pick(['device', 'server', 'paper']),
        proof: hex(64),
      },
      { until: time },
    ),
    revoke: maybe({ reason: pick(REASONS.revoke) }, { from: fc.nat().map(String) }),
  },
  consignment: {
    pack: maybe(
      { lines: some(maybe(goods, { ...goodsMore, donor, from, condition: fc.constant('damaged') })) },
      { nonce: hex(16), consignee: reference, need: reference.map(each => `need/${each}`) },
    ),
    release: fc.record({
      to: fc.oneof(maybe({ party: reference }, { via: named }), fc.record({ claim: hex(32) })),
      lines: some(moved),
    }),
    receive: maybe(
      { release: hex(32), lines: some(answered) },
      { surplus: some(fc.record({ line: lineId, quantity, reason: pick(REASONS.surplus) })), claim: hex(64) },
    ),
    refuse: maybe({ release: hex(32), reason: pick(REASONS.refuse) }, { claim: hex(64) }),
    withdraw: fc.record({ release: hex(32) }),
    settle: fc.oneof(
      fc.record({ handoff: hex(32), lines: some(settled) }),
      fc.record({ event: hex(32), reason: pick(['restated', 'void']) }),
    ),
    adjust: fc.record({
      lines: some(
        fc.record({
          line: lineId,
          condition,
          change: fc.tuple(pick(['', '-']), quantity).map(each => each.join('')),
          reason: pick(REASONS.adjust),
        }),
      ),
    }),
    'write-off': fc.record({ lines: some(moved), reason: pick(REASONS['write-off']) }),
    distribute: fc.record({ lines: some(moved) }),
    move: fc.record({ to: consignment, lines: some(moved) }),
    redirect: fc.record({ consignee: reference, reason: pick(REASONS.redirect) }),
    restate: fc.record({ note }),
    correct: maybe({ event: hex(32) }, { at: time, place, lines: some(corrected) }),
    report: maybe(
      {},
      {
        nonce: hex(16),
        lines: some(maybe(goods, goodsMore)),
        dates: maybe({}, { ordered: date, scheduled: date, delivered: date, recorded: date }),
        mode: pick(['air', 'air-charter', 'ocean', 'truck']),
        to: country,
      },
    ),
  },
}

const FIELDS = [
  'place',
  'remark',
  'order',
  'waybill',
  'vehicle',
  'vendor',
  'vendor/2',
  'site/17',
  'freight',
  'shipment',
  'weight/9999',
]
const envelope = maybe(
  { origin: text(60), after: fc.oneof(hex(32), fc.constant('')), by: reference, key: hex(16), at: time },
  { place, sealed: fc.subarray(FIELDS) },
)

function promised(
  kind: string,
  body: { to?: { via?: string }; lines?: { id: string; donor?: { named?: string } }[] },
): string[] {
  if (kind === 'register' || kind === 'update') return ['name']
  if (kind === 'release') return body.to?.via === undefined ? [] : ['via']
  return kind === 'pack'
    ? (body.lines ?? []).filter(line => line.donor?.named !== undefined).map(line => `donor/${line.id}`)
    : []
}

function eventOf(about: About, kind: string): fc.Arbitrary<Event> {
  const body = BODIES[about][kind] as fc.Arbitrary<never>
  return fc.tuple(envelope, body, reference, hex(16)).map(([{ sealed: fields = [], ...said }, body, id, key]) => {
    const subject = about === 'log' ? 'log' : about === 'key' ? `key/${key}` : `${about}/${id}`
    const names = [...(fields as string[]).filter(field => isSealable(kind, field)), ...promised(kind, body)]
    const sealed = Object.fromEntries(names.map(field => [field, 'c'.repeat(64)]))
    const named = { about, id: subject.split('/')[1] ?? '', subject, kind, body }
    return { ...said, ...named, ...(names.length > 0 && { sealed }) } as unknown as Event
  })
}

const kinds = Object.entries(KINDS).flatMap(([about, shapes]) =>
  Object.keys(shapes).map(kind => [about as About, kind] as const),
)

test('every kind of the protocol is among those that are tried', () => {
  const tried = Object.entries(BODIES).flatMap(([about, bodies]) => Object.keys(bodies).map(kind => `${about} ${kind}`))
  expect(tried.sort()).toEqual(kinds.map(each => each.join(' ')).sort())
})

for (const [about, kind] of kinds) {
  const event = eventOf(about, kind)

  test(`any legal ${kind} is read back as it was written`, () => {
    fc.assert(
      fc.property(event, each => {
        const read = parseEventText(formatEventText(each))
        return read.ok && JSON.stringify(sorted(read.value)) === JSON.stringify(sorted(each))
      }),
      { numRuns: 60 },
    )
  })

  test(`one changed, added or dropped character of a ${kind} is refused, or is another event in its one spelling`, () => {
    const change = fc.tuple(
      fc.nat(),
      pick(['replace', 'insert', 'drop', 'twice']),
      fc.oneof(pick([...'0aA"{}[],:\\/ \n-é\u202e']), fc.string({ minLength: 1, maxLength: 1, unit: 'binary' })),
    )
    fc.assert(
      fc.property(event, fc.array(change, { minLength: 12, maxLength: 12 }), (each, changes) => {
        const text = formatEventText(each)
        return changes.every(([at, how, character]) => isOneSpelling(mutated(text, at % text.length, how, character)))
      }),
      { numRuns: 60 },
    )
  })
}

function mutated(text: string, at: number, how: string, character: string): string {
  const put = how === 'drop' ? '' : how === 'twice' ? text.charAt(at).repeat(2) : character
  return text.slice(0, at) + put + text.slice(how === 'insert' ? at : at + 1)
}

function isOneSpelling(text: string): boolean {
  const read = parseEventText(text)
  return !read.ok || formatEventText(read.value) === text
}

/** Members in one order, so that two objects compare as text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, sorted(each)]),
  )
}
