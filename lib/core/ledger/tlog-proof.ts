import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { type CheckpointCode, type OpenedCheckpoint, openCheckpoint, treeSizeNumber } from './checkpoint.ts'
import { parseDecimal } from './decimal.ts'
import type { VerifySignature } from './ed25519.ts'
import { leafHash, verifyInclusion } from './merkle.ts'
import type { NoteCode } from './note.ts'
import type { NoteKey } from './vkey.ts'

/** One leaf's proof as a file (c2sp.org/tlog-proof@v1), to be kept beside the leaf's bytes. */
export type TlogProof = {
  /** What the giver added; proven by nothing and never to be trusted. */
  readonly extra?: Uint8Array
  readonly leafIndex: bigint
  /** RFC 9162 inclusion proof, the leaf's sibling first, 32 bytes each, at most 63. */
  readonly proof: readonly Uint8Array[]
  /** A signed checkpoint, verbatim; checked only by {@link verifyTlogProof}. */
  readonly checkpoint: Uint8Array
}

export type TlogProofCode =
  | 'tlog-proof-not-utf8'
  | 'tlog-proof-header-unknown'
  | 'tlog-proof-extra-malformed'
  | 'tlog-proof-index-malformed'
  | 'tlog-proof-hash-malformed'
  | 'tlog-proof-too-long'
  | 'tlog-proof-unterminated'

const HEADER = 'c2sp.org/tlog-proof@v1'

/** The one spelling of `file`. Throws on what {@link parseTlogProof} would not read back. */
export function formatTlogProof(file: TlogProof): Uint8Array {
  const checkpoint = utf8Decode(file.checkpoint)
  const lines = [
    HEADER,
    ...(file.extra === undefined ? [] : [`extra ${base64Encode(file.extra)}`]),
    `index ${file.leafIndex}`,
    ...file.proof.map(base64Encode),
    '',
    checkpoint,
  ]
  const bytes = utf8Encode(lines.join('\n'))
  const again = parseTlogProof(bytes)
  if (checkpoint === undefined || !again.ok) throw new Error(`no tlog-proof: ${again.ok ? 'checkpoint' : again.detail}`)
  return bytes
}

/**
 * Reads a tlog-proof file; the checkpoint in it is not looked at.
 * Codes: `tlog-proof-not-utf8`, `tlog-proof-header-unknown`, `tlog-proof-extra-malformed`, `tlog-proof-index-malformed`,
 * `tlog-proof-hash-malformed`, `tlog-proof-too-long` (over 63 hashes), `tlog-proof-unterminated` (no empty line before a checkpoint).
 */
export function parseTlogProof(bytes: Uint8Array): Result<TlogProof, TlogProofCode> {
  const text = utf8Decode(bytes)
  if (text === undefined) return fail('tlog-proof-not-utf8', 'a tlog-proof is UTF-8')
  const blank = text.indexOf('\n\n')
  const [header, ...lines] = (blank === -1 ? text : text.slice(0, blank)).split('\n')
  if (header !== HEADER) return fail('tlog-proof-header-unknown', header ?? '')
  const extraLine = lines[0]?.startsWith('extra ') ? lines.shift() : undefined
  const extra = extraLine === undefined ? undefined : base64Decode(extraLine.slice('extra '.length))
  if (extraLine !== undefined && extra === undefined) return fail('tlog-proof-extra-malformed', extraLine)
  const indexLine = lines.shift() ?? ''
  const leafIndex = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined
  if (leafIndex === undefined) return fail('tlog-proof-index-malformed', indexLine)
  if (lines.length > 63 && blank !== -1) return fail('tlog-proof-too-long', `${lines.length} hashes`)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = base64Decode(line)
    if (hash?.length !== 32) return fail('tlog-proof-hash-malformed', line)
    proof.push(hash)
  }
  if (blank === -1) return fail('tlog-proof-unterminated', 'no empty line and checkpoint after the hashes')
  const checkpoint = utf8Encode(text.slice(blank + 2))
  return pass({ ...(extra === undefined ? {} : { extra }), leafIndex, proof, checkpoint })
}

/**
 * Checks that the log of `keys` (and whichever witnesses are among them) signed a tree that holds `leaf` (its bytes) at the file's index.
 * Gives the index and the opened checkpoint; whether enough witnesses signed is the caller's policy.
 * Codes: those of {@link parseTlogProof} and `openCheckpoint`; `tlog-proof-not-included`.
 */
export async function verifyTlogProof(args: {
  file: Uint8Array
  leaf: Uint8Array
  keys: readonly NoteKey[]
  verify: VerifySignature
}): Promise<
  Result<
    OpenedCheckpoint & { leafIndex: number },
    TlogProofCode | NoteCode | CheckpointCode | 'tlog-proof-not-included'
  >
> {
  const parsed = parseTlogProof(args.file)
  if (!parsed.ok) return parsed
  const opened = await openCheckpoint({ bytes: parsed.value.checkpoint, keys: args.keys, verify: args.verify })
  if (!opened.ok) return opened
  const { size, rootHash } = opened.value.checkpoint
  const leafIndex = treeSizeNumber(parsed.value.leafIndex)
  const treeSize = treeSizeNumber(size)
  const { proof } = parsed.value
  const isIncluded =
    leafIndex !== undefined &&
    treeSize !== undefined &&
    verifyInclusion({ leafHash: leafHash(args.leaf), leafIndex, treeSize, rootHash, proof })
  if (!isIncluded) return fail('tlog-proof-not-included', `leaf ${parsed.value.leafIndex} in a tree of ${size}`)
  return pass({ ...opened.value, leafIndex })
}
