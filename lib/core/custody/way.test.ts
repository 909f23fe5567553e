import { expect, test } from '@playwright/test'
import {
  CARRIER,
  CONSIGNMENT,
  DONOR,
  HOSPITAL,
  must,
  openLog,
  pack,
  packedLog,
  receive,
  referenceOf,
  release,
  report,
  subjectOf,
} from './acts.fixture.ts'
import { nonceOf } from './story.fixture.ts'
import { viewOf } from './view.fixture.ts'
import { wayOf } from './way.ts'

const REFERENCE = referenceOf(CONSIGNMENT)
const ROTTERDAM = { country: 'NL', lat: '51.9', lon: '4.5' }
const BEIRA = { country: 'MZ', lat: '-19.8', lon: '34.8' }
const MALAWI = { country: 'MW' }

test('a leg goes from where a giver had the goods to where the taker signed, in the giver’s hands', () => {
  const story = openLog()
  must(story, pack({ place: ROTTERDAM }))
  const first = must(story, release(DONOR, CARRIER, [{ quantity: '100' }], { place: ROTTERDAM }))
  must(story, receive(CARRIER, first.hash, [{ received: '100' }], {}, { place: ROTTERDAM }))
  const second = must(story, release(CARRIER, HOSPITAL, [{ quantity: '100' }], { place: BEIRA }))
  must(story, receive(HOSPITAL, second.hash, [{ received: '100' }], {}, { place: MALAWI }))
  const { stops, legs, unplaced } = wayOf(viewOf(story, REFERENCE))
  expect(stops.map(({ country, lat }) => [country, lat])).toEqual([
    ['NL', 51.9],
    ['MZ', -19.8],
    ['MW', undefined],
  ])
  expect(legs).toEqual([
    { from: 0, to: 1, holders: [CARRIER.party], isOpen: false },
    { from: 1, to: 2, holders: [CARRIER.party], isOpen: false },
  ])
  expect(unplaced).toBe(0)
})

test('records of one coarse spot are one stop', () => {
  const story = openLog()
  must(story, pack({ place: BEIRA }))
  must(story, release(DONOR, CARRIER, [{ quantity: '50' }], { place: BEIRA }))
  must(story, release(DONOR, HOSPITAL, [{ quantity: '50' }], { place: BEIRA }))
  const { stops, legs } = wayOf(viewOf(story, REFERENCE))
  expect(stops).toHaveLength(1)
  expect(stops[0]?.records).toHaveLength(3)
  expect(legs).toEqual([])
})

test('records without a place draw nothing and are counted', () => {
  expect(wayOf(viewOf(packedLog(), REFERENCE))).toEqual({ stops: [], legs: [], unplaced: 1 })
})

test('where a report says that goods went is a stop that nobody signed at', () => {
  const story = openLog()
  must(story, report({ extra: { nonce: nonceOf('told'), to: 'ZM' } }))
  const { stops } = wayOf(viewOf(story, referenceOf(subjectOf(CARRIER, 'told'))))
  expect(stops).toEqual([{ country: 'ZM', records: [], isReported: true }])
})
