import { concat, hexDecode, hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { fail, pass, type Result } from '../result.ts'
import type { Event } from './event.ts'
import type { Refusal } from './refusals.ts'
import { isSignableText } from './text.ts'

/** What opens a sealed field: 32 random bytes in lower-case hex and the value, 1 to 500 UTF-16 units of text that may be signed. */
export interface Opening {
  readonly salt: string
  readonly value: string
}
/** Openings of one event, by field. */
export type Openings = Readonly<Record<string, Opening>>

/** Lower-case hex of SHA-256(`throughline/sealed/v1\n` ‖ origin ‖ subject ‖ key ‖ field, a newline after each, ‖ salt ‖ UTF-8 value) (PROTOCOL §1). */
export function commitmentOf({
  origin,
  subject,
  key,
  field,
  opening,
}: {
  origin: string
  subject: string
  key: string
  field: string
  opening: Opening
}): string {
  const salt = hexDecode(opening.salt, 32)
  if (!salt) throw new Error('a salt is 32 bytes of lower-case hex')
  const scope = `throughline/sealed/v1\n${origin}\n${subject}\n${key}\n${field}\n`
  return hexEncode(sha256(concat(utf8Encode(scope), salt, utf8Encode(opening.value))))
}

/** Checks that every opening fits what `event` sealed. Codes: `opening-unknown`, `opening-mismatch`, `text-malformed`, `hash-malformed`. */
export function verifyOpenings(event: Event, openings: Openings): Result<Openings, Refusal> {
  const { origin, subject, key } = event
  for (const [field, opening] of Object.entries(openings)) {
    const commitment = event.sealed && Object.hasOwn(event.sealed, field) ? event.sealed[field] : undefined
    if (commitment === undefined) return fail('opening-unknown', `${field} is not sealed here`)
    if (!hexDecode(opening.salt, 32)) return fail('hash-malformed', `the salt of ${field} is not 32 bytes of hex`)
    if (!isSignableText(opening.value, 500)) return fail('text-malformed', `the value of ${field} may not be signed`)
    if (commitmentOf({ origin, subject, key, field, opening }) !== commitment)
      return fail('opening-mismatch', `the opening of ${field} does not fit`)
  }
  return pass(openings)
}

const PUBLIC_REPORTED = /^(vendor|recipient|site)(\/[0-9]+)?$/

/**
 * True when anyone may be shown the opening of `field`: decided by the signed event alone, so that server, label and evidence agree.
 * For a correction pass the event it corrects as `event`.
 */
export function isPublicField(event: Event, field: string): boolean {
  if (field === 'place') return true
  switch (event.kind) {
    case 'register':
    case 'update':
      return field === 'name' && event.body.named === 'public'
    case 'release':
      return field === 'via' && 'party' in event.body.to && event.body.to.via === 'public'
    case 'pack':
      return event.body.lines.some(
        line => field === `donor/${line.id}` && line.donor && 'named' in line.donor && line.donor.named === 'public',
      )
    case 'report':
      return PUBLIC_REPORTED.test(field)
    default:
      return false
  }
}
