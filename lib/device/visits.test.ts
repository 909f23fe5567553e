import { expect, test } from '@playwright/test'
import { readVisits, visitsAfter, writeVisits } from './visits.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

test('a first visit has nothing to be compared with', () => {
  expect(visitsAfter(undefined, { at: DAY, newest: 7 })).toEqual({
    visits: { now: { at: DAY, newest: 7 } },
    since: undefined,
  })
})

test('a later visit is compared with the one before it, and still is when the page is reloaded', () => {
  const first = { at: DAY, newest: 7 }
  const later = visitsAfter({ now: first }, { at: 5 * DAY, newest: 9 })
  expect(later.since).toEqual(first)
  const again = visitsAfter(later.visits, { at: 5 * DAY + MINUTE, newest: 9 })
  expect(again.since).toEqual(first)
  expect(visitsAfter(again.visits, { at: 6 * DAY, newest: 9 }).since).toEqual({ at: 5 * DAY, newest: 9 })
})

test('what comes in while somebody looks for the first time is new to them', () => {
  const first = { at: DAY, newest: 7 }
  expect(visitsAfter({ now: first }, { at: DAY + MINUTE, newest: 7 }).since).toBeUndefined()
  expect(visitsAfter({ now: first }, { at: DAY + MINUTE, newest: 8 }).since).toEqual(first)
})

test('what is kept is read back, only in its own form, and does not grow without end', () => {
  let kept = ''
  const setItem = (_: string, value: string) => {
    kept = value
  }
  const store = { getItem: () => kept || null, setItem }
  expect(readVisits(store, 'here')).toEqual({})
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`R${i}`, { now: { at: i, newest: i } }]))
  writeVisits(store, 'here', many)
  const read = readVisits(store, 'here')
  expect(Object.keys(read)).toHaveLength(200)
  expect(read.R299).toEqual({ now: { at: 299, newest: 299 } })
  expect(read.R0).toBeUndefined()
  kept = '{"R1":{"now":{"at":"x","newest":1}},"R2":7}'
  expect(readVisits(store, 'here')).toEqual({})
  kept = 'no JSON'
  expect(readVisits(store, 'here')).toEqual({})
})
