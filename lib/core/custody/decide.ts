import { assertNever, fail, pass, type Result } from '../result.ts'
import { allowed } from './allowed.ts'
import { actOf, findAct, findEntry, record } from './consignment.ts'
import { decideFound, decideKey, decideParty, foundingPlace } from './decide-party.ts'
import type { Refusal } from './refusals.ts'
import { isWithinLimit } from './speaker.ts'
import type { ConsignmentState, Context, Decision, Recorded } from './state.ts'

/** A party's events on one consignment that are recorded and not in effect; the 65th is refused (PROTOCOL §4). */
export const MAX_NOT_IN_EFFECT = 64

/**
 * What recording this event at this place comes to, by the rules of version 1 (PROTOCOL §2–4). Append asks before it writes, the verifier
 * asks again: a leaf that had to be refused fails there as `refusable`. `speaker` has passed and the note's signature was verified.
 * `context` holds what `neededBy(event)` names. Only consignment events are ever recorded without taking effect.
 */
export function decide({ context, recorded }: { context: Context; recorded: Recorded }): Decision {
  const place = foundingPlace({ context, recorded })
  if (!place.ok) return refused(place)
  const about = recorded.event.about
  switch (about) {
    case 'log':
      return decided(decideFound({ context, recorded }))
    case 'party':
      return decided(decideParty({ context, recorded }))
    case 'key':
      return decided(decideKey({ context, recorded }))
    case 'consignment':
      return decideConsignment({ context, recorded })
    default:
      return assertNever(about)
  }
}

function refused({ code, detail }: { code: Refusal; detail: string }): Decision {
  return { outcome: 'refused', code, detail }
}

function decided(subject: ReturnType<typeof decideFound | typeof decideParty | typeof decideKey>): Decision {
  return subject.ok ? { outcome: 'recorded', inEffect: true, subject: subject.value } : refused(subject)
}

function decideConsignment({ context, recorded }: { context: Context; recorded: Recorded }): Decision {
  const state = context.consignment(recorded.event.id)
  const repeated = state && namesOf(recorded).find(hash => findEntry(state, hash))
  if (repeated !== undefined) return refused(fail('already-recorded', repeated))
  const restated = checkRestated({ context, recorded })
  if (!restated.ok) return refused(restated)
  const position = positionOf(state, recorded)
  if (!position.ok) return refused(position)

  const { acting } = actOf(recorded)
  if (state?.mode === 'reported' && acting.kind !== 'report' && acting.kind !== 'correct') {
    return refused(fail('report-only', `${acting.kind} on a reported history`))
  }
  const verdict = allowed({ context, state, event: acting, recorded })
  if (verdict.ok) {
    return { outcome: 'recorded', inEffect: true, subject: { about: 'consignment', state: record(state, recorded) } }
  }
  // An up-to-date signer is still at the form and can mend it; what was signed without seeing the head is kept, named, and moves nothing.
  if (!state || position.value === 'up-to-date') return refused(verdict)
  if (!hasStanding(state, recorded)) return refused(fail('no-standing', recorded.event.by))
  const strays = state.chain.filter(
    entry => entry.notInEffect !== undefined && entry.recorded.event.by === recorded.event.by,
  )
  if (strays.length >= MAX_NOT_IN_EFFECT) return refused(fail('too-many-not-in-effect', recorded.event.by))
  const subject = { about: 'consignment', state: record(state, recorded, verdict.code) } as const
  return { outcome: 'recorded', inEffect: false, reason: verdict.code, subject }
}

/**
 * Where the signer stood: `up-to-date` when `after` is the head and the head is in effect. A restatement has two signers and both must have
 * stood there: what would have been kept from the offline device is kept from the admin too.
 */
function positionOf(
  state: ConsignmentState | undefined,
  { event, restated }: Recorded,
): Result<'up-to-date' | 'behind', Refusal> {
  const afters = restated ? [event.after, restated.event.after] : [event.after]
  if (!state) {
    const unknown = afters.find(after => after !== '')
    return unknown === undefined ? pass('up-to-date') : fail('unknown-after', unknown)
  }
  if (afters.includes('')) return fail('founded', event.subject)
  const entries = afters.map(after => findEntry(state, after))
  const unknown = entries.indexOf(undefined)
  if (unknown >= 0) return fail('unknown-after', afters[unknown] as string)
  const head = state.chain.at(-1)
  const isUpToDate = entries.every(entry => entry === head) && head?.notInEffect === undefined
  return pass(isUpToDate ? 'up-to-date' : 'behind')
}

/** The party signed or is named by any recorded event of this consignment, or bears the claim of a recorded open release. */
function hasStanding(state: ConsignmentState, recorded: Recorded): boolean {
  const { acting } = actOf(recorded)
  if (state.standing.has(acting.by)) return true
  if (acting.kind !== 'receive' && acting.kind !== 'refuse') return false
  const released = findAct(state, acting.body.release)?.acting
  return recorded.proven === true && released?.kind === 'release' && 'claim' in released.body.to
}

/** Hashes under which this event would stand in the log. The same signed event recorded twice would move its goods twice. */
const namesOf = ({ hash, restated }: Recorded) => (restated ? [hash, restated.hash] : [hash])

function checkRestated({ context, recorded }: { context: Context; recorded: Recorded }): Result<true, Refusal> {
  const { event, restated, recordedAt } = recorded
  if (event.kind !== 'restate') return pass(true)
  if (!restated || restated.event.subject !== event.subject || restated.event.origin !== event.origin) {
    return fail('restate-malformed', 'the quoted note is no event of this consignment')
  }
  if (restated.event.kind === 'restate') return fail('restate-kind', 'a restatement inside a restatement')
  if (context.key(event.key)?.role !== 'admin') return fail('key-role', 'an admin restates')
  const key = context.key(restated.event.key)
  if (restated.event.by !== event.by || key?.party !== event.by)
    return fail('restate-party', `signed by ${restated.event.by}`)
  if (!restated.signed) return fail('restate-signature', restated.hash)
  // Its note was never refused for being revoked: it would not have been taken while it was live.
  if (key.held === 'paper') return fail('key-paper', key.key)
  if (!key.revoked && isWithinLimit({ key, at: restated.event.at, recordedAt })) return fail('restate-live', key.key)
  return pass(true)
}
