// biome-ignore-all lint/style/noRestrictedImports: one folder deeper than the ledger, so ../../ is still lib/core
import { equalBytes, hexEncode, utf8Encode } from '../../bytes.ts'
import {
  type Checkpoint,
  formatCheckpointText,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
  treeSizeNumber,
} from '../checkpoint.ts'
import { cosignatureMessage, formatCosignature } from '../cosignature.ts'
import { signEd25519, type VerifySignature } from '../ed25519.ts'
import { verifyConsistency } from '../merkle.ts'
import { formatNote, noteSignatureLine, openNote, parseNote } from '../note.ts'
import { formatTlogProof, parseTlogProof, verifyTlogProof } from '../tlog-proof.ts'
import { type NoteKey, noteKey, parseVkey, TYPE_COSIGNATURE, TYPE_ED25519 } from '../vkey.ts'
import { bytesOfBase64, bytesOfHex, type Check, type KeyVector, type TlogVectors } from './shape.ts'

export async function checkCheckpoints(vectors: TlogVectors, check: Check, verify: VerifySignature): Promise<void> {
  const { log, witness1, witness2 } = vectors.keys
  const { list, cosignature_time_w1, cosignature_time_w2, cosignature_message_w1_size5 } = vectors.checkpoints
  const keys = [logKey(log), cosignerKey(witness1), cosignerKey(witness2)]
  for (const { size, body, signed, cosigned, ...lines } of list) {
    const parsed = parseCheckpointText(body)
    check(`checkpoint ${size} read`, parsed.ok && parsed.value.size === BigInt(size))
    if (!parsed.ok) continue
    check(`checkpoint ${size} written`, formatCheckpointText(parsed.value) === body)
    const own = signCheckpoint({ checkpoint: parsed.value, seed: bytesOfHex(log.seed_hex), name: log.name })
    check(`checkpoint ${size} signed`, equalBytes(own, utf8Encode(signed)))
    for (const [key, time, line] of [
      [witness1, cosignature_time_w1, lines.cosignature_line_w1],
      [witness2, cosignature_time_w2, lines.cosignature_line_w2],
    ] as const) {
      const message = cosignatureMessage({ time: BigInt(time), text: body })
      if (size === 5 && key === witness1) {
        check('cosignature message', equalBytes(message, utf8Encode(cosignature_message_w1_size5)))
      }
      const bare = signEd25519({ seed: bytesOfHex(key.seed_hex), message })
      const signature = formatCosignature({ time: BigInt(time), signature: bare })
      const { name, keyId } = cosignerKey(key)
      check(`checkpoint ${size} cosigned by ${name}`, noteSignatureLine({ name, keyId, signature }) === line)
    }
    const opened = await openCheckpoint({ bytes: utf8Encode(cosigned), keys, verify })
    check(`checkpoint ${size} opened, three signatures`, opened.ok && opened.value.verified.length === 3)
  }
}

export function checkBodies({ checkpoint_bodies }: TlogVectors, check: Check): void {
  for (const { body, ok, size, extension } of checkpoint_bodies.cases) {
    const parsed = parseCheckpointText(body)
    const isSame = parsed.ok && String(parsed.value.size) === size && parsed.value.extension === extension
    check(`checkpoint text ${JSON.stringify(body)}`, parsed.ok === ok && (!ok || isSame))
    if (parsed.ok) check('and written', formatCheckpointText(parsed.value) + parsed.value.extension === body)
  }
}

export async function checkNotes({ notes }: TlogVectors, check: Check, verify: VerifySignature): Promise<void> {
  const keys = notes.verifiers.flatMap(text => {
    const key = parseVkey(text)
    return key.ok ? [key.value] : []
  })
  for (const { name, note_b64, ok, verified } of notes.cases) {
    const bytes = bytesOfBase64(note_b64)
    const note = parseNote(bytes)
    const opened = note.ok ? await openNote({ note: note.value, keys, verify }) : note
    check(`note, ${name}`, opened.ok === ok)
    if (note.ok) check(`note, ${name}: one spelling`, equalBytes(formatNote(note.value), bytes))
    if (!opened.ok || !verified) continue
    const by = opened.value.verified.map(key => `${key.name}+${hexEncode(key.keyId)}`)
    check(`note, ${name}: by whom`, by.join() === verified.join())
  }
}

/** Of the witness's script what a reader of the ledger sees: good notes, good proofs, and which are not. */
export async function checkWitnessScript(vectors: TlogVectors, check: Check, verify: VerifySignature): Promise<void> {
  const keys = [logKey(vectors.keys.log)]
  let seen: Checkpoint | undefined
  for (const { name, request, response, status } of vectors.witness.steps) {
    const blank = request.indexOf('\n\n')
    const [, ...hashes] = request.slice(0, blank).split('\n')
    const opened = await openCheckpoint({ bytes: utf8Encode(request.slice(blank + 2)), keys, verify })
    if (status === 403 || status === 404) check(`witness, ${name}: refused`, !opened.ok)
    if (status !== 200 && status !== 422) continue
    check(`witness, ${name}: signed by the log`, opened.ok)
    if (!opened.ok) continue
    const { checkpoint, note } = opened.value
    const isConsistent =
      seen === undefined ||
      verifyConsistency({
        oldSize: treeSizeNumber(seen.size) ?? -1,
        oldRoot: seen.rootHash,
        newSize: treeSizeNumber(checkpoint.size) ?? -1,
        newRoot: checkpoint.rootHash,
        proof: hashes.map(bytesOfBase64),
      })
    check(`witness, ${name}: ${status}`, isConsistent === (status === 200))
    if (status !== 200) continue
    seen = checkpoint
    const answer = parseNote(utf8Encode(`${note.text}\n${response}`))
    const cosigner = [cosignerKey(vectors.keys.witness1)]
    const cosigned = answer.ok ? await openNote({ note: answer.value, keys: cosigner, verify }) : answer
    check(`witness, ${name}: cosigned`, cosigned.ok)
  }
}

export async function checkTlogProofs(vectors: TlogVectors, check: Check, verify: VerifySignature): Promise<void> {
  const { log, witness1, witness2 } = vectors.keys
  const keys = [logKey(log), cosignerKey(witness1), cosignerKey(witness2)]
  const { valid, invalid, invalid_entry } = vectors.tlog_proof
  for (const { entry, file, index, size } of valid) {
    const bytes = utf8Encode(file)
    const result = await verifyTlogProof({ file: bytes, leaf: utf8Encode(entry), keys, verify })
    const isRight = result.ok && result.value.leafIndex === index && result.value.checkpoint.size === BigInt(size)
    check(`tlog-proof of ${entry} in ${size}`, isRight)
    const parsed = parseTlogProof(bytes)
    check(`tlog-proof of ${entry}: one spelling`, parsed.ok && equalBytes(formatTlogProof(parsed.value), bytes))
  }
  for (const { name, file } of invalid) {
    const result = await verifyTlogProof({ file: utf8Encode(file), leaf: utf8Encode(invalid_entry), keys, verify })
    check(`tlog-proof, ${name}: refused`, !result.ok)
  }
}

function logKey({ name, public_hex }: KeyVector): NoteKey {
  return noteKey({ name, type: TYPE_ED25519, publicKey: bytesOfHex(public_hex) })
}

function cosignerKey({ name, public_hex }: KeyVector): NoteKey {
  return noteKey({ name, type: TYPE_COSIGNATURE, publicKey: bytesOfHex(public_hex) })
}
