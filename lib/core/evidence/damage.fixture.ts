import { hexEncode, utf8Decode, utf8Encode } from '../bytes.ts'
import { formatJson, type JsonObject, parseJson } from '../json.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import type { Evidence, EvidenceLeaf } from './bundle.ts'
import type { Report } from './report.ts'

/** Remembers verdicts: a loop over thousands of damaged files asks for the same few signatures again and again. */
export function remembering(verify: VerifySignature): VerifySignature {
  const verdicts = new Map<string, boolean | Promise<boolean>>()
  return args => {
    const id = `${hexEncode(args.publicKey)} ${hexEncode(args.signature)} ${hexEncode(args.message)}`
    const known = verdicts.get(id)
    if (known !== undefined) return known
    const verdict = verify(args)
    verdicts.set(id, verdict)
    return verdict
  }
}

/** Numbers from 0 to 2^32 − 1 that follow from a seed (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** The file with one bit of one byte turned over. */
export function flipped(file: Uint8Array, at: number, bit: number): Uint8Array {
  const damaged = Uint8Array.from(file)
  damaged[at] = (damaged[at] as number) ^ (1 << bit)
  return damaged
}

/** Which member of the file's object each byte stands in; braces, names and the final newline are `frame`. */
export function membersOf(file: Uint8Array): string[] {
  const text = utf8Decode(file) as string
  const read = parseJson(text.slice(0, -1))
  if (!read.ok) throw new Error(read.detail)
  const members = new Array<string>(file.length).fill('frame')
  let at = 1
  for (const [name, value] of Object.entries(read.value as JsonObject)) {
    at += utf8Encode(`${formatJson(name)}:`).length
    const length = utf8Encode(formatJson(value)).length
    members.fill(name, at, at + length)
    at += length + 1
  }
  return members
}

/**
 * What damage in each member must be found by: a failed `check code`, or the code of a file that has no form any more. A report that names
 * none of them is wrong even if it fails.
 */
const FOUND_BY: Readonly<Record<string, RegExp>> = {
  frame: /^evidence-(not-utf8|not-json|not-canonical|unterminated|member-unknown|member-missing|format-unknown)$/,
  format: /^evidence-(not-utf8|not-json|not-canonical|format-unknown)$/,
  subject: /^evidence-(not-utf8|not-json|not-canonical|subject-malformed)$/,
  checkpoint: /^(evidence-(not-utf8|not-json|not-canonical)|checkpoint-signed (note|checkpoint)-[a-z-]+)$/,
  vkey: /^(evidence-(not-utf8|not-json|not-canonical)|log-key log-key-other)$/,
  leaves:
    /^(evidence-(not-utf8|not-json|not-canonical|member-type|index-malformed|leaves-order|base64-malformed|opening-stray)|leaves-included (root-mismatch|malformed-proof))$/,
  proof:
    /^(evidence-(not-utf8|not-json|not-canonical|hash-malformed)|leaves-included (root-mismatch|malformed-proof))$/,
  map: /^(evidence-(not-utf8|not-json|not-canonical|map-malformed)|complete map-(proof-malformed|root-mismatch|count-differs|leaf-differs))$/,
  openings:
    /^(evidence-(not-utf8|not-json|not-canonical|opening-malformed|opening-stray)|events-signed (opening-mismatch|opening-unknown|opening-not-public|text-malformed|hash-malformed))$/,
  seen: /^(evidence-(not-utf8|not-json|not-canonical|member-type|hash-malformed|size-malformed)|checkpoint-consistent (checkpoint-inconsistent|no-consistency-proof))$/,
}

/** Undefined when the report names damage in `member` for what it is; else what it said instead. */
export function misjudged(report: Report, member: string): string | undefined {
  const causes = report.unusable ? [report.unusable.code] : failuresOf(report)
  // A proof for another size than was asked for is no proof: nothing failed, and nothing was linked.
  if (member === 'seen') causes.push(...report.checks.filter(each => each.name === 'checkpoint-consistent').map(codeOf))
  const pattern = FOUND_BY[member]
  const isNamed = causes.some(cause => pattern?.test(cause))
  const isRefused = report.verdict === 'failed' || (member === 'seen' && isNamed)
  return isNamed && isRefused ? undefined : `${member}: ${report.verdict} ${causes.join(', ')}`
}

const codeOf = ({ name, code }: Report['checks'][number]) => `${name} ${code}`
export const failuresOf = (report: Report) => report.checks.filter(each => each.outcome === 'fail').map(codeOf)

/** A file whose leaves were dropped, doubled, exchanged or cut, and what was done; proof and openings stay as they are. */
export function* leafDamage(evidence: Evidence): Generator<{ what: string; evidence: Evidence }> {
  const { leaves } = evidence
  const withLeaves = (what: string, changed: readonly EvidenceLeaf[]) => ({
    what,
    evidence: { ...evidence, leaves: changed },
  })
  for (const [i, leaf] of leaves.entries()) {
    yield withLeaves(`drop ${i}`, leaves.toSpliced(i, 1))
    yield withLeaves(`duplicate ${i}`, leaves.toSpliced(i, 0, leaf))
    const copy = { index: leaf.index + 1, bytes: leaf.bytes }
    if (leaves[i + 1]?.index !== copy.index)
      yield withLeaves(`duplicate ${i} as another`, leaves.toSpliced(i + 1, 0, copy))
    yield withLeaves(`cut ${i} at its end`, leaves.with(i, { ...leaf, bytes: leaf.bytes.subarray(0, -1) }))
    yield withLeaves(`cut ${i} to nothing`, leaves.with(i, { ...leaf, bytes: leaf.bytes.subarray(0, 0) }))
    const next = leaves[i + 1]
    if (!next) continue
    yield withLeaves(`truncate after ${i}`, leaves.slice(0, i + 1))
    yield withLeaves(`swap ${i} and its neighbour`, leaves.with(i, next).with(i + 1, leaf))
    const exchanged = leaves.with(i, { ...leaf, bytes: next.bytes }).with(i + 1, { ...next, bytes: leaf.bytes })
    yield withLeaves(`exchange bytes of ${i} and its neighbour`, exchanged)
  }
}

export const LEAF_DAMAGE = /^(evidence-(leaves-order|opening-stray)|leaves-included (root-mismatch|malformed-proof))$/
