import { base64Decode, base64Encode, concat, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { parseDecimal } from './decimal.ts'

/** What a log asks of a witness (c2sp.org/tlog-witness, body of `POST add-checkpoint`). */
export type WitnessRequest = {
  /** Size of the last checkpoint that the log believes this witness signed, 0 to 2^63 − 1. */
  readonly oldSize: bigint
  /** Consistency proof from the tree of `oldSize` to that of the checkpoint, 32 bytes each, at most 63. */
  readonly proof: readonly Uint8Array[]
  /** The checkpoint's note, verbatim; not looked at here. */
  readonly checkpoint: Uint8Array
}

export type WitnessRequestCode =
  | 'witness-request-malformed'
  | 'witness-request-old-malformed'
  | 'witness-request-hash-malformed'
  | 'witness-request-too-long'

const MOST_HASHES = 63

/** The one spelling of a request. Throws on one that {@link parseWitnessRequest} would not read back. */
export function formatWitnessRequest({ oldSize, proof, checkpoint }: WitnessRequest): Uint8Array {
  const head = [`old ${oldSize}`, ...proof.map(base64Encode), '', ''].join('\n')
  const bytes = concat(utf8Encode(head), checkpoint)
  const again = parseWitnessRequest(bytes)
  if (!again.ok) throw new Error(`no request to a witness: ${again.detail}`)
  return bytes
}

/**
 * Reads the body of a request: `old <size>`, base64 hashes a line each, an empty line, the checkpoint's note.
 * Codes: `witness-request-malformed` (no UTF-8 up to the empty line, no empty line, nothing after it), `witness-request-old-malformed`,
 * `witness-request-hash-malformed`, `witness-request-too-long` (over 63 hashes).
 */
export function parseWitnessRequest(bytes: Uint8Array): Result<WitnessRequest, WitnessRequestCode> {
  const blank = firstBlankLine(bytes)
  const head = blank === undefined ? undefined : utf8Decode(bytes.subarray(0, blank))
  if (blank === undefined || head === undefined || blank + 2 === bytes.length) {
    return fail('witness-request-malformed', 'a request is lines, an empty line and a checkpoint')
  }
  const [oldLine = '', ...lines] = head.split('\n')
  const oldSize = oldLine.startsWith('old ') ? parseDecimal(oldLine.slice('old '.length)) : undefined
  if (oldSize === undefined) return fail('witness-request-old-malformed', oldLine)
  if (lines.length > MOST_HASHES) return fail('witness-request-too-long', `${lines.length} hashes`)
  const proof: Uint8Array[] = []
  for (const line of lines) {
    const hash = base64Decode(line)
    if (hash?.length !== 32) return fail('witness-request-hash-malformed', line)
    proof.push(hash)
  }
  return pass({ oldSize, proof, checkpoint: bytes.slice(blank + 2) })
}

const NEWLINE = 10

/** Where the first of two newlines in a row stands. */
function firstBlankLine(bytes: Uint8Array): number | undefined {
  for (let i = 0; i + 1 < bytes.length; i++) if (bytes[i] === NEWLINE && bytes[i + 1] === NEWLINE) return i
  return undefined
}
