import { expect, test } from '@playwright/test'
import { browserOf } from './browser.ts'

const LIKE_CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0'

test('a session is named by browser and system, as its owner knows them', () => {
  const named = {
    [`Mozilla/5.0 (Linux; Android 15; Pixel 8) ${LIKE_CHROME} Mobile Safari/537.36`]: 'Chrome, Android',
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${LIKE_CHROME} Safari/537.36 Edg/140.0`]: 'Edge, Windows',
    'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0': 'Firefox, Android',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1':
      'Safari, iPhone',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/19.0 Safari/605.1.15':
      'Safari, macOS',
  }
  for (const [userAgent, name] of Object.entries(named)) expect(browserOf(userAgent)).toBe(name)
})

test('a program that says nothing we know has no name', () => {
  expect(browserOf('')).toBeUndefined()
  expect(browserOf('curl/8.14')).toBeUndefined()
})
