import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

let hash: (bytes: Uint8Array) => Uint8Array = nobleSha256

/** 32-byte SHA-256 of `bytes` (FIPS 180-4). */
export function sha256(bytes: Uint8Array): Uint8Array {
  return hash(bytes)
}

/** From here on `native` computes {@link sha256} in this process; it answers with 32 bytes of their own. Throws where it is another function. */
export function hashWith(native: (bytes: Uint8Array) => Uint8Array): void {
  const sample = new Uint8Array(119).fill(0xa5)
  if (!equalBytes(native(sample), nobleSha256(sample))) throw new Error('this is not SHA-256')
  hash = native
}

/** UTF-8 bytes of a well-formed string. A lone surrogate would become U+FFFD: parsers refuse such text before it gets here. */
export function utf8Encode(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    // Nearly all we encode is ASCII, and an encoder made for each text costs more than that.
    if (code > 0x7f) return utf8ToBytes(text)
    bytes[i] = code
  }
  return bytes
}

/** Lower-case hex, two digits a byte. */
export function hexEncode(bytes: Uint8Array): string {
  return bytesToHex(bytes)
}

/** Bytes of lower-case hex of exactly `length` bytes; undefined for any other spelling or length. */
export function hexDecode(text: string, length: number): Uint8Array | undefined {
  if (text.length !== length * 2) return undefined
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const [high, low] = [hexValue(text.charCodeAt(i * 2)), hexValue(text.charCodeAt(i * 2 + 1))]
    if (high < 0 || low < 0) return undefined
    bytes[i] = high * 16 + low
  }
  return bytes
}

/** Of a lower-case hex digit's character code; -1 for any other. */
function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x61 && code <= 0x66 ? code - 0x61 + 10 : -1
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
  const whole = padding === 0 ? text.length : text.length - 4
  let at = 0
  // Without inner loops: evidence is a megabyte of this, and a phone waits for it.
  for (let i = 0; i < whole; i += 4) {
    const word = word24(text, i)
    if (word < 0) return undefined
    bytes[at] = word >> 16
    bytes[at + 1] = word >> 8
    bytes[at + 2] = word
    at += 3
  }
  if (padding === 0) return bytes
  const word = word24(`${text.slice(whole, text.length - padding)}${'A'.repeat(padding)}`, 0)
  // The last characters say 12 or 18 bits, of which the last 4 or 2 must be 0.
  if (word < 0 || word & (padding === 2 ? 0xffff : 0xff)) return undefined
  bytes[at] = word >> 16
  if (padding === 1) bytes[at + 1] = word >> 8
  return bytes
}

/** 24 bits of four characters from `start`; -1 where one is not of the alphabet. */
function word24(text: string, start: number): number {
  const a = BASE64_VALUES[text.charCodeAt(start)] ?? NO_VALUE
  const b = BASE64_VALUES[text.charCodeAt(start + 1)] ?? NO_VALUE
  const c = BASE64_VALUES[text.charCodeAt(start + 2)] ?? NO_VALUE
  const d = BASE64_VALUES[text.charCodeAt(start + 3)] ?? NO_VALUE
  return (a | b | c | d) > 63 ? -1 : (a << 18) | (b << 12) | (c << 6) | d
}

// The platform's, wherever this runs (WHATWG Encoding §7.2): browsers and Node have the same one, and no library has a faster.
declare const TextDecoder: new (
  label: 'utf-8',
  options: { fatal: true; ignoreBOM: true },
) => { decode(bytes: Uint8Array): string }
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Text of well-formed UTF-8, byte order mark kept; undefined for overlong, surrogate, truncated or out-of-range sequences (RFC 3629 §4). */
export function utf8Decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}
