import type { Event } from '../custody/event.ts'
import type { Refusal } from '../custody/refusals.ts'
import { isPublicField, type Openings, verifyOpenings } from '../custody/sealed.ts'
import { type Failure, fail } from '../result.ts'

/** The event that decides who may see a sealed field of `acting`: for a correction the one it corrects, where that is known. */
export type TargetOf = (acting: Event) => Event | undefined

/** True when evidence may carry the opening of `field` of `acting`, the event that acts at its leaf (a restatement's is the restated one). */
export function isOpeningPublic({
  acting,
  field,
  targetOf,
}: {
  acting: Event
  field: string
  targetOf: TargetOf
}): boolean {
  if (acting.kind !== 'correct') return isPublicField(acting, field)
  const target = targetOf(acting)
  return target !== undefined && isPublicField(target, field)
}

/** The public part of the openings of one leaf; undefined where nothing is left. What evidence carries. */
export function publicOpenings(args: { acting: Event; openings: Openings; targetOf: TargetOf }): Openings | undefined {
  const { acting, openings, targetOf } = args
  const fields = Object.entries(openings).filter(([field]) => isOpeningPublic({ acting, field, targetOf }))
  return fields.length === 0 ? undefined : Object.fromEntries(fields)
}

/** Checks the openings of one leaf. Codes: those of `verifyOpenings`, and `opening-not-public`. */
export function checkOpenings(args: {
  acting: Event
  openings: Openings
  targetOf: TargetOf
}): Failure<Refusal | 'opening-not-public'> | undefined {
  const { acting, openings, targetOf } = args
  const fits = verifyOpenings(acting, openings)
  if (!fits.ok) return fits
  const withheld = Object.keys(openings).find(field => !isOpeningPublic({ acting, field, targetOf }))
  return withheld === undefined ? undefined : fail('opening-not-public', `${withheld} is not for everyone`)
}
