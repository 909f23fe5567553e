import { hexDecode, utf8Decode, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'

/** One leaf of the log that holds an event (PROTOCOL §2). */
export interface Leaf {
  /** Unix milliseconds, a safe integer; the operator's word. */
  readonly recordedAt: number
  /** Place in the subject's chain, from 0. */
  readonly seq: number
  /** Lower-case hex of the leaf hash of the subject's previous leaf; '-' iff `seq` is 0. */
  readonly previous: string
  /** The signed event, verbatim. */
  readonly note: Uint8Array
}

export const LEAF_CODES = [
  'leaf-kind-unknown',
  'leaf-header-malformed',
  'leaf-time-malformed',
  'leaf-seq-malformed',
  'leaf-previous-malformed',
] as const
export type LeafCode = (typeof LEAF_CODES)[number]

const KIND = 'throughline/leaf/v1'
const KIND_BYTES = utf8Encode(`${KIND} `)
/** Kind, two 16-digit numbers, a hash and blanks: no first line is longer. */
const LONGEST_HEADER = KIND.length + 16 + 16 + 64 + 3
const NEWLINE = 10

/** The one spelling of a leaf: `throughline/leaf/v1 <ms> <seq> <previous or ->\n`, then the note. Throws on what {@link parseLeaf} would refuse. */
export function formatLeaf(leaf: Leaf): Uint8Array {
  const { recordedAt, seq, previous, note } = leaf
  const header = `${KIND} ${recordedAt} ${seq} ${previous}\n`
  const isTold = isPlace(recordedAt) && isPlace(seq) && (seq === 0 ? previous === '-' : HASH.test(previous))
  if (!isTold) throw new Error(`no leaf: ${header}`)
  const bytes = new Uint8Array(header.length + note.length)
  bytes.set(utf8Encode(header))
  bytes.set(note, header.length)
  return bytes
}

const HASH = /^[0-9a-f]{64}$/
const isPlace = (value: number) => Number.isSafeInteger(value) && value >= 0

/**
 * Reads a leaf; the note inside is not looked at.
 * Codes: `leaf-kind-unknown` (the first word names another kind of leaf), `leaf-header-malformed` (no first line of four words),
 * `leaf-time-malformed`, `leaf-seq-malformed` (no canonical decimal of a safe integer), `leaf-previous-malformed` (no 64 lower-case hex
 * digits, or `-` elsewhere than at seq 0).
 */
export function parseLeaf(bytes: Uint8Array): Result<Leaf, LeafCode> {
  if (!KIND_BYTES.every((byte, i) => bytes[i] === byte))
    return fail('leaf-kind-unknown', `the first word is not ${KIND}`)
  const end = bytes.subarray(0, LONGEST_HEADER + 1).indexOf(NEWLINE)
  const words = end === -1 ? undefined : utf8Decode(bytes.subarray(0, end))?.split(' ')
  if (words?.length !== 4) return fail('leaf-header-malformed', 'the first line is not four words')
  const [, time, place, previous] = words as [string, string, string, string]
  const recordedAt = parseSafeDecimal(time)
  if (recordedAt === undefined) return fail('leaf-time-malformed', `the record time reads ${JSON.stringify(time)}`)
  const seq = parseSafeDecimal(place)
  if (seq === undefined) return fail('leaf-seq-malformed', `the place in the chain reads ${JSON.stringify(place)}`)
  const isFirst = previous === '-'
  if (isFirst !== (seq === 0) || (!isFirst && hexDecode(previous, 32) === undefined)) {
    return fail('leaf-previous-malformed', `the previous leaf of number ${seq} reads ${JSON.stringify(previous)}`)
  }
  return pass({ recordedAt, seq, previous, note: bytes.subarray(end + 1) })
}

/** The value of a canonical decimal of at most 2^53 − 1; undefined for every other spelling. */
export function parseSafeDecimal(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
