import { sha256, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** Crockford's base 32: no I, L, O, U. The value of a character is its place. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SHAPE = /^[0-9A-HJKMNP-TV-Z]{11}$/

/** What a reference names; part of its derivation, so a party's reference is never a consignment's. */
export type ReferenceKind = 'party' | 'consignment'

/** Doubles in GF(32) with x⁵+x²+1. */
const double = (value: number) => (value << 1) ^ (value & 16 ? 0b100101 : 0)

/** Check character of ten characters of the alphabet: over GF(32) it finds every wrong character and every swap of two (PROTOCOL §1). */
export function checkCharacter(ten: string): string {
  let sum = 0
  for (const character of ten) sum = double(sum) ^ ALPHABET.indexOf(character)
  return ALPHABET.charAt(double(sum))
}

/**
 * The reference that `nonce` (16 bytes, lower-case hex) gives its author: 50 leading bits of
 * SHA-256(`throughline/ref/v1\n` ‖ kind ‖ `\n` ‖ author ‖ `\n` ‖ nonce) and a check character (PROTOCOL §1).
 * `author` is the signing party for a consignment, the signing key for a party.
 */
export function deriveReference({
  kind,
  author,
  nonce,
}: {
  kind: ReferenceKind
  author: string
  nonce: string
}): string {
  const digest = sha256(utf8Encode(`throughline/ref/v1\n${kind}\n${author}\n${nonce}`))
  let bits = 0n
  for (const byte of digest.subarray(0, 7)) bits = (bits << 8n) | BigInt(byte)
  bits >>= 6n
  let ten = ''
  for (let place = 45n; place >= 0n; place -= 5n) ten += ALPHABET.charAt(Number((bits >> place) & 31n))
  return ten + checkCharacter(ten)
}

/** True for the stored and signed spelling: eleven upper-case characters whose last is the check character. */
export function isReference(text: string): boolean {
  return SHAPE.test(text) && checkCharacter(text.slice(0, 10)) === text[10]
}

/**
 * Reads what a person typed or scanned: any case, hyphens and blanks anywhere, O as 0, I and L as 1.
 * Codes: `reference-malformed` (not eleven characters of the alphabet), `reference-check` (a character is wrong).
 */
export function parseReference(typed: string): Result<string, 'reference-malformed' | 'reference-check'> {
  const text = typed
    .replace(/[-\s]/g, '')
    .replace(/[a-z]/g, letter => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (!SHAPE.test(text))
    return fail('reference-malformed', `a reference has eleven characters, this one reads ${JSON.stringify(typed)}`)
  if (!isReference(text)) return fail('reference-check', `the check character of ${text} does not fit`)
  return pass(text)
}

/** `7K3Q9XMD2TK` as people see it: `7K3Q-9XMD-2TK`. */
export function formatReference(reference: string): string {
  return `${reference.slice(0, 4)}-${reference.slice(4, 8)}-${reference.slice(8)}`
}
