import { equalBytes } from '../bytes.ts'
import { formatCheckpointText, parseCheckpointText } from './checkpoint.ts'
import type { VerifySignature } from './ed25519.ts'
import { verifyGrowth } from './growth.ts'
import { EMPTY_ROOT } from './merkle.ts'
import { type NoteSignature, openNote, parseNote } from './note.ts'
import type { NoteKey } from './vkey.ts'
import { parseWitnessRequest } from './witness-request.ts'

/** What a witness cosigned last for an origin; size 0 and the empty tree's root before it cosigned anything. */
export type WitnessHead = { readonly size: bigint; readonly rootHash: Uint8Array }

export const NO_HEAD: WitnessHead = { size: 0n, rootHash: EMPTY_ROOT }

export type WitnessRefusal = { readonly status: 400 | 403 | 404 | 422; readonly code: string; readonly detail: string }

export type WitnessDecision =
  | WitnessRefusal
  /** The log has to prove from `size`. */
  | { readonly status: 409; readonly size: bigint }
  | {
      /** To be persisted over `old`, cosigned and answered. */
      readonly status: 200
      readonly origin: string
      readonly old: WitnessHead
      readonly head: WitnessHead
      /** The note's text as it is to be signed: what was parsed, spelled again. */
      readonly text: string
      /** Lines by the log's own keys that were verified: all that may be served again. */
      readonly signatures: readonly NoteSignature[]
    }

/** What a witness knows of the log of an origin; undefined for a log it does not follow. */
export type KnownLog = { readonly keys: readonly NoteKey[]; readonly head: WitnessHead }

/**
 * What a witness answers to `body` (c2sp.org/tlog-witness), decided in the order that the protocol fixes: 400 malformed, or old above the
 * checkpoint's size · 404 unknown origin · 403 no good signature by a key of that origin · 409 old is not the size cosigned last · 422 the
 * proof, or the root, does not follow from it · 200. Checkpoints with extension lines are malformed here: nobody could sign what was parsed.
 */
export async function decideWitness(args: {
  body: Uint8Array
  logOf: (origin: string) => KnownLog | undefined
  verify: VerifySignature
}): Promise<WitnessDecision> {
  const request = parseWitnessRequest(args.body)
  if (!request.ok) return refuse(400, request)
  const { oldSize, proof } = request.value
  const note = parseNote(request.value.checkpoint)
  if (!note.ok) return refuse(400, note)
  const checkpoint = parseCheckpointText(note.value.text)
  if (!checkpoint.ok) return refuse(400, checkpoint)
  const { origin, size, rootHash, extension } = checkpoint.value
  if (extension !== '') return refuse(400, { code: 'checkpoint-extended', detail: extension })
  if (oldSize > size) return refuse(400, { code: 'old-too-large', detail: `old ${oldSize}, checkpoint ${size}` })
  const log = args.logOf(origin)
  if (!log) return refuse(404, { code: 'origin-unknown', detail: origin })
  const opened = await openNote({ note: note.value, keys: log.keys, verify: args.verify })
  if (!opened.ok) return refuse(403, opened)
  const { head: old } = log
  if (oldSize !== old.size) return { status: 409, size: old.size }
  const isGrown = verifyGrowth({ oldSize, oldRoot: old.rootHash, newSize: size, newRoot: rootHash, proof })
  if (!isGrown) return refuse(422, { code: 'proof-wrong', detail: `from ${oldSize} to ${size}` })
  if (size === 0n && !equalBytes(rootHash, EMPTY_ROOT)) return refuse(422, { code: 'root-wrong', detail: 'size 0' })
  const text = formatCheckpointText({ origin, size, rootHash })
  const signatures = opened.value.verified.flatMap(key => note.value.signatures.find(line => isBy(line, key)) ?? [])
  return { status: 200, origin, old, head: { size, rootHash }, text, signatures }
}

function isBy(line: NoteSignature, key: NoteKey): boolean {
  return line.name === key.name && equalBytes(line.keyId, key.keyId)
}

function refuse(status: WitnessRefusal['status'], { code, detail }: { code: string; detail: string }): WitnessRefusal {
  return { status, code, detail }
}
