import type { BalanceView } from '@/lib/core/custody/views.ts'

/** How a share is drawn: solid what is held or handed out, hatched what is damaged or missing. */
export type Tone = 'held' | 'damaged' | 'missing' | 'lost' | 'written-off' | 'distributed' | 'moved-on'

/** One part of where a line's goods are; `party` where somebody holds it. */
export interface Share {
  readonly tone: Tone
  readonly quantity: number
  readonly party?: string
}

/** The right-hand side of the balance in the order it is drawn, without the terms that are zero. */
export function sharesOf(balance: BalanceView): readonly Share[] {
  const held = balance.holdings.map(({ party, condition, quantity }): Share => {
    return { tone: condition === 'damaged' ? 'damaged' : 'held', quantity, party }
  })
  const { distributed, movedOn, writtenOff, lost, missing } = balance
  const rest: readonly Share[] = [
    { tone: 'distributed', quantity: distributed },
    { tone: 'moved-on', quantity: movedOn },
    { tone: 'written-off', quantity: writtenOff },
    { tone: 'lost', quantity: lost },
    { tone: 'missing', quantity: missing },
  ]
  return [
    ...held.filter(share => share.tone === 'held'),
    ...held.filter(share => share.tone === 'damaged'),
    ...rest,
  ].filter(share => share.quantity > 0)
}

export interface Part {
  readonly share: Share
  /** Per cent of the bar, from the side where reading begins. */
  readonly start: number
  readonly width: number
  /** Where the number stands if it does not fit inside: per cent, the start of its tick is the share's middle. */
  readonly outside?: number
}

const NARROWEST_INSIDE = 11
const APART = 9

/** Parts in true proportion. Numbers that do not fit, or would stand on hatching, stand outside at least `APART` per cent from one another. */
export function layOut(shares: readonly Share[]): readonly Part[] {
  const total = shares.reduce((sum, share) => sum + share.quantity, 0)
  let start = 0
  const parts = shares.map(share => {
    const width = (share.quantity / total) * 100
    const part = { share, start, width, isOutside: width < NARROWEST_INSIDE || isHatched(share.tone) }
    start += width
    return part
  })
  const places = new Map<(typeof parts)[number], number>()
  let after = 101
  for (const part of parts.filter(each => each.isOutside).reverse()) {
    const place = Math.max(3, Math.min(part.start + part.width / 2, after - APART, 97))
    places.set(part, place)
    after = place
  }
  return parts.map(part => {
    const outside = places.get(part)
    return { share: part.share, start: part.start, width: part.width, ...(outside !== undefined && { outside }) }
  })
}

export function isHatched(tone: Tone): boolean {
  return tone === 'damaged' || tone === 'missing' || tone === 'moved-on'
}
