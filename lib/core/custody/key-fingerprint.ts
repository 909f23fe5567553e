import { hexDecode } from '../bytes.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CHARACTERS = 12

/**
 * What two people compare to know that they mean one key: the 60 leading bits of its name (32 lower-case hex characters) as twelve characters of
 * Crockford's base 32, in groups of four. Throws on what is no key's name.
 */
export function fingerprintOf(key: string): string {
  const bytes = hexDecode(key, 16)
  if (!bytes) throw new Error(`no key is named ${key}`)
  let bits = 0n
  for (const byte of bytes.subarray(0, 8)) bits = (bits << 8n) | BigInt(byte)
  bits >>= 4n
  let text = ''
  for (let place = (CHARACTERS - 1) * 5; place >= 0; place -= 5)
    text += ALPHABET.charAt(Number((bits >> BigInt(place)) & 31n))
  return inGroups(text)
}

/** `ABCD-EFGH-…`: groups of four, as people read characters to each other. */
export function inGroups(text: string): string {
  return (text.match(/.{1,4}/g) ?? []).join('-')
}
