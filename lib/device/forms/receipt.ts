import type { BodyOf } from '../../core/custody/kinds.ts'
import { REASONS } from '../../core/custody/kinds.ts'
import type { ConsignmentState, Quantity, Release } from '../../core/custody/state.ts'
import { readCount } from './counts.ts'
import { partKey } from './goods.ts'

/** What can have become of goods that were handed over and are not in good order in the taker's hands. */
export const FATES = ['missing', 'damaged', 'left'] as const
export type Fate = (typeof FATES)[number]

/** A count and its reason as they stand in the form; neither is ever made up. */
export interface Share {
  readonly count: string
  readonly reason?: string
}
/** What was typed about one released part. */
export type Counted = {
  /** In the taker's hands in the released condition, what came in excess included; absent: nobody touched it, all of it came. */
  readonly got?: string
  /** Why there is more than was handed over. */
  readonly extra?: string
} & { readonly [F in Fate]?: Share }

/** What was typed, by {@link partKey}; `others`: goods of lines that were not handed over and came all the same, by line id. */
export interface Receipt {
  readonly parts: Readonly<Record<string, Counted>>
  readonly others: Readonly<Record<string, Share>>
}
export const EMPTY_RECEIPT: Receipt = { parts: {}, others: {} }

export type ReceiptProblem = 'count-unread' | 'too-few' | 'too-many' | 'reason' | 'damaged-extra'
/** How one released part adds up. */
export interface Tally {
  readonly released: Quantity
  readonly got: number | undefined
  /** Shares that were typed and read. */
  readonly shares: Readonly<Record<Fate, number>>
  /** Handed over and not yet accounted for; negative: more is named than was handed over. */
  readonly open: number
  /** In the taker's hands beyond what was handed over, where a reason says so. */
  readonly surplus: number
  /** Why it cannot be signed yet; undefined where it adds up. */
  readonly problem: ReceiptProblem | undefined
}

const known = (reasons: readonly string[], reason: string | undefined): reason is string =>
  reason !== undefined && reasons.includes(reason)

/** Which fates a part may have: what was released damaged is not damaged again. */
export function fatesOf({ condition }: Pick<Quantity, 'condition'>): readonly Fate[] {
  return FATES.filter(fate => fate !== 'damaged' || condition === 'sound')
}

/** Adds up one released part. */
export function tally(released: Quantity, counted: Counted = {}): Tally {
  const got = counted.got === undefined ? released.quantity : readCount(counted.got)
  const read = (fate: Fate) => (counted[fate] ? readCount(counted[fate].count) : 0)
  const shares = Object.fromEntries(FATES.map(fate => [fate, read(fate) ?? 0])) as Record<Fate, number>
  const isUnread = got === undefined || FATES.some(fate => read(fate) === undefined)
  const named = (got ?? 0) + FATES.reduce((sum, fate) => sum + shares[fate], 0)
  const over = Math.max(0, named - released.quantity)
  // What came in excess is sound and in hand: it cannot explain a share that is not.
  const isExtra =
    over > 0 && over <= (got ?? 0) && known(REASONS.surplus, counted.extra) && released.condition === 'sound'
  const surplus = isExtra ? over : 0
  const open = released.quantity - named + surplus
  return { released, got, shares, open, surplus, problem: problemOf() }

  function problemOf(): ReceiptProblem | undefined {
    if (isUnread) return 'count-unread'
    if (over > 0 && released.condition === 'damaged') return 'damaged-extra'
    if (open !== 0) return open > 0 ? 'too-few' : 'too-many'
    const isReasoned = FATES.every(fate => shares[fate] === 0 || known(REASONS[fate], counted[fate]?.reason))
    return isReasoned ? undefined : 'reason'
  }
}

/** Adds up every part of a release, in its order. */
export function tallies(release: Pick<Release, 'lines'>, receipt: Receipt): readonly Tally[] {
  return release.lines.map(part => tally(part, receipt.parts[partKey(part)]))
}

/** Lines of the consignment of which nothing sound was handed over: their goods may have come by mistake. */
export function otherLines(state: ConsignmentState, release: Pick<Release, 'lines'>) {
  return state.lines.filter(line => !release.lines.some(part => part.line === line.id && part.condition === 'sound'))
}

type Body = BodyOf<'consignment', 'receive'>
type Answered = Body['lines'][number]
type Extra = NonNullable<Body['surplus']>[number]

/**
 * The body of the receipt, without a claim; undefined as long as anything does not add up, is no count or has no reason: what cannot be signed
 * has no body.
 */
export function readReceipt(args: {
  state: ConsignmentState
  release: Release
  receipt: Receipt
}): Pick<Body, 'release' | 'lines' | 'surplus'> | undefined {
  const { state, release, receipt } = args
  const sums = tallies(release, receipt)
  if (sums.some(sum => sum.problem !== undefined)) return undefined
  const surplus: Extra[] = []
  const lines = sums.map(({ released, got, shares, surplus: more }) => {
    const counted = receipt.parts[partKey(released)] ?? {}
    const { line, condition } = released
    if (more > 0) surplus.push({ line, quantity: String(more), reason: counted.extra as Extra['reason'] })
    const because = FATES.flatMap(fate =>
      shares[fate] > 0 ? [[fate, { quantity: String(shares[fate]), reason: counted[fate]?.reason }]] : [],
    )
    return { line, condition, received: String((got ?? 0) - more), ...Object.fromEntries(because) } as Answered
  })
  for (const { id } of otherLines(state, release)) {
    const share = receipt.others[id]
    const count = share ? readCount(share.count) : 0
    if (count === undefined || (count > 0 && !known(REASONS.surplus, share?.reason))) return undefined
    if (count > 0) surplus.push({ line: id, quantity: String(count), reason: share?.reason as Extra['reason'] })
  }
  return { release: release.hash, lines, ...(surplus.length > 0 && { surplus }) }
}

/** What the taker signs for, by line: received and in excess as sound or as released, damaged apart. */
export function signedFor(body: Pick<Body, 'lines' | 'surplus'>): {
  readonly taken: readonly { readonly line: string; readonly quantity: number }[]
  readonly damaged: readonly { readonly line: string; readonly quantity: number }[]
} {
  const count = (part: { readonly quantity: string } | undefined) => Number(part?.quantity ?? 0)
  const taken = body.lines.map(({ line, received, damaged }) => ({ line, quantity: Number(received) + count(damaged) }))
  const extra = (body.surplus ?? []).map(each => ({ line: each.line, quantity: count(each) }))
  const damaged = body.lines.map(({ line, condition, received, damaged: broken }) => ({
    line,
    quantity: count(broken) + (condition === 'damaged' ? Number(received) : 0),
  }))
  const isSome = (part: { quantity: number }) => part.quantity > 0
  return { taken: [...taken, ...extra].filter(isSome), damaged: damaged.filter(isSome) }
}

/** Gives all that is unaccounted for to one fate; with a fate that has a share already, adds to it. */
export function accountFor(counted: Counted, { released, fate }: { released: Quantity; fate: Fate }): Counted {
  const { open, shares } = tally(released, counted)
  const { reason } = counted[fate] ?? {}
  return { ...counted, [fate]: { count: String(shares[fate] + Math.max(0, open)), ...(reason && { reason }) } }
}
