import { fail, pass, type Result } from '../result.ts'
import { freeOf, NO_TERMS, quantityIn } from './balance.ts'
import { findEntry } from './consignment.ts'
import { correctable } from './correct.ts'
import type { ConsignmentEvent, EventOf } from './event.ts'
import { checkFrom } from './from.ts'
import type { KindOf } from './kinds.ts'
import { MAX_QUANTITY, quantityOf } from './quantity.ts'
import { deriveReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import type { ConsignmentState, Context, Recorded, Release } from './state.ts'

/** Kinds that act; a restatement acts as the event inside it. */
export type ActKind = Exclude<KindOf<'consignment'>, 'restate'>
type Verdict = Result<true, Refusal>
type Act<K extends ActKind> = {
  readonly event: EventOf<'consignment', K>
  readonly recorded: Recorded
  readonly context: Context
  /** Undefined only for a kind that founds. */
  readonly state: ConsignmentState
}

interface Rule<K extends ActKind> {
  /** Whether this party could do something of this kind now; the reason a form's button is disabled. */
  readonly may: (state: ConsignmentState, party: string) => Refusal | undefined
  /** Whether this very event holds, given that `may` does. */
  readonly holds: (act: Act<K>) => Verdict
}

const yes: Verdict = pass(true)
const holds = (state: ConsignmentState, party: string) => state.holdings.some(each => each.party === party)
const hasFree = (state: ConsignmentState, party: string) =>
  state.holdings.some(each => each.party === party && freeOf(state, each) > 0)
const isOpenTo = (release: Release, party: string) =>
  release.status === 'open' && ('claim' in release.to ? release.giver !== party : release.to.party === party)

/** One table for form, writer and verifier (PROTOCOL §4): kind × state × relation of the actor, all from the log alone. */
const RULES: { readonly [K in ActKind]: Rule<K> } = {
  pack: {
    may: (state, party) =>
      state.founder !== party ? 'not-consignor' : state.releases.length > 0 ? 'pack-closed' : undefined,
    holds: ({ event, context, state }) => {
      if (event.body.nonce !== undefined) return fail('nonce-place', 'the nonce stands in the founding event')
      if (event.body.consignee !== undefined || event.body.need !== undefined) return fail('pack-member', 'lines only')
      return checkPacked({ event, context, state })
    },
  },
  release: {
    may: (state, party) =>
      !holds(state, party) ? 'not-holder' : !hasFree(state, party) ? 'quantity-not-free' : undefined,
    holds: ({ event, recorded, context, state }) => {
      const to = event.body.to
      if ('claim' in to) {
        if (!recorded.sound) return fail('key-unsound', 'the claim is not a sound public key')
      } else {
        if (to.party === event.by) return fail('release-self', 'giver and taker are one party')
        const named = checkParty(context, to.party)
        if (!named.ok) return named
      }
      return checkFree(state, event.by, event.body.lines)
    },
  },
  receive: {
    may: (state, party) => (state.releases.some(release => isOpenTo(release, party)) ? undefined : 'release-unknown'),
    holds: ({ event, recorded, state }) => {
      const answer = checkAnswer(state, event, recorded)
      return answer.ok ? checkReceipt(state, event, answer.value) : answer
    },
  },
  refuse: {
    may: (state, party) => (state.releases.some(release => isOpenTo(release, party)) ? undefined : 'release-unknown'),
    holds: ({ event, recorded, state }) => {
      const answer = checkAnswer(state, event, recorded)
      return answer.ok ? yes : answer
    },
  },
  withdraw: {
    may: (state, party) =>
      state.releases.some(release => release.status === 'open' && release.giver === party)
        ? undefined
        : 'release-unknown',
    holds: ({ event, state }) => {
      const release = state.releases.find(each => each.hash === event.body.release)
      if (!release) return fail('release-unknown', event.body.release)
      if (release.giver !== event.by) return fail('not-giver', `given by ${release.giver}`)
      return release.status === 'open' ? yes : fail('release-closed', `it is ${release.status}`)
    },
  },
  settle: {
    may: (state, party) => (maySettleSome(state, party) ? undefined : 'not-settler'),
    holds: ({ event, state }) => checkSettle(state, event),
  },
  adjust: {
    may: (state, party) => (holds(state, party) ? undefined : 'not-holder'),
    holds: ({ event, state }) => {
      const repeated = checkLines(state, event.body.lines)
      if (!repeated.ok) return repeated
      for (const { line, condition, change } of event.body.lines) {
        const by = quantityOf(change)
        const party = event.by
        if (!state.holdings.some(each => each.party === party && each.line === line))
          return fail('not-holder', `nothing of line ${line}`)
        if (by < 0 && freeOf(state, { party, line, condition }) < -by) return fail('quantity-not-free', `line ${line}`)
        if (by > 0 && isOverflow(state, line, by)) return fail('total-overflow', `line ${line}`)
      }
      return yes
    },
  },
  'write-off': {
    may: (state, party) =>
      !holds(state, party) ? 'not-holder' : !hasFree(state, party) ? 'quantity-not-free' : undefined,
    holds: ({ event, state }) => checkFree(state, event.by, event.body.lines),
  },
  distribute: {
    may: (state, party) =>
      state.consignee !== party ? 'not-consignee' : !hasFree(state, party) ? 'quantity-not-free' : undefined,
    holds: ({ event, state }) => checkFree(state, event.by, event.body.lines),
  },
  move: {
    may: (state, party) =>
      !holds(state, party) ? 'not-holder' : !hasFree(state, party) ? 'quantity-not-free' : undefined,
    holds: ({ event, state }) => {
      if (event.body.to === event.subject) return fail('move-self', event.subject)
      return checkFree(state, event.by, event.body.lines)
    },
  },
  redirect: {
    may: (state, party) => (state.founder === party || state.consignee === party ? undefined : 'not-consignor'),
    holds: ({ event, context, state }) => {
      if (event.body.consignee === state.consignee) return fail('redirect-same', event.body.consignee)
      return checkParty(context, event.body.consignee)
    },
  },
  correct: {
    may: (state, party) => (state.chain.some(entry => entry.acting.by === party) ? undefined : 'correct-target'),
    holds: ({ event, state }) => correctable(event, findEntry(state, event.body.event)),
  },
  report: {
    may: (state, party) => (state.founder === party ? undefined : 'not-party'),
    holds: ({ event, state }) => {
      if (event.body.nonce !== undefined) return fail('nonce-place', 'the nonce stands in the founding event')
      return checkNewLines(state, event.body.lines ?? [])
    },
  },
}

/** Whether `party` could do something of `kind` on this consignment now; the code says why not. For forms; what is signed is decided by {@link allowed}. */
export function mayAct({ state, kind, party }: { state: ConsignmentState; kind: ActKind; party: string }): Verdict {
  if (state.mode === 'reported' && kind !== 'report' && kind !== 'correct') return fail('report-only', kind)
  if (state.mode === 'live' && kind === 'report') return fail('not-reported', kind)
  const refusal = RULES[kind].may(state, party)
  return refusal === undefined ? yes : fail(refusal, `${kind} by ${party}`)
}

/** Whether this event holds in the fold of the events in effect before it (PROTOCOL §4). `event` is what acts, `recorded` its place. */
export function allowed(act: {
  context: Context
  state: ConsignmentState | undefined
  event: ConsignmentEvent
  recorded: Recorded
}): Verdict {
  const { state, event, recorded, context } = act
  if (event.kind === 'restate') return fail('restate-kind', 'a restatement inside a restatement')
  if (!state) return allowedToFound({ event, context })
  const may = mayAct({ state, kind: event.kind, party: event.by })
  if (!may.ok) return may
  return (RULES[event.kind] as Rule<ActKind>).holds({ event, recorded, context, state })
}

function allowedToFound({ event, context }: { event: ConsignmentEvent; context: Context }): Verdict {
  if (event.kind !== 'pack' && event.kind !== 'report') return fail('not-founded', `${event.kind} founds nothing`)
  const nonce = event.body.nonce
  if (nonce === undefined) return fail('nonce-place', 'the founding event carries the nonce')
  if (deriveReference({ kind: 'consignment', author: event.by, nonce }) !== event.id) {
    return fail('reference-not-derived', `${event.id} does not follow from ${event.by} and the nonce`)
  }
  if (event.kind === 'report') return checkNewLines(undefined, event.body.lines ?? [])
  if (event.body.consignee !== undefined) {
    const named = checkParty(context, event.body.consignee)
    if (!named.ok) return named
  }
  return checkPacked({ event, context, state: undefined })
}

function checkParty(context: Context, reference: string): Verdict {
  const party = context.party(reference)
  if (!party) return fail('party-unknown', reference)
  return party.suspended ? fail('named-suspended', reference) : yes
}

function checkNewLines(state: ConsignmentState | undefined, lines: readonly { id: string }[]): Verdict {
  const ids = new Set<string>()
  for (const { id } of lines) {
    if (ids.has(id)) return fail('line-repeated', `line ${id}`)
    if (state?.lines.some(line => line.id === id)) return fail('line-exists', `line ${id}`)
    ids.add(id)
  }
  return yes
}

function checkPacked({
  event,
  context,
  state,
}: {
  event: EventOf<'consignment', 'pack'>
  context: Context
  state: ConsignmentState | undefined
}): Verdict {
  const fresh = checkNewLines(state, event.body.lines)
  if (!fresh.ok) return fresh
  for (const line of event.body.lines) {
    if (line.donor && 'party' in line.donor && !context.party(line.donor.party))
      return fail('party-unknown', line.donor.party)
  }
  return checkFrom({ event, context, state })
}

/** Every (line, condition) stands once and the line exists. */
function checkLines(state: ConsignmentState, lines: readonly { line: string; condition: string }[]): Verdict {
  const named = new Set<string>()
  for (const { line, condition } of lines) {
    if (!state.lines.some(each => each.id === line)) return fail('line-unknown', `line ${line}`)
    if (named.has(`${line} ${condition}`)) return fail('line-repeated', `line ${line}, ${condition}`)
    named.add(`${line} ${condition}`)
  }
  return yes
}

type Moved = { line: string; condition: 'sound' | 'damaged'; quantity: string }
function checkFree(state: ConsignmentState, party: string, lines: readonly Moved[]): Verdict {
  const named = checkLines(state, lines)
  if (!named.ok) return named
  for (const { line, condition, quantity } of lines) {
    const free = freeOf(state, { party, line, condition })
    if (free < quantityOf(quantity))
      return fail('quantity-not-free', `line ${line}: ${free} ${condition} are free, ${quantity} named`)
  }
  return yes
}

function isOverflow(state: ConsignmentState, line: string, more: number): boolean {
  const terms = state.terms.get(line) ?? NO_TERMS
  return terms.packed + terms.surplus + terms.adjusted + more > MAX_QUANTITY
}

type Answer = EventOf<'consignment', 'receive'> | EventOf<'consignment', 'refuse'>
function checkAnswer(state: ConsignmentState, event: Answer, recorded: Recorded): Result<Release, Refusal> {
  const release = state.releases.find(each => each.hash === event.body.release)
  if (!release) return fail('release-unknown', event.body.release)
  if (release.status !== 'open') return fail('release-closed', `it is ${release.status}`)
  if (release.giver === event.by) return fail('release-self', 'the giver does not take its own release')
  if ('claim' in release.to) {
    if (event.body.claim === undefined) return fail('claim-missing', release.hash)
    return recorded.proven ? pass(release) : fail('claim-wrong', release.hash)
  }
  if (release.to.party !== event.by) return fail('not-taker', `released to ${release.to.party}`)
  return event.body.claim === undefined ? pass(release) : fail('claim-unexpected', release.hash)
}

function checkReceipt(state: ConsignmentState, event: EventOf<'consignment', 'receive'>, release: Release): Verdict {
  const named = checkLines(state, event.body.lines)
  if (!named.ok) return named
  for (const { line, condition, received, damaged, missing, left } of event.body.lines) {
    const released = quantityIn(release.lines, { line, condition })
    if (released === 0) return fail('line-unknown', `line ${line}, ${condition} was not released`)
    if (damaged && condition === 'damaged') return fail('receipt-damaged', `line ${line}`)
    const sum =
      quantityOf(received) +
      [damaged, missing, left].reduce((all, part) => all + (part ? quantityOf(part.quantity) : 0), 0)
    if (sum !== released) return fail('receipt-sum', `line ${line}: ${released} released, ${sum} accounted for`)
  }
  if (event.body.lines.length !== release.lines.length)
    return fail('receipt-incomplete', 'every released line is answered')
  const surplus = (event.body.surplus ?? []).map(({ line }) => ({ line, condition: 'sound' }))
  const extra = checkLines(state, surplus)
  if (!extra.ok) return extra
  for (const { line, quantity } of event.body.surplus ?? []) {
    if (isOverflow(state, line, quantityOf(quantity))) return fail('total-overflow', `line ${line}`)
  }
  return yes
}

/** Parties that may close an event not in effect: a present holder, the consignee, the consignor. */
const isConcerned = (state: ConsignmentState, party: string) =>
  holds(state, party) || state.consignee === party || state.founder === party

function maySettleSome(state: ConsignmentState, party: string): boolean {
  const isDifference = state.releases.some(
    each => each.missing.length > 0 && (each.giver === party || state.founder === party),
  )
  const isStray = state.chain.some(entry => entry.notInEffect !== undefined && entry.settledBy === undefined)
  return isDifference || (isStray && isConcerned(state, party))
}

function checkSettle(state: ConsignmentState, event: EventOf<'consignment', 'settle'>): Verdict {
  const body = event.body
  if ('event' in body) {
    const entry = findEntry(state, body.event)
    if (entry?.notInEffect === undefined || entry.settledBy !== undefined) return fail('settle-target', body.event)
    return isConcerned(state, event.by) ? yes : fail('not-settler', event.by)
  }
  const release = state.releases.find(each => each.hash === body.handoff)
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
