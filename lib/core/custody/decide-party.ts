import { hexDecode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import { type Event, type EventOf, keyName } from './event.ts'
import { deriveReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import { isLiveAdmin } from './speaker.ts'
import type { Context, Entry, KeyState, PartyState, Recorded, Subject } from './state.ts'

type Args = { readonly context: Context; readonly recorded: Recorded }
type Verdict = Result<true, Refusal>
const yes: Verdict = pass(true)

/** Leaves 0–3 are fixed (PROTOCOL §2): found, the operator's registration, the first key by itself, the recovery key on paper. */
export function foundingPlace({ context, recorded }: Args): Verdict {
  const { index, event } = recorded
  if (index > 3) return yes
  const founding = context.founding
  const isRight =
    index === 0
      ? event.kind === 'found'
      : founding !== undefined &&
        event.by === founding.operator &&
        event.key === founding.key &&
        event.after === '' &&
        isFoundingLeaf(event, index, founding)
  return isRight ? yes : fail('founding-order', `leaf ${index} is ${event.kind}`)
}

function isFoundingLeaf(event: Event, index: number, founding: { operator: string; key: string }): boolean {
  if (index === 1) return event.kind === 'register' && event.id === founding.operator
  if (event.kind !== 'enrol' || event.body.party !== founding.operator || event.body.role !== 'admin') return false
  return index === 2 ? event.id === founding.key && event.body.held !== 'paper' : event.body.held === 'paper'
}

/** `log`, `party` and `key` subjects: `after` is the head, always (PROTOCOL §3). */
function checkAfter(chain: readonly Entry[] | undefined, event: Event, founds: boolean): Verdict {
  if (!chain) {
    if (event.after !== '') return fail('unknown-after', event.after)
    return founds ? yes : fail('not-founded', event.subject)
  }
  if (event.after === '' || founds) return fail('founded', event.subject)
  if (event.after === chain.at(-1)?.recorded.hash) return yes
  const isKnown = chain.some(entry => entry.recorded.hash === event.after)
  return isKnown ? fail('not-head', event.after) : fail('unknown-after', event.after)
}

const entryOf = (recorded: Recorded): Entry => ({
  recorded,
  acting: recorded.event,
  actingHash: recorded.hash,
  correctedBy: [],
})

/** Leaf 0. Codes: `founded`, `origin-mismatch`, `key-mismatch`, `key-unsound`, `unknown-after`. */
export function decideFound({ context, recorded }: Args): Result<Subject, Refusal> {
  const event = recorded.event as EventOf<'log', 'found'>
  if (context.founding) return fail('founded', 'the log is founded')
  if (event.after !== '') return fail('unknown-after', event.after)
  const { body, key, by, origin } = event
  if (body.origin !== origin) return fail('origin-mismatch', body.origin)
  if (keyName(hexDecode(body.publicKey, 32) as Uint8Array) !== key || body.operator !== by)
    return fail('key-mismatch', key)
  if (!recorded.sound) return fail('key-unsound', key)
  return pass({ about: 'log', state: { ...body, key } })
}

/** True when the event is signed by an admin of the party of leaf 0; leaf 1 is, by leaf 0 itself. */
function isOperators({ context, recorded }: Args): Verdict {
  const { event, index } = recorded
  if (event.by !== context.founding?.operator) return fail('not-operator', event.by)
  return index <= 2 || context.key(event.key)?.role === 'admin' ? yes : fail('key-role', event.key)
}

/** `register`, `update`, `suspend`, `resume` (PROTOCOL §3). */
export function decideParty(args: Args): Result<Subject, Refusal> {
  const { context, recorded } = args
  const event = recorded.event as Extract<Event, { about: 'party' }>
  const state = context.party(event.id)
  const after = checkAfter(state?.chain, event, event.kind === 'register')
  if (!after.ok) return after
  if (event.kind === 'register') {
    const operator = isOperators(args)
    if (!operator.ok) return operator
    if (deriveReference({ kind: 'party', author: event.key, nonce: event.body.nonce }) !== event.id) {
      return fail('reference-not-derived', event.id)
    }
    const registered = { reference: event.id, type: event.body.type, suspended: false, chain: [entryOf(recorded)] }
    return pass({ about: 'party', state: registered })
  }
  const party = state as PartyState
  const next = { ...party, chain: [...party.chain, entryOf(recorded)] }
  if (event.kind === 'update') {
    if (event.by !== event.id) return fail('not-party', event.by)
    return context.key(event.key)?.role === 'admin'
      ? pass({ about: 'party', state: next })
      : fail('key-role', event.key)
  }
  const operator = isOperators(args)
  if (!operator.ok) return operator
  if (event.kind === 'suspend') {
    if (event.id === context.founding?.operator) return fail('operator-suspend', event.id)
    return party.suspended
      ? fail('already-suspended', event.id)
      : pass({ about: 'party', state: { ...next, suspended: true } })
  }
  return party.suspended
    ? pass({ about: 'party', state: { ...next, suspended: false } })
    : fail('party-active', event.id)
}

/** `enrol` and at most one `revoke` (PROTOCOL §3). */
export function decideKey(args: Args): Result<Subject, Refusal> {
  const { context, recorded } = args
  const event = recorded.event as Extract<Event, { about: 'key' }>
  const state = context.key(event.id)
  if (state && event.kind === 'enrol' && event.after !== '') return fail('key-enrolled', event.id)
  const after = checkAfter(state?.chain, event, event.kind === 'enrol')
  if (!after.ok) return after
  if (event.kind === 'enrol') return decideEnrol(args, event)

  const key = state as KeyState
  if (key.revoked) return fail('already-revoked', key.key)
  const signer = checkKeySigner(args, key.party, 'operator-revoke')
  if (!signer.ok) return signer
  const { reason, from } = event.body
  if (from !== undefined && Number(from) >= recorded.index) return fail('from-index', from)
  const revoked = { index: recorded.index, reason, ...(from !== undefined && { from: Number(from) }) }
  return pass({ about: 'key', state: { ...key, revoked, chain: [...key.chain, entryOf(recorded)] } })
}

function decideEnrol(args: Args, event: EventOf<'key', 'enrol'>): Result<Subject, Refusal> {
  const { context, recorded } = args
  const { party, publicKey, role, held, until } = event.body
  if (keyName(hexDecode(publicKey, 32) as Uint8Array) !== event.id) return fail('key-mismatch', event.id)
  if (!recorded.sound) return fail('key-unsound', event.id)
  if (!recorded.proven) return fail('key-proof', event.id)
  if (!context.party(party)) return fail('party-unknown', party)
  const signer = checkKeySigner(args, party, 'operator-enrol')
  if (!signer.ok) return signer
  const state: KeyState = {
    key: event.id,
    publicKey,
    party,
    role,
    held,
    ...(until !== undefined && { until }),
    byOperator: event.by !== party,
    enrolledAt: recorded.index,
    chain: [entryOf(recorded)],
  }
  return pass({ about: 'key', state })
}

/**
 * Who signs for a party's keys: its own admins; the operator for a suspended party, and for enrolling where no live admin key is left.
 * Without every key of the party (a reader of one evidence file) the last cannot be decided and is taken as said, marked as the operator's.
 */
function checkKeySigner(
  { context, recorded }: Args,
  party: string,
  refusal: 'operator-enrol' | 'operator-revoke',
): Verdict {
  const { event, index, recordedAt } = recorded
  if (event.by === party)
    return index <= 2 || context.key(event.key)?.role === 'admin' ? yes : fail('key-role', event.key)
  const operator = isOperators({ context, recorded })
  if (!operator.ok) return fail('not-party', event.by)
  if (context.party(party)?.suspended) return yes
  if (refusal === 'operator-revoke') return fail(refusal, party)
  const keys = context.keysOf(party)
  return keys?.some(key => isLiveAdmin(key, recordedAt)) ? fail(refusal, party) : yes
}
