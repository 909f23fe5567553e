import { fail, pass, type Result } from '../result.ts'
import { quantityIn } from './balance.ts'
import { findAct } from './consignment.ts'
import type { EventOf } from './event.ts'
import { checkLines } from './named.ts'
import { quantityOf } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { ConsignmentState } from './state.ts'

type Verdict = Result<true, Refusal>
const yes: Verdict = pass(true)
const holds = (state: ConsignmentState, party: string) => state.holdings.some(each => each.party === party)

/** Parties that may close an event not in effect: a present holder, the consignee, the consignor. */
const isConcerned = (state: ConsignmentState, party: string) =>
  holds(state, party) || state.consignee === party || state.founder === party

export function maySettleSome(state: ConsignmentState, party: string): boolean {
  const isDifference = state.releases.some(
    each => each.missing.length > 0 && (each.giver === party || state.founder === party),
  )
  const isStray = state.chain.some(entry => entry.notInEffect !== undefined && entry.settledBy === undefined)
  return isDifference || (isStray && isConcerned(state, party))
}

export function checkSettle(state: ConsignmentState, event: EventOf<'consignment', 'settle'>): Verdict {
  const body = event.body
  if ('event' in body) {
    const entry = findAct(state, body.event)
    if (entry?.notInEffect === undefined || entry.settledBy !== undefined) return fail('settle-target', body.event)
    return isConcerned(state, event.by) ? yes : fail('not-settler', event.by)
  }
  const release = state.releases.findLast(each => each.hash === body.handoff)
  if (!release || release.missing.length === 0) return fail('handoff-unknown', body.handoff)
  if (release.giver !== event.by && state.founder !== event.by) return fail('not-settler', event.by)
  const named = checkLines(state, body.lines)
  if (!named.ok) return named
  for (const { line, condition, lost, found } of body.lines) {
    const settled = quantityOf(lost) + quantityOf(found)
    if (settled === 0) return fail('quantity-malformed', `line ${line}: nothing is settled`)
    if (settled > quantityIn(release.missing, { line, condition })) return fail('settle-excess', `line ${line}`)
  }
  return yes
}
