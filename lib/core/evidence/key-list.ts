import { base64Encode } from '../bytes.ts'
import { parseReference } from '../custody/reference.ts'
import { formatJson } from '../json.ts'
import type { MapProof } from '../ledger/map-proof.ts'
import { formatMapProof, parseMapProof } from '../ledger/map-proof-json.ts'
import { fail, pass, type Result } from '../result.ts'
import { type EvidenceLeaf, parseFile, parseHashes, parseLeaves } from './bundle.ts'
import type { EvidenceCode } from './evidence-codes.ts'
import { parseLeaf } from './leaf.ts'
import { namedBy, subjectsLeanedOn } from './leaned.ts'
import { keysSubject } from './map-changes.ts'
import type { LeafSource } from './select.ts'
import { type NewerSignedEvent, parseSignedEvent, type SignedEvent } from './signed-event.ts'

/** All keys ever enrolled in a party's name, with the proof that there are no others (SPEC.md, "A party's keys"). */
export interface KeyList {
  /** 11 characters. */
  readonly party: string
  /** The checkpoint's note, verbatim. */
  readonly checkpoint: string
  /** A hint, as in evidence. */
  readonly vkey: string
  /** Rising; the last is the index leaf that ends the tree. */
  readonly leaves: readonly EvidenceLeaf[]
  /** One multi-proof of all leaves. */
  readonly proof: readonly Uint8Array[]
  /** Of {@link keyListSubjects} in the map of the index leaf. */
  readonly map: MapProof
}

const FORMAT = 'throughline/key-list/v1'
const MEMBERS = ['format', 'party', 'checkpoint', 'vkey', 'leaves', 'proof', 'map']

/** The one spelling of a file: RFC 8785 and a newline. */
export function formatKeyList({ party, checkpoint, vkey, leaves, proof, map }: KeyList): string {
  return `${formatJson({
    format: FORMAT,
    party,
    checkpoint,
    vkey,
    leaves: leaves.map(({ index, bytes }) => ({ index: String(index), bytes: base64Encode(bytes) })),
    proof: proof.map(base64Encode),
    map: formatMapProof(map),
  })}\n`
}

/** Reads a file's form. Codes: those of `EVIDENCE_CODES` that fit its members. */
export function parseKeyList(bytes: Uint8Array): Result<KeyList, EvidenceCode> {
  const json = parseFile(bytes)
  if (!json.ok) return json
  const file = json.value
  if (file.format !== FORMAT) return fail('evidence-format-unknown', `format ${JSON.stringify(file.format)}`)
  const missing = MEMBERS.find(member => !Object.hasOwn(file, member))
  if (missing !== undefined) return fail('evidence-member-missing', missing)
  const unknown = Object.keys(file).find(member => !MEMBERS.includes(member))
  if (unknown !== undefined) return fail('evidence-member-unknown', JSON.stringify(unknown))
  const { party, checkpoint, vkey } = file
  if (typeof party !== 'string' || typeof checkpoint !== 'string' || typeof vkey !== 'string') {
    return fail('evidence-member-type', 'party, checkpoint and vkey are texts')
  }
  const reference = parseReference(party)
  if (!reference.ok || reference.value !== party) return fail('evidence-subject-malformed', party)
  const leaves = parseLeaves(file.leaves)
  if (!leaves.ok) return leaves
  const proof = parseHashes(file.proof, 'proof')
  if (!proof.ok) return proof
  const map = parseMapProof(file.map)
  if (!map) return fail('evidence-map-malformed', 'map is {ends, hashes} in one spelling')
  return pass({ party, checkpoint, vkey, leaves: leaves.value, proof: proof.value, map })
}

/** What the map is proven of: the party's list of keys, then every subject that the leaves lean on. */
export function keyListSubjects(party: string, signed: Iterable<SignedEvent | NewerSignedEvent>): string[] {
  return [keysSubject(party), ...subjectsLeanedOn({ subject: `party/${party}`, omitted: [], signed })]
}

/**
 * The leaves that show all keys of a party in the tree of `treeSize`: leaf 0, the party's chain, the chains of `keys` (names of all that were ever
 * enrolled for it), and the whole chains of every key and party that these name, in turn. Rising, `indexLeaf` last; with the subjects to prove.
 */
export async function selectKeyList(args: {
  party: string
  keys: readonly string[]
  source: LeafSource
  treeSize: number
  indexLeaf: EvidenceLeaf
}): Promise<{ readonly leaves: readonly EvidenceLeaf[]; readonly subjects: readonly string[] }> {
  const { party, keys, source, treeSize, indexLeaf } = args
  const leaves = new Map<number, EvidenceLeaf>()
  const signed: (SignedEvent | NewerSignedEvent)[] = []
  const asked = new Set<string>()
  let next = ['log', `party/${party}`, ...keys.map(key => `key/${key}`)]
  while (next.length > 0) {
    for (const subject of next) asked.add(subject)
    const chains = await source.chains(next)
    const named = new Set<string>()
    for (const leaf of [...chains.values()].flat()) {
      if (leaf.index >= treeSize) continue
      leaves.set(leaf.index, leaf)
      const read = readSigned(leaf.bytes)
      if (!read) continue
      signed.push(read)
      for (const subject of namedBy(read)) named.add(subject)
    }
    next = [...named].filter(subject => !asked.has(subject))
  }
  leaves.set(indexLeaf.index, indexLeaf)
  const rising = [...leaves.values()].sort((a, b) => a.index - b.index)
  return { leaves: rising, subjects: keyListSubjects(party, signed) }
}

function readSigned(bytes: Uint8Array): SignedEvent | NewerSignedEvent | undefined {
  const leaf = parseLeaf(bytes)
  const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
  return signed?.ok ? signed.value : undefined
}
