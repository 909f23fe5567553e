import { expect, test } from '@playwright/test'
import { isFromHere } from './own-origin.ts'

const asked = (method: string, origin: string | null, host = 'relief.example.org') =>
  isFromHere({ method, origin, host, publicUrl: 'https://relief.example.org' })

test('what changes something is done for our own pages alone', () => {
  expect(asked('POST', 'https://relief.example.org')).toBe(true)
  expect(asked('POST', 'https://relief.example.org', 'inner:3000'), 'behind a proxy').toBe(true)
  expect(asked('POST', 'http://192.168.0.7:3000', '192.168.0.7:3000'), 'by another of our names').toBe(true)
  for (const origin of [
    null,
    'null',
    '',
    'https://evil.example',
    'https://relief.example.org.evil.example',
    'https://evil.example/relief.example.org',
    'https://relief.example.org:444',
    'https://relief.example.org@evil.example',
    'file://relief.example.org',
    'chrome-extension://relief.example.org',
    'relief.example.org',
  ])
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', 'PROPFIND'])
      expect(asked(method, origin), `${method} from ${origin}`).toBe(false)
})

test('what only reads is answered wherever it comes from', () => {
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(asked(method, 'https://evil.example')).toBe(true)
})
