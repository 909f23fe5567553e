import { expect, test } from '@playwright/test'
import { inGroups } from './groups.ts'
import { formatCountry, formatList, formatNumber } from './number.ts'
import {
  clockOf,
  clocksDiffer,
  formatAge,
  formatDate,
  formatDateTime,
  formatDay,
  formatDuration,
  formatOffset,
  isoOf,
} from './time.ts'

const LOCALES = ['en', 'fr', 'es', 'ar']

test('figures are the same in every language, so that screen and label match', () => {
  for (const locale of LOCALES) {
    const clock = clockOf('2026-11-17T14:20:00+03:00')
    const texts = [
      formatNumber(locale, 1234567),
      formatDateTime(locale, clock),
      formatDate(locale, '2028-06'),
      formatDuration(locale, 4_000_000),
    ]
    for (const text of texts) expect(text, locale).not.toMatch(/[٠-٩۰-۹]/)
  }
  expect(formatNumber('en', 480000)).toBe('480,000')
  expect(formatNumber('ar', 480)).toBe('480')
})

test('a time is shown by the clock of the place where it was signed', () => {
  const clock = clockOf('2026-11-17T23:50:00+03:00')
  expect(clock).toEqual({ milliseconds: Date.parse('2026-11-17T20:50:00Z'), offset: 180 })
  expect(formatDateTime('en', clock)).toBe('Tue, 17 Nov 2026, 23:50')
  expect(formatDay('en', clock)).toBe('17 Nov 2026')
  expect(isoOf(clock)).toBe('2026-11-17T23:50:00+03:00')
  expect(isoOf(clockOf('2026-01-01T00:10:00-04:30'))).toBe('2026-01-01T00:10:00-04:30')
})

test('whose clock a time is by is said in hours from UTC', () => {
  expect([0, 180, -270, 345].map(formatOffset)).toEqual(['UTC', 'UTC+3', 'UTC-4:30', 'UTC+5:45'])
})

test('an expiry may be a month or a day', () => {
  expect(formatDate('en', '2028-06')).toBe('Jun 2028')
  expect(formatDate('en', '2028-06-30')).toBe('30 Jun 2028')
})

test('a length of time is said in its two largest units', () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  expect(formatDuration('en', 6 * hour + 12 * minute)).toBe('6 hours 12 minutes')
  expect(formatDuration('en', 3 * day + 10 * minute)).toBe('3 days 10 minutes')
  expect(formatDuration('en', 2 * day + 5 * hour + 59 * minute)).toBe('2 days 5 hours')
  expect(formatDuration('en', -20_000)).toBe('1 minute')
})

test('an age is said in its largest unit, and never lies in the future', () => {
  const now = Date.parse('2026-11-17T12:00:00Z')
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000]
  const aged = (milliseconds: number) => formatAge('en', { since: now - milliseconds, now })
  expect([0, 59_000, -5 * hour].map(aged)).toEqual(['now', 'now', 'now'])
  expect([minute, 59 * minute, hour, 47 * hour, 3 * day].map(aged)).toEqual([
    '1 minute ago',
    '59 minutes ago',
    '1 hour ago',
    '1 day ago',
    '3 days ago',
  ])
  expect(formatAge('ar', { since: now - 3 * day, now })).toBe('قبل 3 أيام')
})

test('both clocks are shown when they differ by more than a minute, in either direction', () => {
  expect(clocksDiffer({ claimed: 0, recorded: 60_000 })).toBe(false)
  expect(clocksDiffer({ claimed: 0, recorded: 60_001 })).toBe(true)
  expect(clocksDiffer({ claimed: 60_001, recorded: 0 })).toBe(true)
})

test('names in a row and countries are said in the reader’s language', () => {
  expect(formatList('en', ['A', 'B', 'C'])).toBe('A, B and C')
  expect(formatCountry('en', 'MZ')).toBe('Mozambique')
  expect(formatCountry('ar', 'MZ')).toBe('موزمبيق')
})

test('a fingerprint is split into groups that can be read aloud', () => {
  expect(inGroups('7K3Q9XMD2TK7K3Q9XMD2TK7K3Q', 4)).toEqual(['7K3Q', '9XMD', '2TK7', 'K3Q9', 'XMD2', 'TK7K', '3Q'])
  expect(inGroups('', 4)).toEqual([])
})
