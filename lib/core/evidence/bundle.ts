import { base64Decode, base64Encode, utf8Decode } from '../bytes.ts'
import { parseSubject } from '../custody/event.ts'
import type { Openings } from '../custody/sealed.ts'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts'
import type { MapProof } from '../ledger/map-proof.ts'
import { formatMapProof, parseMapProof } from '../ledger/map-proof-json.ts'
import { type Failure, fail, pass, type Result } from '../result.ts'
import type { EvidenceCode } from './evidence-codes.ts'
import { parseSafeDecimal } from './leaf.ts'

/** Everything that shows one consignment, with its proofs, in one file (PROTOCOL §5, SPEC.md). */
export interface Evidence {
  /** `consignment/<reference>`. */
  readonly subject: string
  /** The checkpoint's note, verbatim. */
  readonly checkpoint: string
  /** A hint: it checks the checkpoint's signature, and says nothing about whose log this is. */
  readonly vkey: string
  /** Indices rise strictly; bytes as stored, whatever they are. */
  readonly leaves: readonly EvidenceLeaf[]
  /** One multi-proof of all leaves, 32 bytes each. */
  readonly proof: readonly Uint8Array[]
  /** Of every subject that the file leans on, in the map of the index leaf, which is the last leaf; absent where the log promises no index. */
  readonly map?: MapProof
  /** Public openings by leaf index. */
  readonly openings: ReadonlyMap<number, Openings>
  /** A consistency proof between the checkpoint and the tree of another size, in whichever direction. */
  readonly seen?: { readonly size: number; readonly proof: readonly Uint8Array[] }
  /** Consignments that are quoted and were left out, rising. */
  readonly omitted: readonly string[]
}

export interface EvidenceLeaf {
  readonly index: number
  readonly bytes: Uint8Array
}

const FORMAT = 'throughline/evidence/v1'
const REQUIRED = ['format', 'subject', 'checkpoint', 'vkey', 'leaves', 'proof']
const OPTIONAL = ['map', 'openings', 'seen', 'omitted']
/** More than any evidence comes to: 1,000 quoted leaves of at most 24 KiB, and as much again of one's own. */
export const MAX_EVIDENCE_BYTES = 64 * 1024 * 1024

type Read<Value> = Result<Value, EvidenceCode>

/** The one spelling of a file: RFC 8785 and a newline. Leaves may hold any bytes; the rest is ours to get right. */
export function formatEvidence(evidence: Evidence): string {
  const { subject, checkpoint, vkey, leaves, proof, map, openings, seen, omitted } = evidence
  const openingsByIndex = Object.fromEntries([...openings].map(([index, fields]) => [String(index), fields]))
  return `${formatJson({
    format: FORMAT,
    subject,
    checkpoint,
    vkey,
    leaves: leaves.map(({ index, bytes }) => ({ index: String(index), bytes: base64Encode(bytes) })),
    proof: proof.map(base64Encode),
    ...(map && { map: formatMapProof(map) }),
    ...(openings.size > 0 && { openings: openingsByIndex as unknown as Json }),
    ...(seen && { seen: { size: String(seen.size), proof: seen.proof.map(base64Encode) } }),
    ...(omitted.length > 0 && { omitted }),
  })}\n`
}

/** Reads a file's form; what its bytes, hashes and signatures say is left to the checks. Codes: all of `EVIDENCE_CODES`. */
export function parseEvidence(bytes: Uint8Array): Read<Evidence> {
  const json = parseFile(bytes)
  if (!json.ok) return json
  const file = json.value
  if (file.format !== FORMAT) return fail('evidence-format-unknown', `format ${JSON.stringify(file.format)}`)
  const missing = REQUIRED.find(member => !Object.hasOwn(file, member))
  if (missing !== undefined) return fail('evidence-member-missing', missing)
  const unknown = Object.keys(file).find(member => !REQUIRED.includes(member) && !OPTIONAL.includes(member))
  if (unknown !== undefined) return fail('evidence-member-unknown', JSON.stringify(unknown))
  const { subject, checkpoint, vkey } = file
  if (!isText(subject) || !isText(checkpoint) || !isText(vkey))
    return wrongType('subject, checkpoint and vkey are texts')
  if (parseSubject(subject)?.about !== 'consignment') return fail('evidence-subject-malformed', subject)
  const leaves = parseLeaves(file.leaves)
  if (!leaves.ok) return leaves
  const proof = parseHashes(file.proof, 'proof')
  if (!proof.ok) return proof
  const map = parseMapProof(file.map)
  if (!map && file.map !== undefined) return fail('evidence-map-malformed', 'map is {ends, hashes} in one spelling')
  const openings = parseOpenings(file.openings, leaves.value)
  if (!openings.ok) return openings
  const seen = parseSeen(file.seen)
  if (!seen.ok) return seen
  const omitted = parseOmitted(file.omitted)
  if (!omitted.ok) return omitted
  return pass({
    subject,
    checkpoint,
    vkey,
    leaves: leaves.value,
    proof: proof.value,
    ...(map && { map }),
    openings: openings.value,
    ...(seen.value && { seen: seen.value }),
    omitted: omitted.value,
  })
}

/** The object that a file of proofs holds, in its one spelling. Codes: the first five of `EVIDENCE_CODES`, and `evidence-member-type`. */
export function parseFile(bytes: Uint8Array): Read<JsonObject> {
  if (bytes.length > MAX_EVIDENCE_BYTES) return fail('evidence-too-large', `${bytes.length} bytes`)
  const text = utf8Decode(bytes)
  if (text === undefined) return fail('evidence-not-utf8', 'the file is not UTF-8')
  if (!text.endsWith('\n')) return fail('evidence-unterminated', 'the file does not end in a newline')
  const json = parseJson(text.slice(0, -1))
  if (!json.ok) {
    return fail(json.code === 'json-malformed' ? 'evidence-not-json' : 'evidence-not-canonical', json.detail)
  }
  return isJsonObject(json.value) ? pass(json.value) : wrongType('the file is not an object')
}

/** Leaves of a file: at least one, rising. Codes: those of `EVIDENCE_CODES` that name leaves, an index or base64. */
export function parseLeaves(value: Json | undefined): Read<EvidenceLeaf[]> {
  if (!Array.isArray(value)) return wrongType('leaves is not a list')
  if (value.length === 0) return fail('evidence-leaves-empty', 'there is no leaf')
  const leaves: EvidenceLeaf[] = []
  let before = -1
  for (const each of value as readonly Json[]) {
    if (!hasExactly(each, ['index', 'bytes'])) return wrongType('a leaf is {index, bytes}')
    const index = parseIndex(each.index)
    if (index === undefined) return fail('evidence-index-malformed', `index ${JSON.stringify(each.index)}`)
    if (index <= before) return fail('evidence-leaves-order', `leaf ${index} after leaf ${before}`)
    const bytes = isText(each.bytes) ? base64Decode(each.bytes) : undefined
    if (bytes === undefined) return fail('evidence-base64-malformed', `leaf ${index} is not base64`)
    leaves.push({ index, bytes })
    before = index
  }
  return pass(leaves)
}

/** Hashes of a file, 32 bytes each. Codes: `evidence-member-type`, `evidence-hash-malformed`. */
export function parseHashes(value: Json | undefined, where: string): Read<Uint8Array[]> {
  if (!Array.isArray(value)) return wrongType(`${where} is not a list`)
  const hashes: Uint8Array[] = []
  for (const each of value as readonly Json[]) {
    const hash = isText(each) ? base64Decode(each) : undefined
    if (hash?.length !== 32) return fail('evidence-hash-malformed', `${where}: ${JSON.stringify(each)}`)
    hashes.push(hash)
  }
  return pass(hashes)
}

/** Shape only: whether an opening fits is a check's question. */
function parseOpenings(value: Json | undefined, leaves: readonly EvidenceLeaf[]): Read<Map<number, Openings>> {
  const openings = new Map<number, Openings>()
  if (value === undefined) return pass(openings)
  const malformed = fail('evidence-opening-malformed', 'openings are by leaf index and field, none of them empty')
  if (!isJsonObject(value) || Object.keys(value).length === 0) return malformed
  const indices = new Set(leaves.map(leaf => leaf.index))
  for (const [at, fields] of Object.entries(value)) {
    const index = parseIndex(at)
    if (index === undefined || !isJsonObject(fields) || Object.keys(fields).length === 0) return malformed
    for (const opening of Object.values(fields)) {
      if (!hasExactly(opening, ['salt', 'value']) || !isText(opening.salt) || !isText(opening.value)) return malformed
    }
    if (!indices.has(index)) return fail('evidence-opening-stray', `leaf ${index} is not in the file`)
    openings.set(index, fields as unknown as Openings)
  }
  return pass(openings)
}

function parseSeen(value: Json | undefined): Read<Evidence['seen']> {
  if (value === undefined) return pass(undefined)
  if (!hasExactly(value, ['size', 'proof'])) return wrongType('seen is {size, proof}')
  const size = parseIndex(value.size)
  if (size === undefined) return fail('evidence-size-malformed', `seen.size ${JSON.stringify(value.size)}`)
  const proof = parseHashes(value.proof, 'seen.proof')
  return proof.ok ? pass({ size, proof: proof.value }) : proof
}

function parseOmitted(value: Json | undefined): Read<readonly string[]> {
  if (value === undefined) return pass([])
  const malformed = fail('evidence-omitted-malformed', 'omitted is a rising list of consignments, never empty')
  if (!Array.isArray(value) || value.length === 0) return malformed
  let before = ''
  for (const each of value as readonly Json[]) {
    if (!isText(each) || parseSubject(each)?.about !== 'consignment' || each <= before) return malformed
    before = each
  }
  return pass(value as readonly string[])
}

function parseIndex(value: Json | undefined): number | undefined {
  return isText(value) ? parseSafeDecimal(value) : undefined
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string'
}

function hasExactly(value: Json | undefined, members: readonly string[]): value is JsonObject {
  return (
    isJsonObject(value) &&
    Object.keys(value).length === members.length &&
    members.every(each => Object.hasOwn(value, each))
  )
}

function wrongType(detail: string): Failure<EvidenceCode> {
  return fail('evidence-member-type', detail)
}
