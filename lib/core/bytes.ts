import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** 32-byte SHA-256 of `bytes` (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Uint8Array {
  return nobleSha256(bytes)
}

/** UTF-8 bytes of a well-formed string. A lone surrogate would become U+FFFD: parsers refuse such text before it gets here. */
export function utf8Encode(text: string): Uint8Array {
  return utf8ToBytes(text)
}

/** Lower-case hex, two digits a byte. */
export function hexEncode(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** Bytes of lower-case hex of exactly `length` bytes; undefined for any other spelling or length. */
export function hexDecode(text: string, length: number): Uint8Array | undefined {
  if (text.length !== length * 2 || !/^[0-9a-f]*$/.test(text)) return undefined
  return hexToBytes(text)
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  return concatBytes(...parts)
}

/** Same length and same bytes. Not constant-time: nothing secret is compared with it. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** Big-endian, unsigned; `value` must fit in `length` bytes (ours to guarantee). */
export function uintBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  let rest = value
  for (let i = length - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  if (rest !== 0n || value < 0n) throw new Error(`${value} does not fit in ${length} bytes`)
  return bytes
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const NO_VALUE = 0xff
const BASE64_VALUES = new Uint8Array(128).fill(NO_VALUE)
for (let value = 0; value < 64; value++) BASE64_VALUES[BASE64.charCodeAt(value)] = value

/** Standard padded base64 (RFC 4648 §4). */
export function base64Encode(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b, c] = [bytes[i] as number, bytes[i + 1], bytes[i + 2]]
    const word = (a << 16) | ((b ?? 0) << 8) | (c ?? 0)
    parts.push(
      BASE64.charAt(word >> 18) + BASE64.charAt((word >> 12) & 63),
      b === undefined ? '=' : BASE64.charAt((word >> 6) & 63),
      c === undefined ? '=' : BASE64.charAt(word & 63),
    )
  }
  return parts.join('')
}

/** Bytes of standard padded base64; undefined for every other spelling: unpadded, URL alphabet, blanks, or spare bits that are not zero. */
export function base64Decode(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0) return undefined
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  const end = text.length - padding
  let word = 0
  let at = 0
  // A table and no inner loops: evidence is a megabyte of this, and a phone waits for it.
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? (BASE64_VALUES[code] as number) : NO_VALUE
    if (value === NO_VALUE) return undefined
    word = (word << 6) | value
    if (i % 4 !== 3) continue
    bytes[at] = word >> 16
    bytes[at + 1] = word >> 8
    bytes[at + 2] = word
    at += 3
    word = 0
  }
  if (padding === 0) return bytes
  // Two or three characters are left, 12 or 18 bits of which the last 4 or 2 say nothing and must be 0.
  const spare = padding * 2
  if (word & ((1 << spare) - 1)) return undefined
  const rest = word >> spare
  if (padding === 1) bytes[at++] = rest >> 8
  bytes[at] = rest
  return bytes
}

/** Text of well-formed UTF-8, byte order mark kept; undefined for overlong, surrogate, truncated or out-of-range sequences (RFC 3629 §4). */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    // Runs of ASCII, which is nearly all there is, go through in one call.
    const end = asciiEnd(bytes, i)
    if (end > i) text += String.fromCharCode.apply(undefined, bytes.subarray(i, end) as unknown as number[])
    i = end
    const first = bytes[i]
    if (first === undefined || first < 0x80) continue
    const length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
    if (length === 0 || i + length > bytes.length) return undefined
    let code = first & (0xff >> (length + 1))
    for (let j = 1; j < length; j++) {
      const next = bytes[i + j] as number
      if ((next & 0xc0) !== 0x80) return undefined
      code = (code << 6) | (next & 0x3f)
    }
    const isOverlong = (length === 3 && code < 0x800) || (length === 4 && code < 0x10000)
    if (isOverlong || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return undefined
    text += String.fromCodePoint(code)
    i += length
  }
  return text
}

/** Calls take only so many arguments. */
const MOST_AT_ONCE = 4096

/** Where the run of ASCII from `start` ends, or is cut. */
function asciiEnd(bytes: Uint8Array, start: number): number {
  const last = Math.min(bytes.length, start + MOST_AT_ONCE)
  let end = start
  while (end < last && (bytes[end] as number) < 0x80) end++
  return end
}
