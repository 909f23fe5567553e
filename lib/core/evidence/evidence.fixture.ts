import { utf8Decode, utf8Encode } from '../bytes.ts'
import type { Openings } from '../custody/sealed.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { isIndexLeaf } from '../ledger/index-leaf.ts'
import { mapKey } from '../ledger/map.ts'
import { type MapProof, proveMap } from '../ledger/map-proof.ts'
import { growMap, type MapTiles, overlaid, tilesIn } from '../ledger/map-tiles.ts'
import { proveConsistency, rootOf } from '../ledger/merkle.ts'
import { proveMulti } from '../ledger/multi-proof.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from '../ledger/vkey.ts'
import { type Evidence, type EvidenceLeaf, formatEvidence } from './bundle.ts'
import { parseLeaf } from './leaf.ts'
import { subjectsLeanedOn } from './leaned.ts'
import { keysChangedBy, type MapLeaf, mapChanges } from './map-changes.ts'
import { publicOpenings } from './openings.ts'
import { type LeafSource, selectLeaves } from './select.ts'
import { type NewerSignedEvent, parseSignedEvent, type SignedEvent } from './signed-event.ts'
import { type Actor, nonceOf, type Pair, pairOf, StoryLog } from './story.fixture.ts'

/** The verifier key of a log's own key pair. */
export function vkeyOf(origin: string, pair: Pair = pairOf('log key')): string {
  return formatVkey(noteKey({ name: origin, type: TYPE_ED25519, publicKey: pair.publicKey }))
}

/** A signed checkpoint over the first `size` leaves. */
export function checkpointOf(
  log: StoryLog,
  { size = log.size, pair = pairOf('log key') }: { size?: number; pair?: Pair } = {},
): string {
  const rootHash = rootOf(log.hashes.slice(0, size))
  const checkpoint = { origin: log.origin, size: BigInt(size), rootHash }
  return utf8Decode(signCheckpoint({ checkpoint, seed: pair.seed, name: log.origin })) as string
}

/** The log's own leaves as {@link selectLeaves} reads them. */
export function sourceOf(log: StoryLog): LeafSource {
  const leaf = (index: number): EvidenceLeaf => ({ index, bytes: log.leaves[index] as Uint8Array })
  return {
    chains: subjects => new Map(subjects.map(subject => [subject, (log.chains.get(subject) ?? []).map(leaf)])),
    consignmentsOf: hashes =>
      new Map(hashes.flatMap(hash => (log.subjects.has(hash) ? [[hash, log.subjects.get(hash) as string]] : []))),
  }
}

export interface Served {
  readonly size?: number
  /** Size of an earlier or later tree to prove consistency with. */
  readonly seen?: number
  readonly pair?: Pair
  readonly mostQuoted?: number
  /** Leaves to leave out, the file proved anew without them. */
  readonly without?: readonly number[]
  /** Leaves to put in that are not asked for. */
  readonly with?: readonly number[]
  /** Instead of the public openings that the log holds. */
  readonly openings?: ReadonlyMap<number, Openings>
  /** What the operator takes for its map; by default the honest one. */
  readonly tiles?: MapTiles
  /** The file's `map` instead of the honest one; undefined: none. */
  readonly map?: (proof: MapProof) => MapProof | undefined
}

/** The evidence of one consignment as an honest server gives it, as a value. */
export async function evidenceOf(log: StoryLog, subject: string, served: Served = {}): Promise<Evidence> {
  const { seen, pair = pairOf('log key'), without = [], mostQuoted } = served
  const size = served.size ?? (log.isIndexed ? await sealed(log) : log.size)
  const last = log.leaves[size - 1]
  const indexLeaf = log.isIndexed && last ? { index: size - 1, bytes: last } : undefined
  const more = mostQuoted === undefined ? {} : { mostQuoted }
  const selected = await selectLeaves({ subject, source: sourceOf(log), treeSize: size, indexLeaf, ...more })
  const added = (served.with ?? []).map(index => ({ index, bytes: log.leaves[index] as Uint8Array }))
  const leaves = [...new Map([...selected.leaves, ...added].map(leaf => [leaf.index, leaf])).values()]
    .filter(({ index }) => !without.includes(index))
    .sort((a, b) => a.index - b.index)
  const acts = new Map([...log.subjects.keys()].map((hash, i) => [hash, i]))
  const openings = new Map<number, Openings>()
  for (const [index, all] of served.openings ?? log.openings) {
    const acting = selected.acting.get(index)
    const targetOf = (event: { body: object }) =>
      selected.acting.get(acts.get((event.body as { event: string }).event) ?? -1)
    const shown = served.openings ? all : acting && publicOpenings({ acting, openings: all, targetOf })
    if (shown && leaves.some(leaf => leaf.index === index)) openings.set(index, shown)
  }
  const sizes = seen === undefined ? undefined : [Math.min(seen, size), Math.max(seen, size)]
  return {
    subject,
    checkpoint: checkpointOf(log, { size, pair }),
    vkey: vkeyOf(log.origin, pair),
    leaves,
    proof: proveMulti({ leafHashes: log.hashes.slice(0, size), leafIndices: leaves.map(leaf => leaf.index) }),
    ...(log.isIndexed && (await mapMember(log, subject, { ...served, size, leaves, omitted: selected.omitted }))),
    openings,
    ...(sizes && {
      seen: {
        size: seen as number,
        proof: proveConsistency({ leafHashes: log.hashes.slice(0, sizes[1]), oldSize: sizes[0] as number }),
      },
    }),
    omitted: selected.omitted,
  }
}

/** Every leaf of the log below `size` as the map counts it. */
function mapLeavesOf(log: StoryLog, size: number): MapLeaf[] {
  const parties = new Map<string, string>()
  const leaves: MapLeaf[] = []
  for (const [subject, chain] of log.chains) {
    for (const [seq, index] of chain.entries()) {
      if (index >= size) continue
      const event = readSigned(log.leaves[index] as Uint8Array)?.event
      if (event?.kind === 'enrol') parties.set(event.id, event.body.party)
      const keysOf = event && keysChangedBy(event, key => parties.get(key))
      leaves[index] = { subject, seq, leafHash: log.hashes[index] as Uint8Array, keysOf }
    }
  }
  return leaves.filter(leaf => leaf !== undefined)
}

/** The map over the leaves below `size`, and its root. */
export async function mapOf(log: StoryLog, size: number) {
  const nothing = tilesIn(new Map())
  const { root, written } = await growMap(nothing, mapChanges(mapLeavesOf(log, size), new Map()))
  return { root, tiles: overlaid(nothing, written) }
}

/** Ends the log with an index leaf, where it has none there yet. The size that may be signed. */
export async function sealed(log: StoryLog): Promise<number> {
  const last = log.leaves.at(-1)
  if (last && isIndexLeaf(last)) return log.size
  return log.seal({ mapRoot: (await mapOf(log, log.size)).root })
}

/** The proof of all that `leaves` lean on, as they are: who hides a leaf proves the rest. */
async function mapMember(
  log: StoryLog,
  subject: string,
  shown: Pick<Served, 'map' | 'tiles'> & { size: number; leaves: readonly EvidenceLeaf[]; omitted: readonly string[] },
): Promise<{ map?: MapProof }> {
  const signed = shown.leaves.flatMap(({ bytes }) => readSigned(bytes) ?? [])
  const subjects = subjectsLeanedOn({ subject, omitted: shown.omitted, signed })
  const tiles = shown.tiles ?? (await mapOf(log, shown.size)).tiles
  const proof = await proveMap(tiles, subjects.map(mapKey))
  const map = shown.map ? shown.map(proof) : proof
  return map ? { map } : {}
}

function readSigned(bytes: Uint8Array): SignedEvent | NewerSignedEvent | undefined {
  const leaf = parseLeaf(bytes)
  const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
  return signed?.ok ? signed.value : undefined
}

export const fileOf = (evidence: Evidence): Uint8Array => utf8Encode(formatEvidence(evidence))

export interface Story {
  readonly log: StoryLog
  readonly subject: string
  readonly donor: Actor
  readonly carrier: Actor
  readonly recipient: Actor
}

export const TENTS = { id: '1', item: 'Family tent, 16 m2', unit: 'tent', quantity: '40' }

/** A log with three parties and a packed consignment: ten leaves and one. */
export async function packed(
  origin = 'log.example.org',
  options: { mode?: 'production' | 'demo'; index?: boolean } = {},
): Promise<Story> {
  const log = await new StoryLog({ origin }).found(options)
  const donor = await log.join('donor', 'Nordic Relief')
  const carrier = await log.join('carrier', 'Blue Truck')
  const recipient = await log.join('recipient', 'Hilltop Hospital')
  const subject = log.consignment({ actor: donor, name: 'tents' })
  const body = { nonce: nonceOf('tents'), lines: [TENTS], consignee: recipient.party }
  await log.act({ actor: donor, subject, kind: 'pack', body, sealed: { place: 'Depot 4', order: 'PO 1174' } })
  return { log, subject, donor, carrier, recipient }
}

export async function handOver(
  { log, subject }: Pick<Story, 'log' | 'subject'>,
  from: Actor,
  to: Actor,
  quantity = '40',
): Promise<void> {
  const lines = [{ line: '1', condition: 'sound', quantity }]
  const release = await log.act({ actor: from, subject, kind: 'release', body: { to: { party: to.party }, lines } })
  const answered = [{ line: '1', condition: 'sound', received: quantity }]
  await log.act({
    actor: to,
    subject,
    kind: 'receive',
    body: { release, lines: answered },
    sealed: { place: `Dock ${log.size}` },
  })
}

/** A consignment with `events` records of its own (odd numbers): packed, then handed back and forth, at last to its consignee. */
export async function longStory(events: number, options: { index?: boolean } = {}): Promise<Story> {
  const story = await packed('log.example.org', options)
  const { log, subject, donor, carrier, recipient } = story
  const chain = () => log.chains.get(subject)?.length ?? 0
  let [holder, other] = [donor, carrier]
  while (chain() + 4 <= events) {
    await handOver(story, holder, other)
    ;[holder, other] = [other, holder]
  }
  while (chain() + 2 <= events) await handOver(story, holder, recipient)
  if (chain() < events) {
    const lines = [{ line: '1', condition: 'sound', quantity: '12' }]
    await log.act({ actor: recipient, subject, kind: 'distribute', body: { lines } })
  }
  return story
}
