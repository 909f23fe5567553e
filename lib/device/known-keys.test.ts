import { expect, test } from '@playwright/test'
import { firstSeen, newsOf, type PartyKey } from './known-keys.ts'

const keyAt = (key: string, enrolledAt: number, revokedAt?: number): PartyKey => ({
  key,
  role: 'admin',
  held: 'device',
  byOperator: false,
  enrolledAt,
  ...(revokedAt !== undefined && { revokedAt }),
})
const named = (news: readonly { what: string; key: PartyKey }[]) => news.map(({ what, key }) => `${what} ${key.key}`)

test('on a device’s first start what is older than its own key is nothing new, and what is younger is', () => {
  const keys = [keyAt('first', 1), keyAt('left', 2, 3), keyAt('own', 5), keyAt('younger', 6), keyAt('second', 4, 7)]
  const seen = firstSeen(keys, 'own')
  expect(named(newsOf({ keys, seen, own: 'own' }))).toEqual(['enrolled younger', 'revoked second'])
})

test('a device without a key of its own begins with all there is', () => {
  const keys = [keyAt('first', 1), keyAt('left', 2, 3)]
  expect(newsOf({ keys, seen: firstSeen(keys, undefined), own: undefined })).toEqual([])
})

test('a key that someone else enrolled in the party’s name is named until it was seen', () => {
  const before = [keyAt('own', 1)]
  const seen = firstSeen(before, 'own')
  const keys = [...before, keyAt('stranger', 2)]
  expect(named(newsOf({ keys, seen, own: 'own' }))).toEqual(['enrolled stranger'])
  const after = { enrolled: keys.map(each => each.key), revoked: [] }
  expect(newsOf({ keys, seen: after, own: 'own' })).toEqual([])
})

test('the revocation of the device’s own key is news, its enrolment is not', () => {
  const seen = { enrolled: [], revoked: [] }
  expect(named(newsOf({ keys: [keyAt('own', 1, 2)], seen, own: 'own' }))).toEqual(['revoked own'])
})
