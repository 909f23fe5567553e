import { expect, test } from '@playwright/test'
import { pauseAfter } from './back-off.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('a failed delivery is tried after a minute, then after twice as long each time, four hours at most', () => {
  const pauses = [1, 2, 3, 8, 9, 50, 5000].map(attempts => pauseAfter({ attempts, random: 0.5 }))
  expect(pauses).toEqual([1, 2, 4, 128, 240, 240, 240].map(minutes => minutes * MINUTE))
})

test('what failed together comes back spread over two fifths of the pause', () => {
  expect(pauseAfter({ attempts: 9, random: 0 })).toBe(3.2 * HOUR)
  expect(pauseAfter({ attempts: 9, random: 0.999999 })).toBeCloseTo(4.8 * HOUR, -4)
})
