import { concat, utf8Encode } from '../bytes.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { parseTlogProof, verifyTlogProof } from '../ledger/tlog-proof.ts'
import type { NoteKey } from '../ledger/vkey.ts'
import { fail, pass, type Result } from '../result.ts'
import { parseLeaf } from './leaf.ts'

const NEWLINE = 10

/** The first line of a leaf without its newline: what a proof file carries as `extra`, since who holds the note lacks only that. Undefined for bytes that have none. */
export function leafHeader(leaf: Uint8Array): Uint8Array | undefined {
  const end = leaf.indexOf(NEWLINE)
  return end === -1 ? undefined : leaf.slice(0, end)
}

export interface ProvenEvent {
  readonly leafIndex: number
  /** Unix milliseconds, the operator's word. */
  readonly recordedAt: number
  /** The signed checkpoint over it, verbatim. */
  readonly checkpointNote: Uint8Array
}

/**
 * Whether the log of `key` signed a tree that holds exactly this event: the leaf is made of the proof file's `extra` line and of `note`, the caller's
 * own bytes, so that nothing else can be proven to them. `origin`: the log that the event was signed for.
 * Codes: those of a tlog-proof, a note, a checkpoint and a leaf; `event-proof-bare` (no `extra` line); `origin-other` (another log's checkpoint).
 */
export async function verifyEventProof(args: {
  file: Uint8Array
  note: Uint8Array
  origin: string
  key: NoteKey
  verify: VerifySignature
}): Promise<Result<ProvenEvent>> {
  const { file, note, origin, key, verify } = args
  const proof = parseTlogProof(file)
  if (!proof.ok) return proof
  const { extra, checkpoint: checkpointNote } = proof.value
  if (extra === undefined) return fail('event-proof-bare', 'the file does not carry the first line of the leaf')
  const leaf = concat(extra, utf8Encode('\n'), note)
  const read = parseLeaf(leaf)
  if (!read.ok) return read
  // A line end of its own in `extra` would put something else in front of the note.
  if (read.value.note.length !== note.length) return fail('leaf-header-malformed', 'the first line is more than one')
  const verified = await verifyTlogProof({ file, leaf, keys: [key], verify })
  if (!verified.ok) return verified
  const { checkpoint, leafIndex } = verified.value
  if (checkpoint.origin !== origin) return fail('origin-other', `a checkpoint of ${checkpoint.origin}`)
  return pass({ leafIndex, recordedAt: read.value.recordedAt, checkpointNote })
}
