import { expect, test } from '@playwright/test'
import { fallingWith, isBlocked, pauseAfter } from './outbox.ts'
import type { Kept } from './store.ts'

const entry = (hash: string, more: Partial<Kept> = {}): Kept => ({
  hash,
  origin: 'log.example.org',
  party: '7GFWQ5WC582',
  subject: 'consignment/52GKAG2H9R7',
  after: '',
  kind: 'release',
  note: '',
  openings: {},
  signedAt: 0,
  state: 'kept',
  tries: 0,
  nextAt: 0,
  form: { lock: '', until: 0 },
  ...more,
})

test('what was signed upon something that is not recorded yet waits for it', () => {
  const first = entry('a')
  const upon = entry('b', { after: 'a' })
  const behind = entry('c', { follows: 'a' })
  const entries = [first, upon, behind]
  expect(entries.map(each => isBlocked(each, entries))).toEqual([false, true, true])
  const recorded = [entry('a', { state: 'recorded' }), upon, behind]
  expect(recorded.map(each => isBlocked(each, recorded))).toEqual([false, false, false])
})

test('what was signed upon something that the log refused falls with it, and nothing else does', () => {
  const refused = entry('a')
  const entries = [
    refused,
    entry('b', { after: 'a' }),
    entry('c', { after: 'b' }),
    entry('d', { follows: 'c' }),
    entry('e'),
  ]
  expect(fallingWith(refused, entries).map(each => each.hash)).toEqual(['a', 'b', 'c', 'd'])
})

test('the pauses between tries grow from about two seconds to about five minutes and no further', () => {
  expect([1, 2, 3, 4].map(tries => pauseAfter(tries, 0.5))).toEqual([2000, 4000, 8000, 16000])
  expect(pauseAfter(50, 0.5)).toBe(300_000)
  expect(pauseAfter(1, 0)).toBe(1500)
  expect(pauseAfter(1, 1)).toBe(2500)
})
