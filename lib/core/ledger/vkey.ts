import { base64Decode, base64Encode, concat, equalBytes, hexDecode, hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** Signs the note's text itself (C2SP signed-note, type 0x01). */
export const TYPE_ED25519 = 0x01
/** Signs time and text of a checkpoint (C2SP tlog-cosignature, type 0x04). */
export const TYPE_COSIGNATURE = 0x04

/** A key whose signature lines can be checked. `keyId` is {@link noteKeyId} of the rest: 4 bytes, a hint for look-up and never an identity. */
export type NoteKey = {
  readonly name: string
  readonly type: number
  /** 32 bytes, Ed25519. */
  readonly publicKey: Uint8Array
  readonly keyId: Uint8Array
}

export type VkeyCode = 'vkey-malformed' | 'vkey-type-unsupported' | 'vkey-id-mismatch'

// Control characters and what Go's unicode.IsSpace holds; JavaScript's \s lacks U+0085 and has U+FEFF.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const NOT_IN_A_NAME = /[\u0000-\u0020+\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/

/** True for a key name of C2SP signed-note: not empty, no white space, no control character, no `+`. */
export function isKeyName(name: string): boolean {
  return name !== '' && !NOT_IN_A_NAME.test(name)
}

/** First 4 bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key) (C2SP signed-note). */
export function noteKeyId(key: { name: string; type: number; publicKey: Uint8Array }): Uint8Array {
  return sha256(concat(utf8Encode(`${key.name}\n`), Uint8Array.of(key.type), key.publicKey)).slice(0, 4)
}

/** A {@link NoteKey} with its key id worked out. Throws on a name or key that could not be written down: ours to get right. */
export function noteKey(key: { name: string; type: number; publicKey: Uint8Array }): NoteKey {
  if (!isKeyName(key.name) || key.publicKey.length !== 32) throw new Error(`no note key: ${key.name}`)
  return { name: key.name, type: key.type, publicKey: key.publicKey, keyId: noteKeyId(key) }
}

/** The verifier key's text, `name+<8 lower-case hex of the key id>+base64(type ‖ public key)` (C2SP signed-note). */
export function formatVkey(key: NoteKey): string {
  return `${key.name}+${hexEncode(key.keyId)}+${base64Encode(concat(Uint8Array.of(key.type), key.publicKey))}`
}

/**
 * Reads what {@link formatVkey} writes and no other spelling; types 0x01 and 0x04 with 32-byte keys.
 * Codes: `vkey-malformed`, `vkey-type-unsupported`, `vkey-id-mismatch` (the id is not that of this name, type and key).
 */
export function parseVkey(text: string): Result<NoteKey, VkeyCode> {
  // The base64 may hold pluses itself: only the first two divide.
  const [name = '', id = ''] = text.split('+', 2)
  const keyId = hexDecode(id, 4)
  const material = base64Decode(text.slice(name.length + id.length + 2))
  if (!isKeyName(name) || keyId === undefined || material === undefined) {
    return fail('vkey-malformed', 'a vkey is name+<8 hex>+<base64>')
  }
  const type = material[0]
  if ((type !== TYPE_ED25519 && type !== TYPE_COSIGNATURE) || material.length !== 33) {
    return fail('vkey-type-unsupported', `type ${type} with ${material.length - 1} bytes of key`)
  }
  const key = noteKey({ name, type, publicKey: material.slice(1) })
  if (!equalBytes(key.keyId, keyId)) return fail('vkey-id-mismatch', `the key id is ${hexEncode(key.keyId)}, not ${id}`)
  if (formatVkey(key) !== text) return fail('vkey-malformed', 'not the one spelling of this vkey')
  return pass(key)
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** First 16 bytes of SHA-256 of the vkey's UTF-8, as text: 26 characters of Crockford's base 32, most significant bit first, two spare bits zero. */
export function vkeyFingerprint(vkey: string): string {
  return formatFingerprint(sha256(utf8Encode(vkey)).slice(0, 16))
}

/** 16 bytes as the 26 characters of {@link vkeyFingerprint}. */
export function formatFingerprint(fingerprint: Uint8Array): string {
  if (fingerprint.length !== 16) throw new Error(`a fingerprint has 16 bytes, not ${fingerprint.length}`)
  let text = ''
  let bits = 0
  let held = 0
  for (const byte of [...fingerprint, 0]) {
    held = (held << 8) | byte
    for (bits += 8; bits >= 5 && text.length < 26; bits -= 5) text += CROCKFORD.charAt((held >> (bits - 5)) & 31)
    held &= (1 << bits) - 1
  }
  return text
}

/** The 16 bytes of a fingerprint's text. Code `fingerprint-malformed`: not 26 upper-case characters of the alphabet, or spare bits that are set. */
export function parseFingerprint(text: string): Result<Uint8Array, 'fingerprint-malformed'> {
  const bytes = new Uint8Array(16)
  let bits = 0
  let held = 0
  let at = 0
  for (const character of text) {
    held = (held << 5) | CROCKFORD.indexOf(character)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = (held >> bits) & 0xff
    }
    held &= (1 << bits) - 1
  }
  if (formatFingerprint(bytes) !== text)
    return fail('fingerprint-malformed', 'a fingerprint is 26 characters of Crockford’s base 32')
  return pass(bytes)
}
