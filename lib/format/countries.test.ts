import { expect, test } from '@playwright/test'
import { COUNTRIES, countryNames } from './countries.ts'

test('every country of ISO 3166 has a name in both languages, once', () => {
  expect(COUNTRIES).toHaveLength(249)
  for (const locale of ['en', 'ar']) {
    const names = countryNames(locale)
    expect(new Set(names.map(([, name]) => name)).size).toBe(249)
    expect(names.filter(([code, name]) => code === name)).toEqual([])
  }
  expect(countryNames('en')[0]).toEqual(['AF', 'Afghanistan'])
})
