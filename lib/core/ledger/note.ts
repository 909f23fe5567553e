import { base64Decode, base64Encode, concat, equalBytes, hexEncode, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { cosignatureMessage, parseCosignature } from './cosignature.ts'
import { publicKeyOf, signEd25519, type VerifySignature } from './ed25519.ts'
import { isKeyName, type NoteKey, noteKey, TYPE_COSIGNATURE, TYPE_ED25519 } from './vkey.ts'

/** One signature line. Unverified: anyone can write one. */
export type NoteSignature = {
  readonly name: string
  /** 4 bytes. */
  readonly keyId: Uint8Array
  /** At least 1 byte; its shape depends on the key's type. */
  readonly signature: Uint8Array
}

/** A signed note (C2SP signed-note v1.0.0). `text` ends in a newline and is what is signed; 1 to 100 signatures, in the note's order. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] }

export type NoteCode =
  | 'note-not-utf8'
  | 'note-control-character'
  | 'note-unsigned'
  | 'note-signature-line-malformed'
  | 'note-too-many-signatures'
  | 'note-signature-invalid'
  | 'note-signer-unknown'
  | 'note-key-ambiguous'

const LARGEST_SIGNATURE_COUNT = 100
const NEWLINE = 10
const NOTHING = new Uint8Array(0)
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/

/**
 * Reads a signed note: the text up to the last blank line, then signature lines. Says nothing about who signed: {@link openNote} does.
 * Codes: `note-not-utf8`, `note-control-character` (below 0x20, but newline), `note-unsigned` (no blank line, or none after it),
 * `note-signature-line-malformed` (em dash, name, strict base64 of at least 5 bytes, newline), `note-too-many-signatures` (over 100).
 */
export function parseNote(bytes: Uint8Array): Result<Note, NoteCode> {
  const blank = blankLineIn(bytes)
  // Apart, since the text is nearly always ASCII, and one dash would make its string twice as large and slower to read.
  const text = utf8Decode(blank === undefined ? bytes : bytes.subarray(0, blank))
  const block = utf8Decode(blank === undefined ? NOTHING : bytes.subarray(blank + 1))
  if (text === undefined || block === undefined) return fail('note-not-utf8', 'a note is UTF-8')
  if (CONTROL.test(text) || CONTROL.test(block)) {
    return fail('note-control-character', 'a note holds no control character but newline')
  }
  if (block === '') return fail('note-unsigned', 'a note ends in a blank line and signature lines')
  if (!block.endsWith('\n')) return fail('note-signature-line-malformed', 'the last line does not end')
  const lines = block.slice(0, -1).split('\n')
  if (lines.length > LARGEST_SIGNATURE_COUNT) return fail('note-too-many-signatures', `${lines.length} lines`)
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const signature = parseSignatureLine(line)
    if (signature === undefined) return fail('note-signature-line-malformed', line)
    signatures.push(signature)
  }
  return pass({ text, signatures })
}

/** Where the last blank line of a note stands, which parts what is signed from the signatures; undefined where there is none. */
export function blankLineIn(bytes: Uint8Array): number | undefined {
  for (let i = bytes.length - 1; i > 0; i--) if (bytes[i] === NEWLINE && bytes[i - 1] === NEWLINE) return i
  return undefined
}

/** The one spelling of `note`. Throws on a note that {@link parseNote} would not read back: building such a one is our own bug. */
export function formatNote(note: Note): Uint8Array {
  const bytes = utf8Encode(`${note.text}\n${note.signatures.map(noteSignatureLine).join('')}`)
  const again = parseNote(bytes)
  if (!again.ok || again.value.text !== note.text || again.value.signatures.length !== note.signatures.length) {
    throw new Error(`no note: ${again.ok ? 'it reads back as another' : again.detail}`)
  }
  return bytes
}

/** `— <name> <base64(key id ‖ signature)>` and a newline. */
export function noteSignatureLine({ name, keyId, signature }: NoteSignature): string {
  return `\u2014 ${name} ${base64Encode(concat(keyId, signature))}\n`
}

/** The signature line over `text` by `seed` (32 bytes, Ed25519, type 0x01) under `name`. */
export function signNoteLine({ name, seed, text }: { name: string; seed: Uint8Array; text: string }): string {
  return noteSignatureLine(signNote({ name, seed, text }))
}

/** The signature over `text` by `seed` (32 bytes, Ed25519, type 0x01) under `name`, to be put into a {@link Note}. */
export function signNote({ name, seed, text }: { name: string; seed: Uint8Array; text: string }): NoteSignature {
  const { keyId } = noteKey({ name, type: TYPE_ED25519, publicKey: publicKeyOf(seed) })
  return { name, keyId, signature: signEd25519({ seed, message: utf8Encode(text) }) }
}

/**
 * Which of `keys` signed `note` (C2SP signed-note, "Verification"): a line of no known (name, key id) is ignored; a known one must be good
 * or the whole note is refused; of several lines by one key the first counts. `verified`: in line order, at least one.
 * Codes: `note-signature-invalid`, `note-signer-unknown` (no line by a known key), `note-key-ambiguous` (two different `keys` share a name
 * and a key id, so a line cannot be attributed).
 */
export async function openNote(args: {
  note: Note
  keys: readonly NoteKey[]
  verify: VerifySignature
}): Promise<Result<{ verified: NoteKey[] }, NoteCode>> {
  const known = new Map<string, NoteKey>()
  for (const key of args.keys) {
    const other = known.get(lineId(key))
    if (other && !equalBytes(other.publicKey, key.publicKey)) return fail('note-key-ambiguous', lineId(key))
    known.set(lineId(key), key)
  }
  const verified = new Set<NoteKey>()
  for (const line of args.note.signatures) {
    const key = known.get(lineId(line))
    if (key === undefined || verified.has(key)) continue
    if (!(await isSignedBy({ key, text: args.note.text, signature: line.signature, verify: args.verify }))) {
      return fail('note-signature-invalid', `the line by ${lineId(line)}`)
    }
    verified.add(key)
  }
  if (verified.size === 0) return fail('note-signer-unknown', 'no signature line by a known key')
  return pass({ verified: [...verified] })
}

/** Keys are told apart by name and id together; neither holds the space between. */
function lineId({ name, keyId }: { name: string; keyId: Uint8Array }): string {
  return `${name} ${hexEncode(keyId)}`
}

async function isSignedBy(args: {
  key: NoteKey
  text: string
  signature: Uint8Array
  verify: VerifySignature
}): Promise<boolean> {
  const { key, text, signature, verify } = args
  if (key.type === TYPE_ED25519) return verify({ publicKey: key.publicKey, message: utf8Encode(text), signature })
  if (key.type !== TYPE_COSIGNATURE) throw new Error(`keys of type ${key.type} cannot be checked`)
  const cosignature = parseCosignature(signature)
  if (!cosignature.ok) return false
  const { time, signature: bare } = cosignature.value
  return verify({ publicKey: key.publicKey, message: cosignatureMessage({ time, text }), signature: bare })
}

function parseSignatureLine(line: string): NoteSignature | undefined {
  const [dash, name = '', payload = '', ...more] = line.split(' ')
  if (dash !== '\u2014' || more.length > 0 || !isKeyName(name)) return undefined
  const bytes = base64Decode(payload)
  if (bytes === undefined || bytes.length < 5) return undefined
  return { name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }
}
