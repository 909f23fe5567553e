import type { Event } from '../custody/event.ts'
import { movesQuoted } from '../custody/needs.ts'
import type { EvidenceLeaf } from './bundle.ts'
import { parseLeaf } from './leaf.ts'
import { namedBy, reportsQuoted, subjectsLeanedOn } from './leaned.ts'
import { type NewerSignedEvent, parseSignedEvent, type SignedEvent } from './signed-event.ts'

/** Where leaves come from: a database, or memory. */
export interface LeafSource {
  /** The whole chain of each subject in log order, bytes as stored; a subject that the log does not have may be left out. */
  chains(subjects: readonly string[]): Chains | Promise<Chains>
  /** The consignment subject in whose chain each event stands, by event hash or by the hash of a restated note; unknown ones left out. */
  consignmentsOf(eventHashes: readonly string[]): Subjects | Promise<Subjects>
}
type Chains = ReadonlyMap<string, readonly EvidenceLeaf[]>
type Subjects = ReadonlyMap<string, string>

export interface Selection {
  /** Rising, each once. */
  readonly leaves: readonly EvidenceLeaf[]
  /** Quoted consignments that would have been too many, rising. */
  readonly omitted: readonly string[]
  /** The event that acts at each leaf that could be read (inside a restatement the restated one). */
  readonly acting: ReadonlyMap<number, Event>
  /** What the map must be proven of where the log promises an index: every subject that the leaves lean on. */
  readonly subjects: readonly string[]
}

/** Leaves of quoted chains in one file; chains beyond are named instead. */
export const MOST_QUOTED_LEAVES = 1000

/**
 * Which leaves belong into the evidence of a consignment (SPEC.md, "What belongs in it"): its chain, leaf 0, the whole chains of every key and
 * party that signed or is named in any leaf so chosen, and the chains quoted by `from`, each with what it needs in turn. Only leaves below
 * `treeSize` count. A leaf that cannot be read is carried as it lies and leads nowhere. `indexLeaf`: the last one of the tree where the log
 * promises an index; it comes last.
 */
export async function selectLeaves(args: {
  subject: string
  source: LeafSource
  treeSize: number
  mostQuoted?: number
  indexLeaf?: EvidenceLeaf | undefined
}): Promise<Selection> {
  const { subject, source, treeSize, mostQuoted = MOST_QUOTED_LEAVES, indexLeaf } = args
  const leaves = new Map<number, EvidenceLeaf>()
  const acting = new Map<number, Event>()
  const read: (SignedEvent | NewerSignedEvent)[] = []
  const omitted = new Set<string>()
  const asked = new Set([subject, 'log'])
  let room = mostQuoted
  let next = { subjects: [subject, 'log'], quoted: [] as string[] }

  while (next.subjects.length + next.quoted.length > 0) {
    const chains = await source.chains([...next.subjects, ...next.quoted])
    const fresh: EvidenceLeaf[] = []
    for (const name of next.subjects) fresh.push(...below(chains.get(name), treeSize))
    for (const name of next.quoted) {
      const chain = below(chains.get(name), treeSize)
      if (chain.length > room) omitted.add(name)
      else {
        room -= chain.length
        fresh.push(...chain)
      }
    }
    const wanted = new Set<string>()
    const quotations: { reported: string[]; moves: string[] } = { reported: [], moves: [] }
    for (const leaf of fresh) {
      leaves.set(leaf.index, leaf)
      const signed = readLeaf(leaf.bytes)
      if (signed === undefined) continue
      read.push(signed)
      for (const name of namedBy(signed)) wanted.add(name)
      const event = signed.event && (signed.restated?.event ?? signed.event)
      if (event === undefined) continue
      acting.set(leaf.index, event)
      quotations.moves.push(...movesQuoted(event))
      quotations.reported.push(...reportsQuoted(event))
    }
    const found =
      quotations.moves.length > 0 ? await source.consignmentsOf(quotations.moves) : new Map<string, string>()
    const quoted = [...quotations.reported, ...quotations.moves.flatMap(hash => found.get(hash) ?? [])]
    next = { subjects: unasked(asked, wanted), quoted: unasked(asked, quoted) }
  }
  if (indexLeaf) leaves.set(indexLeaf.index, indexLeaf)
  const rising = [...leaves.values()].sort((a, b) => a.index - b.index)
  const named = [...omitted].sort()
  return {
    leaves: rising,
    omitted: named,
    acting,
    subjects: subjectsLeanedOn({ subject, omitted: named, signed: read }),
  }
}

function below(chain: readonly EvidenceLeaf[] | undefined, treeSize: number): readonly EvidenceLeaf[] {
  return (chain ?? []).filter(leaf => leaf.index < treeSize)
}

/** Those not asked for before, which they are from now on. */
function unasked(asked: Set<string>, names: Iterable<string>): string[] {
  const fresh = new Set([...names].filter(name => !asked.has(name)))
  for (const name of fresh) asked.add(name)
  return [...fresh]
}

function readLeaf(bytes: Uint8Array): SignedEvent | NewerSignedEvent | undefined {
  const leaf = parseLeaf(bytes)
  const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
  return signed?.ok ? signed.value : undefined
}
