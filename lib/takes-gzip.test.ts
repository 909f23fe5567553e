import { expect, test } from '@playwright/test'
import { takesGzip } from './takes-gzip.ts'

test('gzip is sent to who names it, and to nobody who rules it out', () => {
  for (const taken of [
    'gzip',
    'gzip, deflate, br',
    'br;q=1.0, gzip;q=0.8',
    'deflate,gzip',
    'gzip;q=0.01',
    'identity;q=0, gzip',
  ])
    expect(takesGzip(taken), taken).toBe(true)
  for (const refused of [
    null,
    '',
    'identity',
    'br',
    'xgzip',
    'gzipped',
    'gzip;q=0',
    'gzip; q=0.000, br',
    'br, gzip;q=0',
  ])
    expect(takesGzip(refused), String(refused)).toBe(false)
})
