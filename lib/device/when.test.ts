import { expect, test } from '@playwright/test'
import { whenOf } from './when.ts'

const at = Date.UTC(2026, 10, 22, 12, 7)

test('a time of this device names its month in words, in every language, by the clock of a day of 24 hours', () => {
  const said = (locale: string) => whenOf({ locale, milliseconds: at, isTimed: true })
  for (const locale of ['en', 'ar', 'fr', 'es']) {
    expect(said(locale), locale).toMatch(/^22 \p{L}+\.? 2026/u)
    expect(said(locale), locale).toMatch(/\d\d:07$/)
  }
  expect(whenOf({ locale: 'en', milliseconds: at, isTimed: false })).toBe('22 Nov 2026')
})
