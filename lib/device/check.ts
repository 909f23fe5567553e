import { utf8Encode } from '../core/bytes.ts'
import { allowed } from '../core/custody/allowed.ts'
import { type ConsignmentEvent, MAX_NOTE_BYTES, parseEventText } from '../core/custody/event.ts'
import { formatLocalTime } from '../core/custody/local-time.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import type { ConsignmentState, Context, PartyState } from '../core/custody/state.ts'
import { isSignableText } from '../core/custody/text.ts'
import { formatJson, type Json } from '../core/json.ts'
import type { Act } from './desk.ts'

/** A party that a form may name, as the page lists it. */
export type Nameable = { readonly reference: string; readonly isSuspended: boolean }

/** A longer origin would be refused when the log is founded; the signature line is its origin, a key and 68 bytes in base64. */
const SIGNATURE_LINE = 200

/**
 * Why the log would not take this act of `party` now, or undefined where it would: the writer's own rules (PROTOCOL §4) asked with what the
 * page knows, before anything is signed. `parties`: all that the act may name. A claim is taken to be that of the release: who holds the code
 * checks it. `state`: undefined for an act that founds.
 */
export function checkAct(args: {
  state: ConsignmentState | undefined
  parties: readonly Nameable[]
  act: Act<'consignment'>
  party: string
}): Refusal | undefined {
  const { state, parties, act, party } = args
  for (const value of Object.values(act.values ?? {})) if (!isSignableText(value, 500)) return 'text-malformed'
  const text = textOf(act, party)
  if (utf8Encode(text).length + SIGNATURE_LINE > MAX_NOTE_BYTES) return 'event-too-large'
  const read = parseEventText(text)
  if (!read.ok) return read.code
  const event = read.value as ConsignmentEvent
  const recorded = { event, hash: '', index: Number.MAX_SAFE_INTEGER, recordedAt: 0, proven: true, sound: true }
  const verdict = allowed({ context: contextOf(parties), state, event, recorded })
  return verdict.ok ? undefined : verdict.code
}

/** The statement as it would be signed, with a key and commitments of the right length. */
function textOf(act: Act<'consignment'>, party: string): string {
  const fields = Object.keys(act.values ?? {})
  const statement = {
    v: '1',
    subject: `consignment/${act.id}`,
    after: act.after,
    kind: act.kind,
    by: party,
    key: '0'.repeat(32),
    at: formatLocalTime(Date.now()),
    body: act.body,
    ...(act.place && { place: act.place }),
    ...(fields.length > 0 && { sealed: Object.fromEntries(fields.map(field => [field, '0'.repeat(64)])) }),
  }
  return `throughline/event/v1\nform.invalid\n${formatJson(statement as unknown as Json)}\n`
}

function contextOf(parties: readonly Nameable[]): Context {
  return {
    founding: undefined,
    party: reference => {
      const found = parties.find(each => each.reference === reference)
      if (!found) return undefined
      const party: PartyState = { reference, type: 'organisation', suspended: found.isSuspended, chain: [] }
      return party
    },
    key: () => undefined,
    keysOf: () => undefined,
    consignment: () => undefined,
    consignmentOf: () => undefined,
  }
}
