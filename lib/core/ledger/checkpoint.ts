import { base64Decode, base64Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { parseDecimal } from './decimal.ts'
import type { VerifySignature } from './ed25519.ts'
import { formatNote, type Note, type NoteCode, openNote, parseNote, signNote } from './note.ts'
import { type NoteKey, TYPE_ED25519 } from './vkey.ts'

/** A tree head as a log states it (C2SP tlog-checkpoint v1.0.0). */
export type Checkpoint = {
  /** The log's identity for ever: one line, never empty. */
  readonly origin: string
  /** Leaves in the tree, 0 to 2^63 − 1. */
  readonly size: bigint
  /** 32 bytes; SHA-256 of no bytes at size 0. */
  readonly rootHash: Uint8Array
}

export type CheckpointCode =
  | 'checkpoint-unterminated'
  | 'checkpoint-too-short'
  | 'checkpoint-origin-missing'
  | 'checkpoint-size-malformed'
  | 'checkpoint-root-malformed'
  | 'checkpoint-extension-malformed'
  | 'checkpoint-extended'
  | 'checkpoint-not-by-log'

/** The note text: origin, size, base64 root hash, a line each. Never an extension line: real witnesses refuse them. */
export function formatCheckpointText({ origin, size, rootHash }: Checkpoint): string {
  const text = `${origin}\n${size}\n${base64Encode(rootHash)}\n`
  const again = parseCheckpointText(text)
  if (!again.ok || again.value.origin !== origin) throw new Error(`no checkpoint: ${text}`)
  return text
}

/**
 * Reads a checkpoint's note text. `extension`: the lines after the third, newlines included, '' if none.
 * Codes: `checkpoint-unterminated` (no final newline), `checkpoint-too-short` (under three lines), `checkpoint-origin-missing`,
 * `checkpoint-size-malformed` (no canonical decimal up to 2^63 − 1), `checkpoint-root-malformed` (no strict base64 of 32 bytes),
 * `checkpoint-extension-malformed` (an empty line).
 */
export function parseCheckpointText(text: string): Result<Checkpoint & { extension: string }, CheckpointCode> {
  if (!text.endsWith('\n')) return fail('checkpoint-unterminated', 'the last line does not end')
  const [origin, sizeLine, rootLine, ...extension] = text.slice(0, -1).split('\n')
  if (origin === undefined || sizeLine === undefined || rootLine === undefined) {
    return fail('checkpoint-too-short', 'a checkpoint has three lines')
  }
  if (origin === '') return fail('checkpoint-origin-missing', 'the first line is the origin')
  const size = parseDecimal(sizeLine)
  if (size === undefined) return fail('checkpoint-size-malformed', sizeLine)
  const rootHash = base64Decode(rootLine)
  if (rootHash?.length !== 32) return fail('checkpoint-root-malformed', rootLine)
  if (extension.includes('')) return fail('checkpoint-extension-malformed', 'an empty line')
  return pass({ origin, size, rootHash, extension: extension.map(line => `${line}\n`).join('') })
}

/** A signed checkpoint: the bytes of a note with one type 0x01 line by `seed` (32 bytes) under `name`, which {@link openCheckpoint} wants to be the origin. */
export function signCheckpoint(args: { checkpoint: Checkpoint; seed: Uint8Array; name: string }): Uint8Array {
  const text = formatCheckpointText(args.checkpoint)
  return formatNote({ text, signatures: [signNote({ name: args.name, seed: args.seed, text })] })
}

/** A checkpoint whose signatures were checked. `verified`: the keys that signed, the log's own among them. */
export type OpenedCheckpoint = {
  readonly checkpoint: Checkpoint
  readonly note: Note
  readonly verified: readonly NoteKey[]
}

/**
 * Reads a checkpoint note and checks its signatures against `keys`: the log's and those of known witnesses.
 * Codes: those of {@link parseNote}, {@link openNote} and {@link parseCheckpointText}; `checkpoint-extended` (it has extension lines, ours
 * never do); `checkpoint-not-by-log` (no good type 0x01 line by a key named like the origin: cosignatures alone are not the log's word).
 */
export async function openCheckpoint(args: {
  bytes: Uint8Array
  keys: readonly NoteKey[]
  verify: VerifySignature
}): Promise<Result<OpenedCheckpoint, NoteCode | CheckpointCode>> {
  const note = parseNote(args.bytes)
  if (!note.ok) return note
  const parsed = parseCheckpointText(note.value.text)
  if (!parsed.ok) return parsed
  const { extension, ...checkpoint } = parsed.value
  if (extension !== '') return fail('checkpoint-extended', extension)
  const opened = await openNote({ note: note.value, keys: args.keys, verify: args.verify })
  if (!opened.ok) return opened
  const { verified } = opened.value
  if (!verified.some(key => key.type === TYPE_ED25519 && key.name === checkpoint.origin)) {
    return fail('checkpoint-not-by-log', `no signature by ${checkpoint.origin}`)
  }
  return pass({ checkpoint, note: note.value, verified })
}

/** `size` as a number for the tree functions, which count in safe integers; undefined above 2^53 − 1, which no log of ours reaches. */
export function treeSizeNumber(size: bigint): number | undefined {
  return size <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(size) : undefined
}
