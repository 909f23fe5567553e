import type { Event } from '../custody/event.ts'
import { partiesNamed } from '../custody/needs.ts'
import type { NewerSignedEvent, SignedEvent } from './signed-event.ts'

/** Chains of keys and parties that checking this event takes. */
export function namedBy(signed: SignedEvent | NewerSignedEvent): string[] {
  if (!signed.event) return [`key/${signed.newer.key}`, `party/${signed.newer.by}`]
  const events = signed.restated ? [signed.event, signed.restated.event] : [signed.event]
  return events.flatMap(event => [
    `key/${event.key}`,
    ...[event.by, ...partiesNamed(event)].map(party => `party/${party}`),
  ])
}

/** Reported histories that a packing quotes. */
export function reportsQuoted(event: Event): string[] {
  if (event.kind !== 'pack') return []
  return event.body.lines.flatMap(({ from }) => (from && 'reported' in from ? [from.reported] : []))
}

/**
 * Every subject that a file leans on, each once, the consignment itself first: those of its leaves, the keys and parties that they name, and
 * reported histories that they quote, but for what the file names as left out. The map proof is of these, whether they have leaves or not.
 */
export function subjectsLeanedOn(args: {
  subject: string
  omitted: readonly string[]
  signed: Iterable<SignedEvent | NewerSignedEvent>
}): string[] {
  const subjects = new Set([args.subject])
  for (const each of args.signed) {
    subjects.add((each.event ?? each.newer).subject)
    for (const name of namedBy(each)) subjects.add(name)
    const acting = each.event && (each.restated?.event ?? each.event)
    const quoted = acting ? reportsQuoted(acting) : []
    for (const name of quoted) if (!args.omitted.includes(name)) subjects.add(name)
  }
  return [...subjects]
}
