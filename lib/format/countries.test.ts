import { expect, test } from '@playwright/test'
import { LOCALES } from '../messages/locale.ts'
import { COUNTRIES, countryNames } from './countries.ts'

test('every country of ISO 3166 has a name in every language, once', () => {
  expect(COUNTRIES).toHaveLength(249)
  for (const locale of LOCALES) {
    const names = countryNames(locale)
    expect(new Set(names.map(([, name]) => name)).size).toBe(249)
    expect(names.filter(([code, name]) => code === name)).toEqual([])
  }
  expect(countryNames('en')[0]).toEqual(['AF', 'Afghanistan'])
})
