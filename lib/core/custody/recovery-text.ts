import { sha256, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** Crockford's base 32: no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const SEED_BYTES = 32
const CHECK_BYTES = 3
/** 35 bytes are 56 characters without a bit to spare, so each text has one reading. */
const CHARACTERS = ((SEED_BYTES + CHECK_BYTES) * 8) / 5

/** First three bytes of SHA-256(`throughline/recovery/v1\n` ‖ seed): a mistyped character is found, all but once in 16 million. */
function checkOf(seed: Uint8Array): Uint8Array {
  const prefix = utf8Encode('throughline/recovery/v1\n')
  const bytes = new Uint8Array(prefix.length + seed.length)
  bytes.set(prefix)
  bytes.set(seed, prefix.length)
  return sha256(bytes).subarray(0, CHECK_BYTES)
}

/** A recovery key as it is printed: the 32-byte seed and its check as 56 characters, without blanks. */
export function formatRecoveryText(seed: Uint8Array): string {
  if (seed.length !== SEED_BYTES) throw new Error(`a seed of ${seed.length} bytes`)
  let bits = 0n
  for (const byte of [...seed, ...checkOf(seed)]) bits = (bits << 8n) | BigInt(byte)
  let text = ''
  for (let place = BigInt((CHARACTERS - 1) * 5); place >= 0n; place -= 5n)
    text += ALPHABET.charAt(Number((bits >> place) & 31n))
  return text
}

/**
 * The 32-byte seed of a printed recovery key, as typed or scanned: any case, blanks and hyphens anywhere, O as 0, I and L as 1.
 * Codes: `recovery-characters` (one that is never printed), `recovery-length` (not 56), `recovery-check` (a character is wrong).
 */
export function parseRecoveryText(
  typed: string,
): Result<Uint8Array, 'recovery-characters' | 'recovery-length' | 'recovery-check'> {
  const text = typed
    .replace(/[-\s]/g, '')
    .replace(/[a-z]/g, letter => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  // What was typed is a secret: no detail repeats it.
  if (![...text].every(character => ALPHABET.includes(character))) return fail('recovery-characters', 'not as printed')
  if (text.length !== CHARACTERS) return fail('recovery-length', `${text.length} characters`)
  let bits = 0n
  for (const character of text) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(character))
  const bytes = new Uint8Array(SEED_BYTES + CHECK_BYTES)
  for (let at = bytes.length - 1; at >= 0; at--, bits >>= 8n) bytes[at] = Number(bits & 255n)
  const seed = bytes.slice(0, SEED_BYTES)
  const check = checkOf(seed)
  return check.every((byte, at) => byte === bytes[SEED_BYTES + at]) ? pass(seed) : fail('recovery-check', 'mistyped')
}
