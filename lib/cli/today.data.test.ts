import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { submit } from '../data/append.ts'
import { recordedConsignment } from '../data/consignments.ts'
import { type ListingQuery, listConsignments } from '../data/listing.ts'
import { freshSettings } from '../data/live-log.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { openingsFor, withOpenings } from '../data/private-openings.ts'
import { type TodayList, todayOf } from '../data/today.ts'
import { type ChapterName, type ToldStory, tellStory } from './story.ts'

const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

let log: Log
let told: ToldStory

/** A minute passes with every reading of the clock, so that what is older is known. */
let now = Date.parse('2026-11-01T08:00:00Z')
const clock = () => {
  now += 60_000
  return now
}

test.beforeAll(async () => {
  log = await openLog({ ...freshSettings(), isDemo: true, clock })
  const post = ({ note, openings }: { note: string; openings: object }) =>
    submit({ note: utf8Encode(note), openings: openings as never, founding: true }, log)
  told = await tellStory({ origin: 'demo.invalid/today', post, clock, random })
})
test.afterAll(() => closeLog(log))

const referenceOf = (name: ChapterName) => told.consignments.find(each => each.name === name)?.reference as string
const chapterOf = (reference: string) => told.consignments.find(each => each.reference === reference)?.name ?? 'whole'

/** A list in the words of the story. */
const inWords = ({ rows }: TodayList) =>
  rows.map(({ reference, goods, other, due }) => {
    const name = other && ('value' in other.name ? other.name.value : other.name.absent)
    return [chapterOf(reference), goods.quantity, due.kind, name ?? 'nobody'].join(' ')
  })

async function today(party: string) {
  const { sign, waiting, differences, held } = await todayOf(party, log)
  return {
    sign: inWords(sign),
    waiting: inWords(waiting),
    differences: inWords(differences),
    held: inWords(held),
    counts: [sign.count, waiting.count, differences.count],
  }
}

test('the donor waits for a carrier and has a stray record to settle', async () => {
  expect(await today(told.cast.donor.reference)).toEqual({
    sign: [],
    waiting: ['waiting 24 wait Seaway Freight'],
    differences: ['offline 1500 settle-record Northline Transport'],
    held: [],
    counts: [0, 1, 1],
  })
})

test('carrier A waits for the clinic, and still has what was turned away', async () => {
  expect(await today(told.cast.carrierA.reference)).toEqual({
    sign: [],
    waiting: ['via 500 wait Lakeside Clinic'],
    differences: [],
    held: ['refused 1000 release Lakeside Clinic'],
    counts: [0, 1, 0],
  })
})

test('carrier B is asked to sign, and may settle the stray record as it holds the goods', async () => {
  expect(await today(told.cast.carrierB.reference)).toEqual({
    sign: ['waiting 24 receive Harbour Relief'],
    waiting: [],
    differences: ['offline 1500 settle-record Northline Transport'],
    held: ['offline 1500 release Lakeside Clinic', 'split 250 release Lakeside Clinic'],
    counts: [1, 0, 1],
  })
})

test('the clinic is asked to sign, and hands out what it holds', async () => {
  expect(await today(told.cast.clinic.reference)).toEqual({
    sign: ['via 500 receive Northline Transport'],
    waiting: [],
    differences: ['offline 1500 settle-record Northline Transport'],
    held: ['refused 3000 distribute Harbour Relief', 'openRelease 330 distribute Grace Banda'],
    counts: [1, 0, 1],
  })
})

test('the hospital has only to hand out; the person and the operator have nothing to do', async () => {
  const nothing = { sign: [], waiting: [], differences: [], held: [], counts: [0, 0, 0] }
  expect(await today(told.cast.hospital.reference)).toEqual({
    ...nothing,
    held: [
      'relay 2400 distribute Harbour Relief',
      'partLoad 476 distribute Harbour Relief',
      'whole 350 distribute Harbour Relief',
    ],
  })
  expect(await today(told.cast.person.reference)).toEqual(nothing)
  expect(await today(told.cast.operator.reference)).toEqual(nothing)
})

test('what waits says since when, and which record is to be answered', async () => {
  const { reference } = told.cast.carrierB
  const [row] = (await todayOf(reference, log)).sign.rows
  const view = (await recordedConsignment(referenceOf('waiting'), log))?.view
  const [handoff] = view?.handoffs ?? []
  expect(row?.due).toEqual({ kind: 'receive', release: handoff?.release })
  expect(row?.since).toBe(view?.events.find(event => event.index === handoff?.releaseIndex)?.recordedAt)
  const { now: told_, sign } = await todayOf(reference, log)
  expect(told_).toBeGreaterThan(sign.rows[0]?.since ?? Number.POSITIVE_INFINITY)
})

/** Chapters of a listing, in its order. */
async function list(asked: Omit<ListingQuery, 'party'> & { party?: string }) {
  const { rows } = await listConsignments({ party: told.cast.donor.reference, ...asked }, log)
  return rows.map(row => chapterOf(row.reference))
}

test('a party lists what it takes part in, by what it is there; the whole log only when asked', async () => {
  const { donor, hospital, clinic, carrierB, person, operator } = told.cast
  expect(await list({ party: operator.reference })).toEqual([])
  expect(await list({ party: operator.reference, role: 'all' })).toHaveLength(9)
  expect(await list({ party: person.reference })).toEqual(['openRelease'])
  expect(await list({ party: person.reference, role: 'consignor' })).toEqual(['openRelease'])
  expect(await list({ party: hospital.reference, role: 'holder' })).toEqual(['whole', 'partLoad', 'relay'])
  expect(await list({ party: clinic.reference, role: 'consignee' })).toEqual([
    'openRelease',
    'split',
    'refused',
    'offline',
    'via',
  ])
  expect(await list({ party: carrierB.reference, role: 'consignor' })).toEqual([])
  expect((await list({ party: donor.reference, role: 'consignor' })).sort()).toEqual(
    ['offline', 'partLoad', 'refused', 'relay', 'split', 'via', 'waiting', 'whole'].sort(),
  )
})

test('stage and differences narrow the list', async () => {
  expect(await list({ stage: 'waiting' })).toEqual(['waiting', 'via'])
  expect(await list({ stage: 'on-the-way', role: 'all' })).toEqual(['split', 'refused', 'offline'])
  expect(await list({ differs: true })).toEqual(['offline'])
  expect(await list({ differs: true, party: told.cast.hospital.reference })).toEqual([])
  expect(await list({ differs: true, party: told.cast.hospital.reference, role: 'all' })).toEqual(['offline'])
})

test('the oldest that is open stands first when asked for', async () => {
  expect((await list({ sort: 'oldest-open' })).slice(0, 2)).toEqual(['waiting', 'offline'])
  const clinic = { party: told.cast.clinic.reference, sort: 'oldest-open' } as const
  expect((await list(clinic)).slice(0, 2)).toEqual(['via', 'offline'])
})

test('words are found in item, lot and names, in any case; all of them must be there', async () => {
  expect(await list({ query: 'FLEECE' })).toEqual(['partLoad'])
  expect(await list({ query: 'gl-77102' })).toEqual(['refused'])
  expect(await list({ query: 'tablet valley' })).toEqual(['relay'])
  expect(await list({ query: 'fleece wheelchair' })).toEqual([])
  expect(await list({ query: 'seaway' })).toEqual(['split', 'offline', 'waiting', 'partLoad', 'relay'])
  expect(await list({ query: '%' })).toEqual([])
  expect(await list({ query: "' OR 1=1 --" })).toEqual([])
})

test('a reference is found in any spelling, whole or in part, and as a label’s address', async () => {
  const reference = referenceOf('waiting')
  const spellings = [
    reference,
    reference.toLowerCase(),
    `${reference.slice(0, 4)} ${reference.slice(4, 8)}-${reference.slice(8)}`,
    reference.replaceAll('0', 'O').replaceAll('1', 'l'),
    `https://example.org/t/${reference}#k=ABC`,
    `${reference.slice(0, 4)}-${reference.slice(4, 8)}`.toLowerCase(),
  ]
  for (const query of spellings) expect(await list({ query }), query).toEqual(['waiting'])
})

test('a row shows the two halves of the handoff that counts, and who holds the goods', async () => {
  const { rows } = await listConsignments({ party: told.cast.donor.reference }, log)
  const row = (name: ChapterName) => rows.find(each => each.reference === referenceOf(name))
  const named = (value: string) => expect.objectContaining({ name: { value } })
  expect(row('waiting')).toMatchObject({
    stage: 'waiting',
    title: 'Wheelchair, folding, adult',
    quantity: 24,
    handoff: { status: 'open', giver: named('Harbour Relief'), taker: named('Seaway Freight') },
    holders: [named('Harbour Relief')],
    differs: false,
  })
  expect(row('relay')).toMatchObject({ handoff: { status: 'received' }, holders: [named('Valley District Hospital')] })
  expect(row('offline')).toMatchObject({ differs: true })
})

test('a name withheld from the public is shown to those who take part, and to no other party', async () => {
  const find = async (party: string) => {
    const { rows } = await listConsignments({ party, role: 'all', query: 'food paste' }, log)
    return rows[0]?.founder.name
  }
  expect(await find(told.cast.clinic.reference)).toEqual({ value: 'Grace Banda' })
  expect(await find(told.cast.hospital.reference)).toEqual({ absent: 'withheld' })
})

test('remarks, vehicles and numbers open for parties with standing, and for no other', async () => {
  const { donor, hospital, carrierA, clinic, operator } = told.cast
  const reference = referenceOf('relay')
  for (const { reference: party } of [donor, hospital, carrierA]) {
    const openings = await openingsFor({ reference, party }, log)
    const texts = [...(openings?.fields.values() ?? [])].flatMap(fields => Object.entries(fields))
    expect(texts).toContainEqual(['order', 'HR-2217'])
    expect(texts).toContainEqual(['waybill', 'BL ROT 88103'])
    expect(texts).toContainEqual(['vehicle', 'Lorry BT 4471'])
  }
  for (const { reference: party } of [clinic, operator])
    expect(await openingsFor({ reference, party }, log)).toBeUndefined()
  expect(await openingsFor({ reference: '00000000000', party: donor.reference }, log)).toBeUndefined()
})

test('the view of a party with standing names the withheld donor and person; corrections count', async () => {
  const reference = referenceOf('openRelease')
  const found = await recordedConsignment(reference, log)
  const openings = await openingsFor({ reference, party: told.cast.clinic.reference }, log)
  if (!found || !openings) throw new Error('not there')
  expect(found.view.parties).toContainEqual({ reference: told.cast.person.reference, name: { absent: 'withheld' } })
  const opened = withOpenings(found.view, openings)
  expect(opened.parties).toContainEqual({ reference: told.cast.person.reference, name: { value: 'Grace Banda' } })
  expect(opened.lines.map(line => line.donor)).toContainEqual({ name: { value: 'A parish in Blantyre' } })
  const corrected = await openingsFor({ reference: referenceOf('refused'), party: told.cast.clinic.reference }, log)
  const places = [...(corrected?.fields.values() ?? [])].map(fields => fields.place)
  expect(places).toContain('Lakeside Clinic, dispensary')
  expect(places).not.toContain('Lakeside Clinic, dispensry')
})
