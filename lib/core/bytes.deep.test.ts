import { isUtf8 } from 'node:buffer'
import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import {
  base64Decode,
  base64Encode,
  equalBytes,
  hexDecode,
  hexEncode,
  uintBytes,
  utf8Decode,
  utf8Encode,
} from './bytes.ts'

const bytes = fc.uint8Array({ maxLength: 100 })

test('base64 is written as Buffer writes it, and read back to the same bytes', () => {
  fc.assert(
    fc.property(bytes, value => {
      const text = base64Encode(value)
      expect(text).toBe(Buffer.from(value).toString('base64'))
      expect(base64Decode(text)).toEqual(value)
    }),
  )
})

test('base64 has one spelling: whatever is read is written the same way again', () => {
  const nearly = fc.oneof(
    fc.string({ maxLength: 24 }),
    fc.array(fc.constantFrom(...'AQgw+/=-_ \n'), { maxLength: 12 }).map(each => each.join('')),
  )
  fc.assert(
    fc.property(nearly, text => {
      const value = base64Decode(text)
      const isCanonical = Buffer.from(text, 'base64').toString('base64') === text
      return value ? base64Encode(value) === text && isCanonical : !isCanonical
    }),
    { numRuns: 2000 },
  )
})

for (const text of [
  'QQ',
  'QQ=',
  'QR==',
  'QUJ=',
  'Q=Q=',
  '====',
  'A===',
  'QUI\n',
  ' QUI=',
  'QUI-',
  'QUI_',
  'QUIé',
  'QQ==QQ==',
]) {
  test(`base64 spelled ${JSON.stringify(text)} is refused`, () => {
    expect(base64Decode(text)).toBeUndefined()
  })
}

test('hex is written as Buffer writes it, lower case, and read at its length alone', () => {
  fc.assert(
    fc.property(bytes, value => {
      const text = hexEncode(value)
      expect(text).toBe(Buffer.from(value).toString('hex'))
      expect(hexDecode(text, value.length)).toEqual(value)
      expect(hexDecode(text, value.length + 1)).toBeUndefined()
      expect(hexDecode(`${text}0`, value.length)).toBeUndefined()
      if (/[a-f]/.test(text)) expect(hexDecode(text.toUpperCase(), value.length)).toBeUndefined()
    }),
  )
})

for (const text of ['0g', ' 0', '0x', '٠٠', '0\n']) {
  test(`hex spelled ${JSON.stringify(text)} is refused`, () => {
    expect(hexDecode(text, 1)).toBeUndefined()
  })
}

/** RFC 3629 §4 as simdutf checks it; another reader than the platform's TextDecoder. */
const decodeNatively = (value: Uint8Array) => (isUtf8(value) ? Buffer.from(value).toString('utf8') : undefined)

test('UTF-8 is read where it is well-formed and refused elsewhere, whatever the bytes', () => {
  const nearly = fc.array(
    fc.oneof(
      fc.constantFrom(0x00, 0x41, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff),
      fc.constantFrom(0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf),
    ),
    { maxLength: 8 },
  )
  const read = (value: Uint8Array) => utf8Decode(value) === decodeNatively(value)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 12 }), read), { numRuns: 2000 })
  fc.assert(
    fc.property(nearly, each => read(Uint8Array.from(each))),
    { numRuns: 5000 },
  )
})

test('every two bytes are UTF-8 or refused', () => {
  const wrong: number[] = []
  for (let pair = 0; pair < 0x10000; pair++) {
    const value = Uint8Array.of(pair >> 8, pair & 0xff)
    if (utf8Decode(value) !== decodeNatively(value)) wrong.push(pair)
  }
  expect(wrong).toEqual([])
})

test('well-formed text survives UTF-8, long text and a byte order mark included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(utf8Encode(text)).toEqual(new TextEncoder().encode(text))
      expect(utf8Decode(utf8Encode(text))).toBe(text)
    }),
  )
  const long = '\ufeff𝄞é水'.repeat(5000)
  expect(utf8Decode(utf8Encode(long))).toBe(long)
})

test('a number is written big-endian in so many bytes, and one that does not fit is our own bug', () => {
  expect(uintBytes(0x0102n, 4)).toEqual(Uint8Array.of(0, 0, 1, 2))
  expect(uintBytes(2n ** 64n - 1n, 8)).toEqual(new Uint8Array(8).fill(0xff))
  expect(() => uintBytes(2n ** 64n, 8)).toThrow('does not fit')
  expect(() => uintBytes(-1n, 8)).toThrow('does not fit')
})

test('bytes are equal when every one is', () => {
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(Buffer.from(b)))
      expect(equalBytes(a, Uint8Array.from(a))).toBe(true)
    }),
  )
})
