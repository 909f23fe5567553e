import { utf8Decode, utf8Encode } from '../bytes.ts'
import type { Openings } from '../custody/sealed.ts'
import { signCheckpoint } from '../ledger/checkpoint.ts'
import { proveConsistency, rootOf } from '../ledger/merkle.ts'
import { proveMulti } from '../ledger/multi-proof.ts'
import { formatVkey, noteKey, TYPE_ED25519 } from '../ledger/vkey.ts'
import { type Evidence, type EvidenceLeaf, formatEvidence } from './bundle.ts'
import { publicOpenings } from './openings.ts'
import { type LeafSource, selectLeaves } from './select.ts'
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
}

/** The evidence of one consignment as an honest server gives it, as a value. */
export async function evidenceOf(log: StoryLog, subject: string, served: Served = {}): Promise<Evidence> {
  const { size = log.size, seen, pair = pairOf('log key'), without = [], mostQuoted } = served
  const more = mostQuoted === undefined ? {} : { mostQuoted }
  const selected = await selectLeaves({ subject, source: sourceOf(log), treeSize: size, ...more })
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
export async function longStory(events: number): Promise<Story> {
  const story = await packed()
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
