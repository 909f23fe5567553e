import { fail, pass, type Result } from '../result.ts'
import { checkAnswer, checkReceipt } from './answer.ts'
import { freeOf } from './balance.ts'
import { findAct } from './consignment.ts'
import { correctable } from './correct.ts'
import type { ConsignmentEvent, EventOf } from './event.ts'
import { checkFrom } from './from.ts'
import type { KindOf } from './kinds.ts'
import { checkFree, checkLines, checkNewLines, checkParty, isOverflow } from './named.ts'
import { quantityOf } from './quantity.ts'
import { deriveReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import { checkSettle, maySettleSome } from './settle.ts'
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
  /** Whether this party could do something of this kind now; the reason a form's button is disabled. `holds` implies it. */
  readonly may: (state: ConsignmentState, party: string) => Refusal | undefined
  /** Whether this very event holds, given that `may` does or that the kind is one of {@link TARGETED}. */
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
      const release = state.releases.findLast(each => each.hash === event.body.release)
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
      const totals = new Map<string, number>()
      for (const { line, condition, change } of event.body.lines) {
        const by = quantityOf(change)
        const party = event.by
        const total = (totals.get(line) ?? 0) + by
        totals.set(line, total)
        if (!state.holdings.some(each => each.party === party && each.line === line))
          return fail('not-holder', `nothing of line ${line}`)
        if (by < 0 && freeOf(state, { party, line, condition }) < -by) return fail('quantity-not-free', `line ${line}`)
      }
      for (const [line, total] of totals)
        if (isOverflow(state, line, total)) return fail('total-overflow', `line ${line}`)
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
    holds: ({ event, state }) => correctable(event, findAct(state, event.body.event)),
  },
  report: {
    may: (state, party) => (state.founder === party ? undefined : 'not-party'),
    holds: ({ event, state }) => {
      if (event.body.nonce !== undefined) return fail('nonce-place', 'the nonce stands in the founding event')
      return checkNewLines(state, event.body.lines ?? [])
    },
  },
}

/** Kinds that name what they answer: that alone says why not, so "answered already" is not hidden behind "nothing to answer". */
const TARGETED: readonly ActKind[] = ['receive', 'refuse', 'withdraw', 'settle', 'correct']

function checkMode(state: ConsignmentState, kind: ActKind): Verdict {
  if (state.mode === 'reported' && kind !== 'report' && kind !== 'correct') return fail('report-only', kind)
  return state.mode === 'live' && kind === 'report' ? fail('not-reported', kind) : yes
}

/** Whether `party` could do something of `kind` on this consignment now; the code says why not. For forms; what is signed is decided by {@link allowed}. */
export function mayAct({ state, kind, party }: { state: ConsignmentState; kind: ActKind; party: string }): Verdict {
  const mode = checkMode(state, kind)
  if (!mode.ok) return mode
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
  const mode = checkMode(state, event.kind)
  if (!mode.ok) return mode
  const refusal = TARGETED.includes(event.kind) ? undefined : RULES[event.kind].may(state, event.by)
  if (refusal !== undefined) return fail(refusal, `${event.kind} by ${event.by}`)
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
  // A suspended consignee is no reason: a founding event that is not allowed is lost, and so is all that was signed after it.
  const consignee = event.body.consignee
  if (consignee !== undefined && !context.party(consignee)) return fail('party-unknown', consignee)
  return checkPacked({ event, context, state: undefined })
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
