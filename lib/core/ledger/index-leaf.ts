import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** The leaf that commits the log to its map: the last one below every signed size of a log that promises an index (PROTOCOL §6). */
export interface IndexLeaf {
  /** Record time, unix milliseconds, a safe integer; the operator's word. */
  readonly at: number
  /** 32 bytes: root of the map over all leaves before this one. */
  readonly mapRoot: Uint8Array
}

const FIRST_WORD = utf8Encode('throughline/index/v1 ')

/** The one spelling of an index leaf: `throughline/index/v1 <ms>\n<base64 map root>\n`. Throws on what {@link parseIndexLeaf} would refuse. */
export function formatIndexLeaf({ at, mapRoot }: IndexLeaf): Uint8Array {
  const bytes = utf8Encode(`throughline/index/v1 ${at}\n${base64Encode(mapRoot)}\n`)
  const again = parseIndexLeaf(bytes)
  if (!again.ok) throw new Error(again.detail)
  return bytes
}

/** True where the first word says that a leaf is an index leaf, well-formed or not: the first word decides what a leaf is. */
export function isIndexLeaf(bytes: Uint8Array): boolean {
  return FIRST_WORD.every((byte, i) => bytes[i] === byte)
}

/** Reads an index leaf. Code: `index-malformed` (not these two lines: a canonical decimal up to 2^53 − 1, and base64 of 32 bytes). */
export function parseIndexLeaf(bytes: Uint8Array): Result<IndexLeaf, 'index-malformed'> {
  // 21 for the first word, at most 16 digits, 44 of base64, two line ends.
  const text = bytes.length > 83 ? undefined : utf8Decode(bytes)
  const [, time, root] = /^throughline\/index\/v1 (0|[1-9][0-9]{0,15})\n([^\n]{44})\n$/.exec(text ?? '') ?? []
  const at = Number(time)
  const mapRoot = base64Decode(root ?? '')
  if (!Number.isSafeInteger(at) || mapRoot?.length !== 32) {
    return fail('index-malformed', 'not the first word, a time, and a map root in two lines')
  }
  return pass({ at, mapRoot })
}
