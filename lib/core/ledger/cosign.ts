import { equalBytes, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { cosignatureMessage, formatCosignature, parseCosignature } from './cosignature.ts'
import { publicKeyOf, signEd25519, type VerifySignature } from './ed25519.ts'
import { type NoteCode, type NoteSignature, noteSignatureLine, parseNote } from './note.ts'
import { type NoteKey, noteKey, TYPE_COSIGNATURE } from './vkey.ts'

/** The note signature of a cosigner: of `name`, with its 32-byte `seed`, over `text` (a checkpoint's note text), as of `time` (unix seconds). */
export function cosign(args: { name: string; seed: Uint8Array; time: bigint; text: string }): NoteSignature {
  const { name, seed, time, text } = args
  const { keyId } = noteKey({ name, type: TYPE_COSIGNATURE, publicKey: publicKeyOf(seed) })
  const bare = signEd25519({ seed, message: cosignatureMessage({ time, text }) })
  return { name, keyId, signature: formatCosignature({ time, signature: bare }) }
}

export type CosignatureCode = NoteCode | 'cosignature-malformed' | 'cosignature-missing' | 'cosignature-invalid'

/**
 * What `key` (type 0x04) says of `text` in `lines`, signature lines as a witness answers them: its own line in the one spelling, and when it
 * signed (unix seconds). Other signers' lines are ignored; of several by this key the first counts.
 * Codes: those of {@link parseNote}; `cosignature-missing` (no line by this key), `cosignature-malformed`, `cosignature-invalid` (not over this text, or as of time 0).
 */
export async function readCosignature(args: {
  lines: string
  text: string
  key: NoteKey
  verify: VerifySignature
}): Promise<Result<{ readonly line: string; readonly time: bigint }, CosignatureCode>> {
  const { lines, text, key, verify } = args
  const note = parseNote(utf8Encode(`${text}\n${lines}`))
  if (!note.ok) return note
  const own = note.value.signatures.find(each => each.name === key.name && equalBytes(each.keyId, key.keyId))
  // A text that ends in a blank line of its own would be parted elsewhere.
  if (own === undefined || note.value.text !== text) return fail('cosignature-missing', `no line by ${key.name}`)
  const read = parseCosignature(own.signature)
  if (!read.ok) return read
  const { time, signature } = read.value
  const message = cosignatureMessage({ time, text })
  if (time === 0n || !(await verify({ publicKey: key.publicKey, message, signature }))) {
    return fail('cosignature-invalid', `the line by ${key.name} is not over this checkpoint`)
  }
  return pass({ line: noteSignatureLine(own), time })
}
