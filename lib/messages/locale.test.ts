import { expect, test } from '@playwright/test'
import { directionOf, LANGUAGES, LOCALES, pickLocale } from './locale.ts'

test('a choice that was made is kept, whatever the browser wishes', () => {
  expect(pickLocale({ cookie: 'ar', accept: 'en' })).toBe('ar')
  expect(pickLocale({ cookie: 'en', accept: 'ar' })).toBe('en')
})

test('without a choice the browser’s strongest wish among our languages counts', () => {
  const accepted = (accept: string | null) => pickLocale({ cookie: undefined, accept })
  expect(accepted('de-CH, de;q=0.9, ar-EG;q=0.8, en;q=0.7')).toBe('ar')
  expect(accepted('fr-CH, fr;q=0.9, ar-EG;q=0.8, en;q=0.7')).toBe('fr')
  expect(accepted('es-419, es;q=0.9, en;q=0.8')).toBe('es')
  expect(accepted('ar;q=0.2, en-GB;q=0.6')).toBe('en')
  expect(accepted('ar;q=0, de')).toBe('en')
  expect(accepted('ar;q=many, *')).toBe('en')
  expect(accepted(null)).toBe('en')
})

test('a cookie with a language we do not have is no choice', () => {
  expect(pickLocale({ cookie: '../ar', accept: 'ar' })).toBe('ar')
  expect(pickLocale({ cookie: 'xx', accept: null })).toBe('en')
})

test('what stands for a language where there is no room is part of its name, so that who says what they see is understood', () => {
  for (const { name, short } of Object.values(LANGUAGES)) expect(name.toLowerCase()).toContain(short.toLowerCase())
})

test('Arabic reads from right to left, and only Arabic', () => {
  expect(LOCALES.filter(locale => directionOf(locale) === 'rtl')).toEqual(['ar'])
})
