import { expect, test } from '@playwright/test'
import { AttemptWindow } from './attempts.ts'

const QUARTER_HOUR = 15 * 60_000
const tries = (window: AttemptWindow, count: number, who: { address: string; account: string }, now = QUARTER_HOUR) =>
  Array.from({ length: count }, () => window.admit(who, now)).filter(Boolean).length

test('ten tries at one account from one address in a quarter of an hour, then no more until the next', () => {
  const window = new AttemptWindow()
  expect(tries(window, 12, { address: '1', account: 'a@x' })).toBe(10)
  expect(tries(window, 2, { address: '1', account: ' A@X ' })).toBe(0)
  expect(tries(window, 1, { address: '1', account: 'b@x' })).toBe(1)
  expect(tries(window, 1, { address: '2', account: 'a@x' })).toBe(1)
  expect(tries(window, 12, { address: '1', account: 'a@x' }, 2 * QUARTER_HOUR)).toBe(10)
})

test('a hundred tries from one address, whatever the accounts', () => {
  const window = new AttemptWindow()
  const admitted = Array.from({ length: 150 }, (_, n) => tries(window, 1, { address: '1', account: `${n}@x` }))
  expect(admitted.filter(Boolean)).toHaveLength(100)
})

test('who gets in at last starts again with ten', () => {
  const window = new AttemptWindow()
  const who = { address: '1', account: 'a@x' }
  expect(tries(window, 9, who)).toBe(9)
  window.succeeded(who)
  expect(tries(window, 12, who)).toBe(10)
})
