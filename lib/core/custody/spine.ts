import type { ConsignmentView, HandoffView, LineView, QuantityView } from './views.ts'

/** The public's five steps from need to receipt, in order. */
export const SPINE_STEPS = ['needed', 'pledged', 'dispatched', 'on-the-way', 'received'] as const

/** What is said of a step beside its state and its time. */
export type SpineWord =
  /** This log takes no record of the step: nobody knows from here. */
  | 'not-recorded'
  | 'not-yet'
  /** Offered, and the other side has not signed. */
  | 'not-confirmed'
  | 'packed'
  | 'under-way'
  /** Between givers and takers that are not the consignee; `count` times. */
  | 'passed-on'
  /** From the consignor's hands into the consignee's. */
  | 'straight'
  | 'no-recipient'
  /** Some of it came, the rest did not yet; `got` of `all` where there is one line. */
  | 'in-part'
  /** No more of it is to come, and it is less or more than was packed; `got` of `all` where there is one line. */
  | 'not-all'
  | 'came-back'
  /** All was accounted for before anything reached the consignee. */
  | 'ended'
  | 'reported'
  | 'reported-order'
  | 'reported-plan'

export interface SpineStep {
  readonly name: (typeof SPINE_STEPS)[number]
  /** `unknown`: not recorded here; `told`: somebody's report, signed for by nobody who took goods; `now`: where it is. */
  readonly state: 'done' | 'now' | 'open' | 'todo' | 'unknown' | 'told'
  readonly word?: SpineWord
  /** Claimed time of the record behind the step, or a reported date as it was written. */
  readonly at?: string
  readonly count?: number
  /** Base units of `line`. */
  readonly share?: { readonly line: string; readonly got: number; readonly all: number }
}

/**
 * The five steps of one consignment, as far as its records tell. A relay is never a receipt: only what the consignee signed for counts as
 * received, and a part of it stays a part.
 */
export function spineOf(view: ConsignmentView): readonly SpineStep[] {
  const unrecorded = (name: SpineStep['name']): SpineStep => ({ name, state: 'unknown', word: 'not-recorded' })
  if (view.mode === 'reported') return reportedSpine(view, unrecorded)
  const at = (index: number | undefined) => view.events.find(event => event.index === index)?.at
  const taken = view.handoffs.filter(handoff => handoff.status === 'received' && handoff.reads !== undefined)
  const waits = view.handoffs.some(handoff => handoff.status === 'open')
  return [
    unrecorded('needed'),
    unrecorded('pledged'),
    dispatched({ view, first: taken[0], waits, at }),
    onTheWay({ view, taken, at }),
    received({ view, taken, at }),
  ]
}

type At = (index: number | undefined) => string | undefined
const timed = (at: string | undefined) => (at === undefined ? {} : { at })

function dispatched(args: {
  view: ConsignmentView
  first: HandoffView | undefined
  waits: boolean
  at: At
}): SpineStep {
  const { view, first, waits, at } = args
  const name = 'dispatched'
  if (first) return { name, state: 'done', ...timed(at(first.releaseIndex)) }
  if (waits) return { name, state: 'open', word: 'not-confirmed' }
  return { name, state: 'todo', word: 'packed', ...timed(view.events[0]?.at) }
}

function onTheWay(args: { view: ConsignmentView; taken: readonly HandoffView[]; at: At }): SpineStep {
  const { view, taken, at } = args
  const name = 'on-the-way'
  const [first] = taken
  if (!first) return { name, state: 'todo', word: 'not-yet' }
  const count = taken.filter(handoff => handoff.reads === 'passed-on').length
  if (view.stage === 'returned') return { name, state: 'done', word: 'came-back' }
  const isOver = view.stage === 'delivered' || view.stage === 'closed' || isAllWithConsignee(view)
  if (isOver)
    return count === 0 ? { name, state: 'done', word: 'straight' } : { name, state: 'done', word: 'passed-on', count }
  const last = taken.filter(handoff => handoff.reads === 'passed-on').at(-1)
  if (!last) return { name, state: 'now', word: 'under-way', ...timed(at(first.receiptIndex)) }
  return { name, state: 'now', word: 'passed-on', count, ...timed(at(last.receiptIndex)) }
}

/** True where nobody but the consignee holds any of it, though a release of his may be open. */
function isAllWithConsignee(view: ConsignmentView): boolean {
  const holders = view.lines.flatMap(line => line.balance?.holdings ?? [])
  return holders.length > 0 && holders.every(holding => holding.party === view.consignee)
}

function received(args: { view: ConsignmentView; taken: readonly HandoffView[]; at: At }): SpineStep {
  const { view, taken, at } = args
  const name = 'received'
  const arrived = taken.filter(handoff => handoff.reads === 'delivered')
  const last = arrived.at(-1)
  if (view.stage === 'returned') {
    const back = taken.filter(handoff => handoff.reads === 'returned').at(-1)
    return { name, state: 'open', word: 'came-back', ...timed(at(back?.receiptIndex)) }
  }
  if (!last) {
    const isOffered = view.handoffs.some(({ status, taker }) => status === 'open' && taker === view.consignee)
    if (isOffered && view.consignee !== undefined) return { name, state: 'open', word: 'not-confirmed' }
    if (view.stage === 'closed') return { name, state: 'todo', word: 'ended' }
    return { name, state: 'todo', word: view.consignee === undefined ? 'no-recipient' : 'not-yet' }
  }
  const rest = view.lines.some(line => line.balance?.holdings.some(holding => isUpstream(view, arrived, holding.party)))
  const isOpen = view.handoffs.some(({ status, giver }) => status === 'open' && giver !== view.consignee)
  const share = shareOf(view, arrived)
  const when = timed(at(last.receiptIndex))
  if (rest || isOpen) return { name, state: 'open', word: 'in-part', ...when, ...share }
  const isShort = view.lines.some(line => gotOf(line, arrived) !== allOf(line))
  return { name, state: 'done', ...when, ...(isShort && { word: 'not-all', ...share }) }
}

/** Holds goods that have yet to come: not the consignee, and not somebody whom the consignee handed them on to. */
function isUpstream(view: ConsignmentView, arrived: readonly HandoffView[], party: string): boolean {
  if (party === view.consignee || arrived.some(handoff => handoff.taker === party)) return false
  const from = view.handoffs.filter(handoff => handoff.status === 'received' && handoff.taker === party)
  return from.length === 0 || from.some(handoff => !arrived.some(each => each.taker === handoff.giver))
}

function shareOf(view: ConsignmentView, arrived: readonly HandoffView[]): Pick<SpineStep, 'share'> {
  const [line, ...more] = view.lines
  if (!line || more.length > 0) return {}
  return { share: { line: line.id, got: gotOf(line, arrived), all: allOf(line) } }
}

function gotOf(line: LineView, arrived: readonly HandoffView[]): number {
  const of = (parts: readonly QuantityView[]) =>
    parts.filter(part => part.line === line.id).reduce((sum, part) => sum + part.quantity, 0)
  return arrived.reduce((sum, { took, damaged, surplus }) => sum + of(took) + of(damaged) + of(surplus), 0)
}

/** What was there to come: packed, found in excess and set right, without what went on to another consignment. */
function allOf({ balance }: LineView): number {
  return balance ? balance.packed + balance.surplus + balance.adjusted - balance.movedOn : 0
}

function reportedSpine(
  view: ConsignmentView,
  unrecorded: (name: SpineStep['name']) => SpineStep,
): readonly SpineStep[] {
  const dates = view.reported?.dates ?? {}
  const told = (name: SpineStep['name'], word: SpineWord, date: string | undefined): SpineStep =>
    date === undefined ? unrecorded(name) : { name, state: 'told', word, at: date }
  return [
    told('needed', 'reported-order', dates.ordered),
    unrecorded('pledged'),
    unrecorded('dispatched'),
    unrecorded('on-the-way'),
    dates.delivered === undefined
      ? told('received', 'reported-plan', dates.scheduled)
      : told('received', 'reported', dates.delivered),
  ]
}
