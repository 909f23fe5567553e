import { expect, test } from '@playwright/test'
import { peopledLog } from './accounts.fixture.ts'
import { closeLog } from './open-log.ts'
import { preferenceOf, rememberLocale } from './preferences.ts'

test('a person is written to in the language they used last, each in their own', async () => {
  const { log, person } = await peopledLog()
  const [amal, bilal] = [await person('Amal'), await person('Bilal')]
  expect(await preferenceOf(amal, log)).toBeUndefined()
  await rememberLocale(amal, 'ar', log)
  await rememberLocale(bilal, 'fr', log)
  await Promise.all([1, 2, 3].map(() => rememberLocale(amal, 'es', log)))
  expect(await preferenceOf(amal, log)).toBe('es')
  expect(await preferenceOf(bilal, log)).toBe('fr')
  expect(await log.prisma.preference.count()).toBe(2)
  await closeLog(log)
})
