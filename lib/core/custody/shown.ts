import type { ConsignmentEvent } from './event.ts'
import { isPublicField, type Openings } from './sealed.ts'
import type { ConsignmentState, Entry, PartyState } from './state.ts'
import type { Shown } from './views.ts'

/** Openings that fit, by leaf index. */
export type OpeningsAt = ReadonlyMap<number, Openings>

/** Corrections in effect of an entry, oldest first. */
export function correctionsOf(
  state: ConsignmentState,
  entry: Entry<ConsignmentEvent>,
): readonly Entry<ConsignmentEvent>[] {
  return entry.correctedBy.flatMap(index => state.chain.filter(each => each.recorded.index === index))
}

/** A sealed field as first signed; undefined when the event seals no such field. */
export function signedField({
  entry,
  field,
  openings,
}: {
  entry: Entry<ConsignmentEvent>
  field: string
  openings: OpeningsAt
}): Shown | undefined {
  return openField(entry, field, entry, openings)
}

/** A sealed field as last corrected; undefined when neither the event nor a correction seals it. */
export function shownField(args: {
  state: ConsignmentState
  entry: Entry<ConsignmentEvent>
  field: string
  openings: OpeningsAt
}): Shown | undefined {
  const { state, entry, field, openings } = args
  const corrected = correctionsOf(state, entry).findLast(
    each => each.acting.sealed && Object.hasOwn(each.acting.sealed, field),
  )
  return openField(entry, field, corrected ?? entry, openings)
}

/** The event decides what is public, also for a correction of it. */
function openField(decides: Entry, field: string, sealedIn: Entry, openings: OpeningsAt): Shown | undefined {
  if (!sealedIn.acting.sealed || !Object.hasOwn(sealedIn.acting.sealed, field)) return undefined
  if (!isPublicField(decides.acting, field)) return { absent: 'withheld' }
  const opening = openings.get(sealedIn.recorded.index)?.[field]
  return opening ? { value: opening.value } : { absent: 'removed' }
}

/** A party's name by its newest registration or update. */
export function partyName(party: PartyState | undefined, openings: OpeningsAt): Shown {
  const entry = party?.chain.findLast(each => each.acting.kind === 'register' || each.acting.kind === 'update')
  return (entry && openField(entry, 'name', entry, openings)) ?? { absent: 'withheld' }
}
