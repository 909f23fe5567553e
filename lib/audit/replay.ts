import type { Event } from '../core/custody/event.ts'
import { neededBy } from '../core/custody/needs.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import type { Subject } from '../core/custody/state.ts'
import type { Leaf } from '../core/evidence/leaf.ts'
import { keysChangedBy } from '../core/evidence/map-changes.ts'
import type { SignatureFacts } from '../core/evidence/obligations.ts'
import { type Step, startReplay } from '../core/evidence/replay.ts'
import type { NewerSignedEvent, SignedEvent } from '../core/evidence/signed-event.ts'
import { type Edge, rootOfEdge } from '../core/ledger/edge.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import type { IndexLeaf } from '../core/ledger/index-leaf.ts'
import type { Result } from '../core/result.ts'
import { hexOf } from '../data/hash.ts'
import type { AuditFinding } from './findings.ts'
import { openHashPlaces } from './hash-places.ts'
import { openMapReplay } from './map-replay.ts'
import { openReading, type Prepared, type Read } from './reading.ts'
import { packSaved, unpackSaved } from './saved.ts'
import { type LeafSource, openStates, type States } from './states.ts'

/** What one leaf came to. `findings` are those that it is the cause of. */
export interface Taken {
  readonly index: number
  readonly bytes: Uint8Array
  readonly leafHash: Uint8Array
  /** Absent for an index leaf and for one that cannot be read. */
  readonly leaf?: Leaf
  readonly indexLeaf?: IndexLeaf
  readonly signed?: Result<SignedEvent | NewerSignedEvent, Refusal>
  /** The event that acts: of a restatement the restated one. */
  readonly acting?: Event
  readonly step?: Step
  readonly findings: readonly AuditFinding[]
}

/** The replay of one whole log, leaf by leaf from leaf 0. */
export interface LogReplay {
  /** Leaves taken. */
  readonly size: number
  /** The tree over them. */
  readonly edge: Edge
  root(): Uint8Array
  readonly states: States
  /** Whether leaf 0 promises an index; undefined before it is taken. */
  readonly promisesIndex: boolean | undefined
  /** Whether the last leaf taken is an index leaf: above the founding, an index log signs no other size. */
  readonly endsInIndex: boolean
  readonly counts: { readonly events: number; readonly indexLeaves: number; readonly findings: number }
  /**
   * Reads the next leaves after what was prepared before, and begins their checks. `from`: their first index where leaves before it are gone, as
   * in a damaged database; there is no tree and no saving past a gap.
   */
  prepare(leaves: readonly Uint8Array[], from?: number): Prepared
  /** Takes what was prepared, in the order in which it was. */
  take(prepared: Prepared): Promise<Taken[]>
  /**
   * All that this replay knows, for {@link startAuditReplay} to go on from: about 60 bytes a leaf. Undefined once anything was found: what is
   * broken is looked at again from the start. Call it between `take` and `prepare`.
   */
  save(): Uint8Array | undefined
}

/**
 * Replays a log by every rule that append keeps (PROTOCOL §2–4, §6): chains, signatures, who may speak, custody, and each index leaf against the
 * map of all leaves before it. Holds a bounded part in memory and reads the rest again from `leaves`. `saved`: what {@link LogReplay.save} gave,
 * from a place that nobody else writes to; of another version of this program it is passed over, and `size` is 0. `onLeave`, `most`: {@link openStates}.
 */
export function startAuditReplay(args: {
  leaves: LeafSource
  saved?: Uint8Array | undefined
  onLeave?: ((subject: Subject) => void) | undefined
  most?: number
}): LogReplay {
  const saved = args.saved && unpackSaved(args.saved)
  const { leaves, onLeave, most } = args
  const states = openStates({ leaves, saved: saved?.states, onLeave, most })
  const { world, places, chains, lost } = states
  const replay = startReplay({ complete: true, world, chains, lost })
  const publicKeys = saved?.publicKeys ?? new Map<string, Uint8Array>()
  const acts = openHashPlaces(saved?.acts)
  const map = openMapReplay(saved?.map)
  const reading = openReading(publicKeys)
  const counts = saved?.counts ?? { events: 0, indexLeaves: 0, findings: 0 }
  let edge: Edge = saved?.edge ?? []
  let size = saved?.size ?? 0
  let prepared = size
  let isWhole = true
  let promisesIndex = saved?.promisesIndex
  let endsInIndex = saved?.endsInIndex ?? false

  const take = async (reads: Prepared): Promise<Taken[]> => {
    const facts = await Promise.all(reads.map(read => read.facts))
    await loadFor(reads)
    const taken: Taken[] = []
    for (const [i, read] of reads.entries()) {
      if (read.index < size) throw new Error(`leaf ${read.index} comes after ${size} leaves`)
      if (read.index > size) isWhole = false
      size = read.index
      const each = read.indexLeaf ? takeIndex(read, read.indexLeaf) : takeEvent(read, facts[i])
      counts.findings += each.findings.length
      taken.push(each)
      size++
    }
    if (isWhole) {
      const leafHashes = reads.map(read => read.leafHash)
      edge = growEdge({ edge, size: size - reads.length, leafHashes }).edge
    }
    states.shed()
    return taken
  }

  /** What the rules may ask for these leaves, read in one go. */
  const loadFor = async (reads: Prepared): Promise<void> => {
    const subjects = new Set<string>()
    world.acts.clear()
    const quoted = new Set<string>()
    for (const { signed } of reads) {
      if (!signed?.ok) continue
      const { event, newer } = signed.value
      if (newer) subjects.add(newer.subject).add(`party/${newer.by}`).add(`key/${newer.key}`)
      if (!event) continue
      const needs = neededBy(event, signed.value.restated?.event)
      for (const subject of needs.subjects) subjects.add(subject)
      for (const party of needs.keysOf)
        for (const key of states.keysByParty.get(party) ?? []) subjects.add(`key/${key}`)
      for (const key of needs.partyOf) subjects.add(`key/${key}`)
      for (const hash of needs.events) quoted.add(hash)
    }
    for (const hash of quoted) {
      for (const index of acts.find(hash)) subjects.add(places.subjectAt(index) as string)
    }
    await states.load(subjects)
    for (const hash of quoted) {
      for (const index of acts.find(hash)) {
        const state = world.consignment((places.subjectAt(index) as string).slice('consignment/'.length))
        if (state?.chain.some(entry => entry.actingHash === hash)) world.acts.set(hash, state.reference)
      }
    }
    // The operator revokes keys of suspended parties, which a revocation does not name.
    const parties = reads.flatMap(({ signed }) => {
      const event = signed?.ok ? signed.value.event : undefined
      const party = event?.kind === 'revoke' ? world.key(event.id)?.party : undefined
      return party === undefined ? [] : [`party/${party}`]
    })
    await states.load(parties)
  }

  const takeIndex = (read: Read, parsed: NonNullable<Read['indexLeaf']>): Taken => {
    const { index, bytes, leafHash } = read
    const findings: AuditFinding[] = []
    const find = (code: AuditFinding['code'], detail: string) => findings.push({ code, leaf: index, detail })
    endsInIndex = true
    counts.indexLeaves++
    if (!parsed.ok) {
      find('leaf-unreadable', `${parsed.code}: ${parsed.detail}`)
      return { index, bytes, leafHash, findings }
    }
    const { at, mapRoot } = parsed.value
    if (index === 0) find('founding-missing', 'leaf 0 is an index leaf')
    if (promisesIndex === false) find('index-unpromised', 'leaf 0 promises no index')
    if (at < states.newest) find('chain-broken', `time-decreases: recorded at ${at}, after ${states.newest}`)
    states.newest = Math.max(states.newest, at)
    const root = map.root()
    if (Buffer.compare(root, mapRoot) !== 0) {
      find('index-false', `it commits to the map ${hexOf(mapRoot)}; the leaves before it come to ${hexOf(root)}`)
    }
    return { index, bytes, leafHash, indexLeaf: parsed.value, findings }
  }

  const takeEvent = (read: Read, checked: SignatureFacts | undefined): Taken => {
    const { index, bytes, leafHash, leaf, signed, acting } = read
    endsInIndex = false
    const own = { index, bytes, leafHash }
    if (!leaf.ok || !signed) {
      const detail = leaf.ok ? 'no note' : `${leaf.code}: ${leaf.detail}`
      return { ...own, findings: [{ code: 'leaf-unreadable', leaf: index, detail }] }
    }
    counts.events++
    const state = acting?.event.about === 'consignment' ? world.consignment(acting.event.id) : undefined
    const facts = checked && reading.withClaim({ facts: checked, read, state })
    const step = replay.step({ index, leafHash: hexOf(leafHash), leaf: leaf.value, signed, facts })
    if (step.subject !== undefined) note(step, { index, leafHash, acting: acting?.event, hash: acting?.hash })
    const findings = findingsOf(step, index)
    if (index === 0 && acting?.event.kind === 'found' && step.decision) promisesIndex = acting.event.body.index
    else if (index === 0) findings.push({ code: 'founding-missing', leaf: 0, detail: 'leaf 0 founds no log' })
    return { ...own, leaf: leaf.value, signed, ...(acting && { acting: acting.event }), step, findings }
  }

  const note = (
    step: Step,
    {
      index,
      leafHash,
      acting,
      hash,
    }: { index: number; leafHash: Uint8Array; acting?: Event | undefined; hash?: string | undefined },
  ) => {
    const subject = step.subject as string
    const count = places.add(subject, index)
    if (step.decision && !step.decision.inEffect) states.reasons.set(index, step.decision.reason)
    if (step.decision && hash !== undefined && subject.startsWith('consignment/')) acts.add(hash, index)
    if (acting?.kind === 'enrol' && step.decision) {
      const keys = states.keysByParty.get(acting.body.party)
      if (keys) keys.push(acting.id)
      else states.keysByParty.set(acting.body.party, [acting.id])
    }
    if (promisesIndex === false) return
    map.change(subject, { count, leafHash })
    const party = acting && keysChangedBy(acting, key => world.key(key)?.party)
    if (party !== undefined) map.changeKeys(party, leafHash)
  }

  return {
    get size() {
      return size
    },
    get edge() {
      return edge
    },
    root: () => rootOfEdge({ edge, size }),
    states,
    get promisesIndex() {
      return promisesIndex
    },
    get endsInIndex() {
      return endsInIndex
    },
    counts,
    prepare(leaves, from = prepared) {
      const reads = reading.prepare(from, leaves)
      prepared = from + reads.length
      return reads
    },
    take,
    save() {
      if (counts.findings > 0 || prepared !== size || !isWhole) return undefined
      const { reasons, keysByParty, newest } = states
      return packSaved({
        size,
        edge,
        counts,
        promisesIndex,
        endsInIndex,
        publicKeys,
        acts: acts.save(),
        map: map.save(),
        states: { places: places.save(), reasons, keysByParty, newest },
      })
    },
  }
}

function findingsOf(step: Step, leaf: number): AuditFinding[] {
  const findings: AuditFinding[] = []
  const { chain, signature, refusable, unbalanced, undecided } = step
  if (chain) findings.push({ code: 'chain-broken', leaf, detail: `${chain.code}: ${chain.detail}` })
  if (signature) findings.push({ code: 'event-wrong', leaf, detail: `${signature.code}: ${signature.detail}` })
  if (refusable) findings.push({ code: 'rules-broken', leaf, detail: `${refusable.code}: ${refusable.detail}` })
  if (unbalanced !== undefined) {
    findings.push({ code: 'rules-broken', leaf, detail: `the balance of line ${unbalanced} does not hold` })
  }
  if (undecided === 'newer' && step.recorded === undefined) {
    findings.push({
      code: 'event-unknown',
      leaf,
      detail: 'it, or what it rests on, is of a version or kind that this program does not know',
    })
  }
  return findings
}
