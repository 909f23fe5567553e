import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { isDate, isExpiry, isNoteText, isSignableText, isTime, timeMilliseconds } from './text.ts'

const pad = (value: number, length = 2) => String(value).padStart(length, '0')

test('a day is accepted exactly when the calendar has it', () => {
  const parts = fc.tuple(
    fc.integer({ min: 0, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  )
  fc.assert(
    fc.property(parts, ([year, month, day]) => {
      const text = `${pad(year, 4)}-${pad(month)}-${pad(day)}`
      const date = new Date(`${text}T00:00:00Z`)
      const isReal = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
      return isDate(text) === isReal
    }),
    { numRuns: 3000 },
  )
})

for (const [date, isReal] of [
  ['2024-02-29', true],
  ['2023-02-29', false],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2026-04-31', false],
  ['2026-00-10', false],
  ['2026-13-01', false],
  ['2026-01-00', false],
  ['26-01-01', false],
  ['2026-1-1', false],
  ['٢٠٢٦-٠١-٠١', false],
  ['2026-01-01\n', false],
] as const) {
  test(`the day ${JSON.stringify(date)} is ${isReal ? 'accepted' : 'refused'}`, () => {
    expect(isDate(date)).toBe(isReal)
  })
}

test('an expiry is a month or a day, as labels print it', () => {
  for (const good of ['2027-06', '2027-06-30', '2028-02-29']) expect(isExpiry(good)).toBe(true)
  for (const bad of ['2027', '2027-13', '2027-6', '06-2027', '2027-02-29', '2027-06-', ''])
    expect(isExpiry(bad)).toBe(false)
})

for (const time of [
  '2026-03-01T10:00:00+00:00',
  '2026-03-01T23:59:59+05:45',
  '2024-02-29T00:00:00-03:30',
  '2026-03-01T10:00:00+14:00',
  '2026-03-01T10:00:00-12:00',
  '1970-01-01T00:00:00-00:01',
]) {
  test(`the time ${time} is accepted`, () => {
    expect(isTime(time)).toBe(true)
    expect(Number.isSafeInteger(timeMilliseconds(time))).toBe(true)
  })
}

for (const [what, time] of [
  ['a Z for the offset', '2026-03-01T10:00:00Z'],
  ['no offset', '2026-03-01T10:00:00'],
  ['an unknown offset', '2026-03-01T10:00:00-00:00'],
  ['an offset beyond fourteen hours', '2026-03-01T10:00:00+14:01'],
  ['an offset of ninety minutes’ minutes', '2026-03-01T10:00:00+01:90'],
  ['an offset without its colon', '2026-03-01T10:00:00+0200'],
  ['hour 24', '2026-03-01T24:00:00+00:00'],
  ['minute 60', '2026-03-01T10:60:00+00:00'],
  ['a leap second', '2016-12-31T23:59:60+00:00'],
  ['a fraction', '2026-03-01T10:00:00.5+00:00'],
  ['a leap day that is none', '2026-02-29T10:00:00+00:00'],
  ['a blank for the T', '2026-03-01 10:00:00+00:00'],
  ['a lower-case t', '2026-03-01t10:00:00+00:00'],
  ['a year of five digits', '12026-03-01T10:00:00+00:00'],
] as const) {
  test(`a time with ${what} is refused`, () => {
    expect(isTime(time)).toBe(false)
  })
}

test('the claimed time counts with its offset', () => {
  expect(timeMilliseconds('2026-03-01T10:00:00+05:45')).toBe(Date.UTC(2026, 2, 1, 4, 15))
  expect(timeMilliseconds('2026-03-01T00:30:00-03:30')).toBe(Date.UTC(2026, 2, 1, 4, 0))
})

for (const [what, text] of [
  ['nothing', ''],
  ['more than its length', 'x'.repeat(61)],
  ['a lone surrogate', 'a\ud800b'],
  ['a newline', 'a\nb'],
  ['a null character', 'a\u0000'],
  ['a C1 control', 'a\u0085b'],
  ['a delete character', 'a\u007f'],
  ['a right-to-left override', 'invoice\u202efdp.exe'],
  ['an isolate', '\u2066a\u2069'],
  ['an Arabic letter mark', 'a\u061cb'],
  ['a left-to-right mark', 'a\u200eb'],
  ['a line separator', 'a\u2028b'],
  ['a paragraph separator', 'a\u2029b'],
  ['a byte order mark', '\ufeffa'],
  ['a noncharacter', 'a\uffffb'],
  ['decomposed letters, which look like composed ones', 'e\u0301'],
  ['a Hangul syllable in its parts', '\u1112\u1161\u11ab'],
  ['an ångström sign for the letter', '\u212b'],
  ['a blank before it', ' a'],
  ['a blank behind it', 'a\u00a0'],
] as const) {
  test(`a text with ${what} may not be signed`, () => {
    expect(isSignableText(text, 60)).toBe(false)
  })
}

for (const text of [
  'Blanket',
  'بطانية',
  'कंबल',
  '毛布',
  'Möbel & Söhne',
  '👩‍⚕️ kit',
  'می‌خواهم',
  'a b  c',
  '{"a":1}',
  '<b>',
]) {
  test(`the text ${text} may be signed`, () => {
    expect(isSignableText(text, 60)).toBe(true)
  })
}

test('no text that may be signed has a character that JSON or a terminal treats specially', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 20 }), text => {
      const isPlain = [...text].every(character => (character.codePointAt(0) ?? 0) >= 0x20)
      return (
        !isSignableText(text, 20) ||
        (isPlain && Buffer.from(text).toString() === text && text.normalize('NFC') === text)
      )
    }),
    { numRuns: 2000 },
  )
})

test('a quoted note is base64 of at least one byte', () => {
  expect(['', 'QQ', 'Q Q=', 'QQ==', 'QUJD'].map(isNoteText)).toEqual([false, false, false, true, true])
})
