import { createHash } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { hashWith, sha256 } from '../core/bytes.ts'
import { hashNatively } from './hash.ts'

test('SHA-256 of Node is that of the browser, whatever the length', () => {
  const messages = Array.from({ length: 300 }, (_, length) =>
    new Uint8Array(length).map((_, i) => (i * 89 + length) % 256),
  )
  const inJavaScript = messages.map(sha256)
  hashNatively()
  expect(messages.map(sha256)).toEqual(inJavaScript)
  expect(inJavaScript).toEqual(messages.map(each => new Uint8Array(createHash('sha256').update(each).digest())))
})

test('a function that is not SHA-256 is not taken for it', () => {
  const before = sha256(Uint8Array.of(1))
  expect(() => hashWith(() => new Uint8Array(32))).toThrow('not SHA-256')
  expect(sha256(Uint8Array.of(1))).toEqual(before)
})
