import type { Place } from './event.ts'
import type { Unit } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { Condition, Held } from './state.ts'

/** A sealed value as the public sees it: shown when its opening is public and matches, else only that it exists. */
export type Shown = { readonly value: string } | { readonly absent: 'withheld' | 'removed' }

export interface PartyView {
  readonly reference: string
  readonly name: Shown
}

export interface QuantityView {
  readonly line: string
  readonly condition: Condition
  readonly quantity: number
}

/** The balance of one line as drawn: every term of PROTOCOL §4, base units. */
export interface BalanceView {
  readonly packed: number
  readonly surplus: number
  readonly adjusted: number
  readonly holdings: readonly { readonly party: string; readonly condition: Condition; readonly quantity: number }[]
  readonly missing: number
  readonly lost: number
  readonly writtenOff: number
  readonly distributed: number
  readonly movedOn: number
  readonly balanced: boolean
}

export interface LineView {
  readonly id: string
  readonly item: string
  /** As last corrected; `original` holds what a correction replaced. */
  readonly lot?: string
  readonly expiry?: string
  readonly original?: { readonly lot?: string; readonly expiry?: string }
  readonly unit: Unit
  readonly packSize?: number
  readonly donor?: { readonly party: string } | { readonly name: Shown }
  readonly from?: { readonly consignment?: string; readonly reported?: string }
  /** Reported histories have a quantity and no balance; live ones a balance. */
  readonly quantity?: number
  readonly balance?: BalanceView
}

/** One recorded event, as a row of the history. */
export interface EventView {
  readonly hash: string
  readonly index: number
  readonly kind: string
  /** For `restate`: the kind of the restated event, which is what acts. */
  readonly restates?: string
  readonly by: string
  readonly key: string
  /** Shown beside the act when the key is not on a member's own device, was enrolled by the operator, or was later reported stolen. */
  readonly keyHeld: Held
  readonly keyByOperator: boolean
  readonly keyStolen: boolean
  /** Claimed time, as last corrected, and the log's time in unix milliseconds. */
  readonly at: string
  readonly recordedAt: number
  readonly place?: Place
  /** Public sealed fields, by name, as last corrected. */
  readonly fields: Readonly<Record<string, Shown>>
  readonly correctedBy: readonly number[]
  /** What a correction replaced, as first signed. */
  readonly original?: {
    readonly at?: string
    readonly place?: Place
    readonly fields?: Readonly<Record<string, Shown>>
  }
  /** For `correct` and the second form of `settle`: index of the event it names. */
  readonly about?: number
  /** For `adjust` (signed), `write-off`, `distribute`, `move`: what changed. */
  readonly quantities?: readonly QuantityView[]
  readonly reason?: string
  /** For `redirect` the new consignee, for `move` the consignment the goods went to. */
  readonly party?: string
  readonly consignment?: string
  readonly notInEffect?: Refusal
  readonly settledBy?: number
}

/** A release and, once answered, its receipt: the ticket with two stubs. */
export interface HandoffView {
  readonly release: string
  readonly releaseIndex: number
  readonly giver: string
  /** Absent while an open release has no taker. */
  readonly taker?: string
  readonly via?: Shown
  readonly gave: readonly QuantityView[]
  readonly status: 'open' | 'received' | 'refused' | 'withdrawn'
  readonly receiptIndex?: number
  /** Empty until received. `took` is what the taker signed for; the rest is accounted for by the other lists. */
  readonly took: readonly QuantityView[]
  readonly damaged: readonly QuantityView[]
  readonly missing: readonly QuantityView[]
  readonly left: readonly QuantityView[]
  readonly surplus: readonly QuantityView[]
  /** Missing, and not yet settled. */
  readonly open: readonly QuantityView[]
  /** How a receipt by which anything was taken reads: the consignee's is `delivered`, the consignor's `returned`, anyone else's `passed-on`. */
  readonly reads?: 'delivered' | 'returned' | 'passed-on'
}

/** Words of the page's first line. `waiting`: an open release nobody has answered. */
export type Stage = 'reported' | 'packed' | 'waiting' | 'on-the-way' | 'delivered' | 'returned' | 'closed'

/**
 * What anyone may see of one consignment, derived from its leaves and the public openings alone: the server renders from it, the
 * verifier derives it again from verified leaves, and the two must be equal as canonical JSON (DESIGN §7).
 */
export interface ConsignmentView {
  readonly reference: string
  readonly origin: string
  readonly demo: boolean
  readonly mode: 'live' | 'reported'
  readonly stage: Stage
  /** Consignor of a live consignment, reporter of a reported one. */
  readonly founder: string
  readonly consignee?: string
  readonly parties: readonly PartyView[]
  readonly lines: readonly LineView[]
  readonly events: readonly EventView[]
  readonly handoffs: readonly HandoffView[]
  /** Dates and route that a reported history tells of. */
  readonly reported?: {
    readonly dates: Readonly<Record<string, string>>
    readonly mode?: string
    readonly to?: string
    readonly vendor?: Shown
    readonly recipient?: Shown
  }
  /** Hash of the newest event: what a signer names as `after`. */
  readonly head: string
}
