import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { hexEncode } from '../bytes.ts'
import { fingerprintOf } from './key-fingerprint.ts'

test('a key’s fingerprint is fixed: two screens with different versions show the same', () => {
  expect(fingerprintOf('00'.repeat(16))).toBe('0000-0000-0000')
  expect(fingerprintOf('ff'.repeat(16))).toBe('ZZZZ-ZZZZ-ZZZZ')
  // 0x0123456789abcdef, its last four bits left out.
  expect(fingerprintOf('0123456789abcdef0123456789abcdef')).toBe('04HM-ASW9-NF6Y')
})

test('each of the 60 leading bits of a key’s name changes its fingerprint', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.nat(59), (bytes, bit) => {
      const other = Uint8Array.from(bytes)
      other[bit >> 3] = (other[bit >> 3] as number) ^ (0x80 >> (bit & 7))
      const text = fingerprintOf(hexEncode(bytes))
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
      expect(fingerprintOf(hexEncode(other))).not.toBe(text)
    }),
  )
})

test('what is no key’s name has no fingerprint', () => {
  expect(() => fingerprintOf('AB'.repeat(16))).toThrow()
  expect(() => fingerprintOf('ab')).toThrow()
})
