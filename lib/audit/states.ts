import type { Refusal } from '../core/custody/refusals.ts'
import type { Entry, Subject } from '../core/custody/state.ts'
import { emptyWorld, keep, type World } from '../core/custody/world.ts'
import { type Chain, type Chains, follow, judgeLink } from '../core/evidence/chain.ts'
import { foldChain } from '../core/evidence/fold.ts'
import type { Lost } from '../core/evidence/replay.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { hexOf } from '../data/hash.ts'
import { openPlaces, type Places, type SavedPlacesOfSubjects } from './places.ts'

/** Leaves that were taken before: from the disk, where they lie anyway. */
export interface LeafSource {
  /** Bytes at these indices, which rise. Throws where one is gone. */
  read(indices: readonly number[]): Promise<readonly Uint8Array[]>
}

/** Records of subjects that stay in memory beside those in use, unless told otherwise; about 6 kB each. */
const MOST_RECORDS = 12_000

/** States of all subjects of a log, of which only the last used are in memory. What the rules ask for is loaded before. */
export interface States {
  readonly world: World
  readonly chains: Chains
  readonly lost: Map<string, Lost>
  readonly places: Places
  /** Verdicts of records that are not in effect, by leaf index. */
  readonly reasons: Map<number, Refusal>
  /** Which keys were enrolled for a party. */
  readonly keysByParty: Map<string, string[]>
  /** Sees to it that these are in memory, where they exist. */
  load(subjects: Iterable<string>): Promise<void>
  /** Lets go of the least recently used. Every one that goes is told to `onLeave`. */
  shed(): void
  /** The newest record time of any leaf; an index leaf's too. */
  newest: number
}

export interface SavedStates {
  readonly places: SavedPlacesOfSubjects
  readonly reasons: Map<number, Refusal>
  readonly keysByParty: Map<string, string[]>
  readonly newest: number
}

/** States before leaf 0, or as saved. `onLeave` gets each state that leaves the memory; it may come back and leave again. */
export function openStates(args: {
  leaves: LeafSource
  saved?: SavedStates | undefined
  onLeave?: ((subject: Subject) => void) | undefined
  most?: number | undefined
}): States {
  const { leaves, saved, onLeave, most = MOST_RECORDS } = args
  const base = emptyWorld({ complete: true })
  const keysByParty = saved?.keysByParty ?? new Map<string, string[]>()
  const world: World = {
    ...base,
    keysOf: party => (keysByParty.get(party) ?? []).flatMap(key => base.keys.get(key) ?? []),
  }
  const places = openPlaces(saved?.places)
  const reasons = saved?.reasons ?? new Map<number, Refusal>()
  const lost = new Map<string, Lost>()
  const kept = new Map<string, Chain>()
  /** Subjects in memory, the least recently used first, with the records they had then. */
  const used = new Map<string, number>()
  let records = 0

  const touch = (subject: string, count: number) => {
    records += count - (used.get(subject) ?? 0)
    used.delete(subject)
    used.set(subject, count)
  }
  const states: States = {
    world,
    lost,
    places,
    reasons,
    keysByParty,
    newest: saved?.newest ?? 0,
    chains: {
      add(link) {
        const chain = kept.get(link.subject)
        const failure = judgeLink(link, chain, states.newest)
        states.newest = Math.max(states.newest, link.recordedAt)
        kept.set(link.subject, follow(link, chain))
        touch(link.subject, (used.get(link.subject) ?? 0) + 1)
        return failure
      },
      get count() {
        return places.subjects.length
      },
    },
    async load(subjects) {
      const wanted = new Map<string, readonly number[]>()
      for (const subject of subjects) {
        const count = used.get(subject)
        if (count !== undefined) touch(subject, count)
        else if (!wanted.has(subject) && !lost.has(subject)) {
          const indices = places.of(subject)
          if (indices.length > 0) wanted.set(subject, indices)
        }
      }
      if (wanted.size === 0) return
      const indices = [...wanted.values()].flat().sort((a, b) => a - b)
      const bytes = new Map((await leaves.read(indices)).map((each, i) => [indices[i] as number, each]))
      for (const [subject, own] of wanted) restore(subject, own, bytes)
    },
    shed() {
      for (const [subject, count] of used) {
        if (records <= most) return
        // Two stay: leaf 0, which every rule asks for, and what cannot be folded again.
        if (subject === 'log' || lost.has(subject)) continue
        used.delete(subject)
        records -= count
        kept.delete(subject)
        forget(world, subject, onLeave)
      }
    },
  }

  function restore(subject: string, indices: readonly number[], bytes: ReadonlyMap<number, Uint8Array>): void {
    const chain = indices.map(leafIndex => ({
      leafIndex,
      bytes: bytes.get(leafIndex) as Uint8Array,
      reason: reasons.get(leafIndex),
    }))
    const folded = foldChain(subject, chain)
    keep(world, folded)
    const last = chain.at(-1)?.bytes as Uint8Array
    const names = new Set(entriesOf(folded).flatMap(({ recorded, actingHash }) => [recorded.hash, actingHash]))
    kept.set(subject, { seq: chain.length - 1, leafHash: hexOf(leafHash(last)), names })
    touch(subject, chain.length)
  }
  return states
}

/** Every state in memory. */
export function* statesOf({ consignments, parties, keys }: World): Generator<Subject> {
  for (const state of consignments.values()) yield { about: 'consignment', state }
  for (const state of parties.values()) yield { about: 'party', state }
  for (const state of keys.values()) yield { about: 'key', state }
}

const entriesOf = (subject: Subject): readonly Entry[] => (subject.about === 'log' ? [] : subject.state.chain)

function forget(world: World, subject: string, onLeave: ((subject: Subject) => void) | undefined): void {
  const [about, id = ''] = subject.split('/')
  const [consignment, party, key] = [world.consignments.get(id), world.parties.get(id), world.keys.get(id)]
  if (about === 'consignment' && consignment) {
    world.consignments.delete(id)
    onLeave?.({ about, state: consignment })
  }
  if (about === 'party' && party) {
    world.parties.delete(id)
    onLeave?.({ about, state: party })
  }
  if (about === 'key' && key) {
    world.keys.delete(id)
    onLeave?.({ about, state: key })
  }
}
