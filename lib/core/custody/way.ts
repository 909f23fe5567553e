import type { ConsignmentView, EventView, Shown } from './views.ts'

/** A coarse place at which a record of the way was signed. Several records of one spot are one stop. */
export interface Stop {
  readonly country: string
  /** Decimal degrees with one digit, as signed; absent where only the country is known. */
  readonly lat?: number
  readonly lon?: number
  /** What the first signer who named it called it. */
  readonly name?: Shown
  /** Records signed here, rising. */
  readonly records: readonly number[]
  /** A report says that goods went here; nobody signed here for them. */
  readonly isReported?: boolean
}

/** Goods that moved between two stops, in whose hands. */
export interface Leg {
  /** Places in {@link Way.stops}. */
  readonly from: number
  readonly to: number
  /** Who held the goods between them. */
  readonly holders: readonly string[]
  /** Offered at the far end, or on the way there on the giver's word: the taker has not signed. */
  readonly isOpen: boolean
}

export interface Way {
  /** In the order in which they were reached. */
  readonly stops: readonly Stop[]
  readonly legs: readonly Leg[]
  /** Records of the way that name no place. */
  readonly unplaced: number
}

type Draft = { country: string; lat?: number; lon?: number; name?: Shown; records: number[]; isReported?: boolean }

/** Kinds that say where goods are; corrections, settlements and redirections are signed at desks. */
const OF_THE_WAY: ReadonlySet<string> = new Set(['pack', 'release', 'receive', 'refuse', 'distribute', 'write-off'])

/**
 * The coarse way of a consignment: where the records in effect were signed, and which parties carried goods from one place to the next. Only
 * what stands in the records: a leg is a straight thought between two signatures, not a road.
 */
export function wayOf(view: ConsignmentView): Way {
  const stops: Draft[] = []
  const legs = new Map<string, { from: number; to: number; holders: string[]; isOpen: boolean }>()
  const byIndex = new Map(view.events.map(event => [event.index, event]))
  let unplaced = 0

  const stopOf = (event: EventView | undefined): number | undefined => {
    const place = event?.place
    if (!event || !place) return undefined
    const [lat, lon] = [numberIn(place.lat), numberIn(place.lon)]
    const isPoint = lat !== undefined && lon !== undefined
    let at = stops.findIndex(
      stop =>
        stop.country === place.country && (isPoint ? stop.lat === lat && stop.lon === lon : stop.lat === undefined),
    )
    if (at === -1) {
      stops.push({ country: place.country, ...(isPoint && { lat, lon }), records: [] })
      at = stops.length - 1
    }
    const stop = stops[at] as Draft
    const name = event.fields.place
    if (name && 'value' in name && !(stop.name && 'value' in stop.name)) stop.name = name
    if (!stop.records.includes(event.index)) stop.records.push(event.index)
    return at
  }
  const carry = (from: number | undefined, to: number | undefined, holder: string, isOpen: boolean) => {
    if (from === undefined || to === undefined || from === to) return
    const key = `${from} ${to}`
    const leg = legs.get(key) ?? { from, to, holders: [], isOpen: true }
    if (!leg.holders.includes(holder)) leg.holders.push(holder)
    // Where anything of it has arrived, the leg was gone.
    leg.isOpen &&= isOpen
    legs.set(key, leg)
  }

  /** Where each party last had the goods in its hands. */
  const seenAt = new Map<string, number>()
  const handoffs = new Map(view.handoffs.flatMap(handoff => [[handoff.releaseIndex, handoff] as const]))
  const answers = new Map(
    view.handoffs.flatMap(handoff =>
      handoff.receiptIndex === undefined ? [] : [[handoff.receiptIndex, handoff] as const],
    ),
  )
  for (const event of view.events) {
    const acts = event.restates ?? event.kind
    if (event.notInEffect !== undefined || !OF_THE_WAY.has(acts)) continue
    const at = stopOf(event)
    if (at === undefined) unplaced++
    const given = handoffs.get(event.index)
    const answered = answers.get(event.index)
    if (given) {
      carry(seenAt.get(given.giver), at, given.giver, given.status === 'open' && given.via !== undefined)
      if (at !== undefined) seenAt.set(given.giver, at)
    } else if (answered) {
      const from = stopOf(byIndex.get(answered.releaseIndex))
      if (answered.reads !== undefined) {
        carry(from ?? seenAt.get(answered.giver), at, answered.giver, false)
        if (at !== undefined && answered.taker !== undefined) seenAt.set(answered.taker, at)
      }
    } else if (at !== undefined) {
      carry(seenAt.get(event.by), at, event.by, false)
      seenAt.set(event.by, at)
    }
  }
  const to = view.reported?.to
  if (to !== undefined) stops.push({ country: to, records: [], isReported: true })
  return { stops, legs: [...legs.values()], unplaced }
}

function numberIn(text: string | undefined): number | undefined {
  const number = text === undefined ? Number.NaN : Number(text)
  return Number.isFinite(number) ? number : undefined
}
