import { expect, test } from '@playwright/test'
import { nearReferences, wrongGroups } from './near.ts'
import { isReference } from './reference.ts'

const REFERENCE = '7K3Q9XMD2TK'

test('one character wrong anywhere leads back to what was meant', () => {
  for (let place = 0; place < REFERENCE.length; place++) {
    const wrong = REFERENCE[place] === 'Z' ? 'Y' : 'Z'
    const typed = REFERENCE.slice(0, place) + wrong + REFERENCE.slice(place + 1)
    expect(nearReferences(typed), typed).toContain(REFERENCE)
    expect(wrongGroups({ typed, reference: REFERENCE })).toEqual([Math.floor(place / 4) + 1])
  }
})

test('two neighbours swapped, one character missing and one too many lead back to it', () => {
  expect(nearReferences('K73Q-9XMD-2TK')).toContain(REFERENCE)
  for (let place = 0; place < REFERENCE.length; place++) {
    expect(nearReferences(REFERENCE.slice(0, place) + REFERENCE.slice(place + 1))).toContain(REFERENCE)
    expect(nearReferences(`${REFERENCE.slice(0, place)}8${REFERENCE.slice(place)}`)).toContain(REFERENCE)
  }
})

test('a letter that no reference has is one wrong character', () => {
  expect(nearReferences('7K3Q-9XMD-2UK')).toContain(REFERENCE)
})

test('every guess is well spelled, and they are few', () => {
  for (const typed of ['7K3Q9XMD2TT', '7K3Q9XMD2T', '7K3Q9XMD2TKK']) {
    const near = nearReferences(typed)
    expect(near.every(isReference)).toBe(true)
    expect(near.length).toBeLessThan(60)
  }
})

test('a reference that is spelled well, and a text that is far from any, have no guesses', () => {
  expect(nearReferences(REFERENCE)).toEqual([])
  expect(nearReferences('hello')).toEqual([])
  expect(nearReferences('')).toEqual([])
  expect(wrongGroups({ typed: '7K3Q', reference: REFERENCE })).toEqual([])
})
