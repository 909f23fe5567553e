import type { ConsignmentEvent, Event } from './event.ts'
import type { Unit } from './quantity.ts'
import type { Refusal } from './refusals.ts'

export type Condition = 'sound' | 'damaged'
export type Role = 'admin' | 'member'
export type Held = 'device' | 'server' | 'paper'

/** An event at its place in the log, with the verdicts on every signature it carries: the core cannot verify natively, its caller can. */
export interface Recorded {
  readonly event: Event
  /** Lower-case hex of SHA-256(note text). */
  readonly hash: string
  /** Leaf index. */
  readonly index: number
  /** Unix milliseconds, the operator's word. */
  readonly recordedAt: number
  /** For `restate`: the refused event inside, its hash, and whether its own signature verifies with the key it names. */
  readonly restated?: { readonly event: Event; readonly hash: string; readonly signed: boolean }
  /** For `enrol`: the new key signed for itself. For `receive` and `refuse` of an open release: the claim verifies (see {@link claimMessage}). */
  readonly proven?: boolean
  /** For `found`, `enrol` and a `release` with a claim: the public key in the body is canonical and of prime order. */
  readonly sound?: boolean
}

/** What leaf 0 says; every rule that names the operator or the log reads it here. */
export interface Founding {
  readonly origin: string
  readonly operator: string
  readonly key: string
  readonly publicKey: string
  readonly mode: 'production' | 'demo'
  readonly index: boolean
  readonly previous?: string
}

/** One place in a subject's chain. */
export interface Entry<Acting extends Event = Event> {
  readonly recorded: Recorded
  /** The event that acts here: for `restate` the restated one, else `recorded.event`. */
  readonly acting: Acting
  /** Hash by which later events name it as an act: for `restate` the refused note's. */
  readonly actingHash: string
  /** Absent when in effect; else the refusal that keeps it out. */
  readonly notInEffect?: Refusal
  /** Set when a `settle` closed it: index of that event. */
  readonly settledBy?: number
  /** Indices of `correct` events in effect that name it, in order. */
  readonly correctedBy: readonly number[]
}

export interface PartyState {
  readonly reference: string
  readonly type: 'organisation' | 'person'
  readonly suspended: boolean
  readonly chain: readonly Entry[]
}

export interface KeyState {
  readonly key: string
  readonly publicKey: string
  readonly party: string
  readonly role: Role
  readonly held: Held
  /** Claimed-time limit as spelled in the event. */
  readonly until?: string
  /** Enrolled by the operator rather than by an admin key of the party. */
  readonly byOperator: boolean
  readonly enrolledAt: number
  readonly revoked?: { readonly index: number; readonly reason: 'left' | 'lost' | 'stolen'; readonly from?: number }
  readonly chain: readonly Entry[]
}

export interface Line {
  readonly id: string
  readonly item: string
  readonly lot?: string
  readonly expiry?: string
  readonly unit: Unit
  readonly packSize?: number
  /** Goods are packed sound, unless they were moved here damaged. */
  readonly condition: Condition
  readonly donor?: { readonly party: string } | { readonly named: 'public' | 'withheld' }
  readonly from?: { readonly event: string; readonly line: string } | { readonly reported: string }
}

export interface Holding {
  readonly line: string
  readonly party: string
  readonly condition: Condition
  /** Base units, never zero; includes what is offered in open releases. */
  readonly quantity: number
}

export interface Quantity {
  readonly line: string
  readonly condition: Condition
  readonly quantity: number
}

/** `open` until the taker answers or the giver withdraws. */
export interface Release {
  readonly hash: string
  readonly index: number
  readonly giver: string
  readonly to: { readonly party: string; readonly via?: 'public' | 'withheld' } | { readonly claim: string }
  readonly lines: readonly Quantity[]
  readonly status: 'open' | 'received' | 'refused' | 'withdrawn'
  /** Set with `received` and `refused`: who answered, where. */
  readonly taker?: string
  readonly answeredBy?: number
  /** The handoff's open difference: what is missing and not yet settled. */
  readonly missing: readonly Quantity[]
}

/** Terms of the balance of one line, base units (PROTOCOL §4): packed + surplus + adjusted = Σ holdings + missing + lost + writtenOff + distributed + movedOn. */
export interface Terms {
  readonly packed: number
  readonly surplus: number
  /** Signed. */
  readonly adjusted: number
  readonly missing: number
  readonly lost: number
  readonly writtenOff: number
  readonly distributed: number
  readonly movedOn: number
}

export interface ConsignmentState {
  readonly reference: string
  /** `live` when founded with `pack`, `reported` when founded with `report`. */
  readonly mode: 'live' | 'reported'
  readonly founder: string
  readonly consignee?: string
  readonly need?: string
  readonly lines: readonly Line[]
  /** Quantities of a reported history, by line id; nothing holds them. */
  readonly reportedQuantities: readonly { readonly line: string; readonly quantity: number }[]
  readonly holdings: readonly Holding[]
  readonly releases: readonly Release[]
  readonly terms: ReadonlyMap<string, Terms>
  /** Parties that signed or were named, in effect or not: they have standing. */
  readonly standing: ReadonlySet<string>
  readonly chain: readonly Entry<ConsignmentEvent>[]
}

/** What the table and the recording rules may look at beside the subject itself, all of it from the log alone. */
export interface Context {
  readonly founding: Founding | undefined
  party(reference: string): PartyState | undefined
  key(key: string): KeyState | undefined
  /** Every key ever enrolled for the party, or undefined where the reader holds only part of the log. */
  keysOf(party: string): readonly KeyState[] | undefined
  consignment(reference: string): ConsignmentState | undefined
  /** Consignment in whose chain an event with this acting hash stands. */
  consignmentOf(eventHash: string): ConsignmentState | undefined
}

export type Subject =
  | { readonly about: 'log'; readonly state: Founding }
  | { readonly about: 'party'; readonly state: PartyState }
  | { readonly about: 'key'; readonly state: KeyState }
  | { readonly about: 'consignment'; readonly state: ConsignmentState }

/** What recording an event comes to. `conflict` codes are HTTP 409, `forbidden` 403, `refused` 422. */
export type Decision =
  | { readonly outcome: 'recorded'; readonly inEffect: true; readonly subject: Subject }
  | { readonly outcome: 'recorded'; readonly inEffect: false; readonly reason: Refusal; readonly subject: Subject }
  | { readonly outcome: 'refused'; readonly code: Refusal; readonly detail: string }
