import { balanceOf } from './balance.ts'
import { eventViews } from './event-views.ts'
import { handoffViews } from './handoff-views.ts'
import { lineViews } from './line-views.ts'
import type { OpeningsAt } from './shown.ts'
import { partyName, shownField } from './shown.ts'
import type { ConsignmentState, Context } from './state.ts'
import type { ConsignmentView, PartyView, Stage } from './views.ts'

/**
 * What anyone may see of a consignment (see {@link ConsignmentView}). `openings` holds openings by leaf index that fit their commitments;
 * those that are not public are ignored here, so that no caller can show one by mistake. Undefined when the context has no such consignment.
 */
export function deriveView({
  context,
  reference,
  openings,
}: {
  context: Context
  reference: string
  openings: OpeningsAt
}): ConsignmentView | undefined {
  const state = context.consignment(reference)
  const founding = context.founding
  if (!state || !founding) return undefined
  const balances = balanceOf(state)
  const handoffs = handoffViews(state, openings)
  return {
    reference,
    origin: founding.origin,
    demo: founding.mode === 'demo',
    mode: state.mode,
    stage: stageOf(state),
    founder: state.founder,
    ...(state.consignee !== undefined && { consignee: state.consignee }),
    parties: partyViews({ context, state, openings }),
    lines: lineViews({ context, state, openings, balances }),
    events: eventViews({ context, state, openings }),
    handoffs,
    ...(state.mode === 'reported' && { reported: reportedView(state, openings) }),
    head: state.chain.at(-1)?.recorded.hash ?? '',
  }
}

/** First word of the page: an open release waits; else where the goods are by their holders. */
export function stageOf(state: ConsignmentState): Stage {
  if (state.mode === 'reported') return 'reported'
  if (state.releases.some(release => release.status === 'open')) return 'waiting'
  const holders = new Set(state.holdings.map(holding => holding.party))
  if (holders.size === 0) return isAccountedFor(state) ? 'closed' : 'on-the-way'
  const only = holders.size === 1 ? [...holders][0] : undefined
  const isMoved = state.releases.some(release => release.status === 'received')
  if (only === state.consignee && isMoved) return 'delivered'
  if (only === state.founder) return isMoved ? 'returned' : 'packed'
  return 'on-the-way'
}

/** Something left the chain on somebody's word; where all of it is missing, nothing is closed. */
function isAccountedFor(state: ConsignmentState): boolean {
  return [...state.terms.values()].some(term => term.lost + term.writtenOff + term.distributed + term.movedOn > 0)
}

function partyViews({
  context,
  state,
  openings,
}: {
  context: Context
  state: ConsignmentState
  openings: OpeningsAt
}): readonly PartyView[] {
  const references = new Set([state.founder, ...state.standing])
  for (const release of state.releases) if (release.taker !== undefined) references.add(release.taker)
  return [...references].map(reference => ({ reference, name: partyName(context.party(reference), openings) }))
}

function reportedView(state: ConsignmentState, openings: OpeningsAt): NonNullable<ConsignmentView['reported']> {
  let view: NonNullable<ConsignmentView['reported']> = { dates: {} }
  for (const entry of state.chain) {
    const event = entry.acting
    if (event.kind !== 'report' || entry.notInEffect !== undefined) continue
    const vendor = shownField({ state, entry, field: 'vendor', openings })
    const recipient = shownField({ state, entry, field: 'recipient', openings })
    view = {
      dates: { ...view.dates, ...event.body.dates },
      ...((event.body.mode ?? view.mode) !== undefined && { mode: event.body.mode ?? view.mode }),
      ...((event.body.to ?? view.to) !== undefined && { to: event.body.to ?? view.to }),
      ...((vendor ?? view.vendor) !== undefined && { vendor: vendor ?? view.vendor }),
      ...((recipient ?? view.recipient) !== undefined && { recipient: recipient ?? view.recipient }),
    } as NonNullable<ConsignmentView['reported']>
  }
  return view
}
