import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type {
  ConsignmentView,
  EventView,
  HandoffView,
  LineView,
  PartyView,
  QuantityView,
} from '@/lib/core/custody/views.ts'
import { clockOf } from '@/lib/format/time.ts'

export type Translate = Awaited<ReturnType<typeof getTranslations>>

/** A view with what every part of the page needs to read it: language, names, lines and records by their ids. */
export interface Reading {
  readonly view: ConsignmentView
  readonly t: Translate
  readonly locale: string
  party(reference: string): PartyView
  line(id: string): LineView | undefined
  event(index: number): EventView | undefined
  /** `480 boxes`. */
  count(line: string, quantity: number): string
  /** For members: records from this leaf on are under no signed checkpoint yet, and say so. Here everything is. */
  readonly sealedSize?: number
  /** For members: what stands beside a record that not everyone may read. */
  beside?(event: EventView): ReactNode
}

export async function readingOf(view: ConsignmentView): Promise<Reading> {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  const parties = new Map(view.parties.map(party => [party.reference, party]))
  const lines = new Map(view.lines.map(line => [line.id, line]))
  const events = new Map(view.events.map(event => [event.index, event]))
  return {
    view,
    t,
    locale,
    party: reference => parties.get(reference) ?? { reference, name: { absent: 'withheld' } },
    line: id => lines.get(id),
    event: index => events.get(index),
    count: (line, quantity) => t(`units.${lines.get(line)?.unit ?? 'piece'}`, { count: quantity }),
  }
}

/** What came in for a line: packed, found in excess, and set right. For a reported line what was reported. */
export function broughtIn(line: LineView): number {
  const balance = line.balance
  return balance ? balance.packed + balance.surplus + balance.adjusted : (line.quantity ?? 0)
}

/** Parties that hold anything now, the largest share of the first line first. */
export function holdersOf(view: ConsignmentView): readonly string[] {
  return [...new Set(view.lines.flatMap(line => line.balance?.holdings.map(holding => holding.party) ?? []))]
}

export interface Difference {
  readonly handoff: HandoffView
  readonly missing: QuantityView
}
/** What is missing between two parties and not settled yet. */
export function openDifferences(view: ConsignmentView): readonly Difference[] {
  return view.handoffs.flatMap(handoff => handoff.open.map(missing => ({ handoff, missing })))
}

/** Records that were signed and taken by the log, are not in effect, and nobody has settled. */
export function unsettledEvents(view: ConsignmentView): readonly EventView[] {
  return view.events.filter(event => event.notInEffect !== undefined && event.settledBy === undefined)
}

/** Milliseconds between an event's two clocks; positive when it was recorded later than it was signed. */
export function clockDifference(event: EventView): number {
  return event.recordedAt - clockOf(event.at).milliseconds
}

/** Indices of records that a handoff shows: its release and its receipt. */
export function shownInHandoffs(view: ConsignmentView): ReadonlySet<number> {
  return new Set(view.handoffs.flatMap(({ releaseIndex, receiptIndex }) => [releaseIndex, receiptIndex ?? -1]))
}
