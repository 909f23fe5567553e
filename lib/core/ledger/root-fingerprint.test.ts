import { expect, test } from '@playwright/test'
import { rootFingerprint } from './root-fingerprint.ts'

test('a root is said in sixteen characters, and one that differs in its first 80 bits differs there', () => {
  const root = Uint8Array.from({ length: 32 }, (_, place) => place * 7)
  expect(rootFingerprint(root)).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/)
  for (let bit = 0; bit < 80; bit++) {
    const other = root.slice()
    other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(rootFingerprint(other), String(bit)).not.toBe(rootFingerprint(root))
  }
})
