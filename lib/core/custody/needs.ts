import type { Event } from './event.ts'

/** What a {@link Context} must hold before an event can be decided. */
export interface Needs {
  /** `log`, `party/…`, `key/…`, `consignment/…`: folded whole. */
  readonly subjects: readonly string[]
  /** Event hashes of quoted moves: the consignments they stand in, folded whole. */
  readonly events: readonly string[]
  /** Parties all of whose keys must be known. */
  readonly keysOf: readonly string[]
  /** Keys whose party must be folded too: the operator revokes them only while it is suspended, and the event does not name it. */
  readonly partyOf: readonly string[]
}

/** Parties that an event names beside its signer's, in the order they stand. */
export function partiesNamed(event: Event): readonly string[] {
  switch (event.kind) {
    case 'enrol':
      return [event.body.party]
    case 'pack': {
      const donors = event.body.lines.flatMap(line => (line.donor && 'party' in line.donor ? [line.donor.party] : []))
      return event.body.consignee === undefined ? donors : [event.body.consignee, ...donors]
    }
    case 'release':
      return 'party' in event.body.to ? [event.body.to.party] : []
    case 'redirect':
      return [event.body.consignee]
    default:
      return []
  }
}

/** Event hashes of the moves that a packing quotes (PROTOCOL §4, `from`). */
export function movesQuoted(event: Event): readonly string[] {
  if (event.kind !== 'pack') return []
  return event.body.lines.flatMap(line => (line.from && 'event' in line.from ? [line.from.event] : []))
}

/** What `speaker` and `decide` look at for this event, and for the one inside it when it is a restatement. */
export function neededBy(event: Event, restated?: Event): Needs {
  const acts = restated ? [event, restated] : [event]
  const parties = acts.flatMap(act => [act.by, ...partiesNamed(act)])
  const subjects = [
    'log',
    event.subject,
    ...parties.map(party => `party/${party}`),
    ...acts.map(act => `key/${act.key}`),
  ]
  return {
    subjects: [...new Set(subjects)],
    events: acts.flatMap(movesQuoted),
    partyOf: event.kind === 'revoke' ? [event.id] : [],
    keysOf: event.kind === 'enrol' && event.body.party !== event.by ? [event.body.party] : [],
  }
}
