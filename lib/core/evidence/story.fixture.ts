import { hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { claimMessage, enrolMessage } from '../custody/claims.ts'
import { type Event, keyName, parseSubject } from '../custody/event.ts'
import { deriveReference } from '../custody/reference.ts'
import { commitmentOf, type Opening, type Openings } from '../custody/sealed.ts'
import type { Held, Role } from '../custody/state.ts'
import { publicKeyOf, signEd25519 } from '../ledger/ed25519.ts'
import { formatIndexLeaf } from '../ledger/index-leaf.ts'
import { leafHash } from '../ledger/merkle.ts'
import { formatLeaf } from './leaf.ts'
import { parseSignedEvent, signEvent } from './signed-event.ts'

/** A key pair whose seed follows from a name, so that every run signs the same bytes. */
export interface Pair {
  readonly seed: Uint8Array
  readonly publicKey: Uint8Array
  readonly key: string
}

export function pairOf(name: string): Pair {
  const seed = sha256(utf8Encode(`throughline story ${name}`))
  const publicKey = publicKeyOf(seed)
  return { seed, publicKey, key: keyName(publicKey) }
}

export const nonceOf = (name: string) => hexEncode(sha256(utf8Encode(`nonce ${name}`))).slice(0, 32)

/** A party and the key it signs with. */
export interface Actor {
  readonly party: string
  readonly pair: Pair
}

export interface Act {
  readonly actor: Actor
  readonly subject: string
  readonly kind: string
  readonly body: object
  /** Head of the subject where it is not said. */
  readonly after?: string
  readonly at?: string
  readonly sealed?: Readonly<Record<string, string>>
  readonly recordedAt?: number
  readonly seq?: number
}

const START = Date.parse('2026-03-01T08:00:00Z')

/** A log in memory that takes whatever it is given: the tests' honest operator, and their lying one. */
export class StoryLog {
  readonly origin: string
  readonly leaves: Uint8Array[] = []
  readonly hashes: Uint8Array[] = []
  readonly openings = new Map<number, Openings>()
  readonly chains = new Map<string, number[]>()
  /** Subject by event hash, and by the hash of a restated note. */
  readonly subjects = new Map<string, string>()
  readonly heads = new Map<string, string>()
  readonly operator: Actor
  /** Leaf 0 promises an index. */
  isIndexed = false
  clock = START

  constructor({ origin, name = 'operator' }: { origin: string; name?: string }) {
    this.origin = origin
    const pair = pairOf(name)
    this.operator = { pair, party: deriveReference({ kind: 'party', author: pair.key, nonce: nonceOf(name) }) }
  }

  get size(): number {
    return this.leaves.length
  }

  /** Signs an act without recording it. Gives the note's bytes, its event hash and the openings of what it seals. */
  async sign(act: Act): Promise<{ note: Uint8Array; hash: string; openings: Openings }> {
    const { actor, subject, kind, body } = act
    const { seed, publicKey, key } = actor.pair
    const openings: Record<string, Opening> = {}
    const commitments: Record<string, string> = {}
    for (const [field, value] of Object.entries(act.sealed ?? {})) {
      const salt = hexEncode(sha256(utf8Encode(`salt ${subject} ${kind} ${field} ${value} ${this.size}`)))
      openings[field] = { salt, value }
      commitments[field] = commitmentOf({ origin: this.origin, subject, key, field, opening: { salt, value } })
    }
    const event = {
      origin: this.origin,
      ...parseSubject(subject),
      subject,
      after: act.after ?? this.heads.get(subject) ?? '',
      kind,
      by: actor.party,
      key,
      at: act.at ?? '2026-03-01T09:00:00+01:00',
      body,
      ...(Object.keys(commitments).length > 0 && { sealed: commitments }),
    } as unknown as Event
    const note = await signEvent({ event, publicKey, sign: message => signEd25519({ seed, message }) })
    const read = parseSignedEvent(note)
    if (!read.ok) throw new Error(`${kind}: ${read.code}: ${read.detail}`)
    return { note, hash: read.value.hash, openings }
  }

  /** Appends a note as the next leaf of `subject`, whatever it says. Gives the leaf's index. */
  append(args: { note: Uint8Array; subject: string; hash: string; recordedAt?: number; seq?: number }): number {
    const { note, subject, hash } = args
    this.clock += 1000
    const chain = this.chains.get(subject) ?? []
    const seq = args.seq ?? chain.length
    const before = seq === 0 ? undefined : chain[seq - 1]
    const previous = before === undefined ? '-' : hexEncode(this.hashes[before] as Uint8Array)
    const bytes = formatLeaf({ recordedAt: args.recordedAt ?? this.clock, seq, previous, note })
    const index = this.leaves.push(bytes) - 1
    this.hashes.push(leafHash(bytes))
    this.chains.set(subject, [...chain, index])
    this.subjects.set(hash, subject)
    this.heads.set(subject, hash)
    return index
  }

  /** Appends an index leaf over `mapRoot`, or the bytes given instead. Gives the tree size that it ends. */
  seal({ mapRoot, at, bytes }: { mapRoot: Uint8Array; at?: number; bytes?: Uint8Array }): number {
    this.clock += 1000
    const leaf = bytes ?? formatIndexLeaf({ at: at ?? this.clock, mapRoot })
    this.hashes.push(leafHash(leaf))
    return this.leaves.push(leaf)
  }

  /** Signs and records. Gives the event hash. */
  async act(act: Act): Promise<string> {
    const { note, hash, openings } = await this.sign(act)
    const { subject, recordedAt, seq } = act
    const more = { ...(recordedAt !== undefined && { recordedAt }), ...(seq !== undefined && { seq }) }
    const index = this.append({ note, subject, hash, ...more })
    if (Object.keys(openings).length > 0) this.openings.set(index, openings)
    return hash
  }

  async register({ name, pair, as }: { name: string; pair: Pair; as: string }): Promise<string> {
    const party = deriveReference({ kind: 'party', author: pair.key, nonce: nonceOf(name) })
    const body = { nonce: nonceOf(name), type: 'organisation', named: 'public' }
    const actor = this.operator
    await this.act({ actor, subject: `party/${party}`, kind: 'register', body, sealed: { name: as } })
    return party
  }

  async enrol(args: {
    actor: Actor
    party: string
    pair: Pair
    role?: Role
    held?: Held
    until?: string
  }): Promise<string> {
    const { actor, party, pair, role = 'admin', held = 'device', until } = args
    const message = utf8Encode(enrolMessage({ origin: this.origin, party, role }))
    const proof = hexEncode(signEd25519({ seed: pair.seed, message }))
    const body = { party, publicKey: hexEncode(pair.publicKey), role, held, proof, ...(until && { until }) }
    return this.act({ actor, subject: `key/${pair.key}`, kind: 'enrol', body })
  }

  /** Leaves 0–3. */
  async found(founding: { mode?: 'production' | 'demo'; index?: boolean; previous?: string } = {}): Promise<this> {
    const { mode = 'production', index = false, previous } = founding
    const { operator: actor, origin } = this
    this.isIndexed = index
    const publicKey = hexEncode(actor.pair.publicKey)
    const body = { origin, operator: actor.party, publicKey, mode, index, ...(previous && { previous }) }
    await this.act({ actor, subject: 'log', kind: 'found', body })
    await this.register({ name: 'operator', pair: actor.pair, as: 'Relief Log Office' })
    await this.enrol({ actor, party: actor.party, pair: actor.pair })
    await this.enrol({ actor, party: actor.party, pair: pairOf('recovery'), held: 'paper' })
    return this
  }

  /** Registers a party and enrols its first key, two leaves. */
  async join(name: string, as: string): Promise<Actor> {
    const pair = pairOf(name)
    const party = await this.register({ name, pair: this.operator.pair, as })
    await this.enrol({ actor: this.operator, party, pair })
    return { party, pair }
  }

  consignment({ actor, name }: { actor: Actor; name: string }): string {
    return `consignment/${deriveReference({ kind: 'consignment', author: actor.party, nonce: nonceOf(name) })}`
  }
}

/** A claim on an open release, by who holds the one-time key. */
export function claimOf({ pair, release, taker }: { pair: Pair; release: string; taker: Actor }): string {
  const message = utf8Encode(claimMessage({ release, party: taker.party, key: taker.pair.key }))
  return hexEncode(signEd25519({ seed: pair.seed, message }))
}
