import { hexEncode, utf8Decode } from '../bytes.ts'
import type { Event } from '../custody/event.ts'
import { commitmentOf, type Openings } from '../custody/sealed.ts'
import { parseSignedEvent, type Sign, signEvent } from './signed-event.ts'

/** A signed event and what opens its sealed fields, as they travel to the log together. */
export interface Composed {
  /** The note's text; UTF-8 on the wire. */
  readonly note: string
  readonly openings: Openings
  /** Event hash, lower-case hex. */
  readonly hash: string
  readonly event: Event
}

/**
 * Seals `values` (text by field, see `SEALED`) with fresh 32-byte salts from `random`, and signs the event with the key whose `publicKey` (32
 * bytes) it names (PROTOCOL §1). Throws where the event is not one that would be read back: our bug, forms check first.
 */
export async function composeEvent(args: {
  event: Event
  values: Readonly<Record<string, string>>
  publicKey: Uint8Array
  sign: Sign
  random: (bytes: number) => Uint8Array
}): Promise<Composed> {
  const { values, publicKey, sign, random } = args
  const { origin, subject, key } = args.event
  const openings: Record<string, Openings[string]> = {}
  const sealed: Record<string, string> = {}
  for (const [field, value] of Object.entries(values)) {
    const opening = { salt: hexEncode(random(32)), value }
    openings[field] = opening
    sealed[field] = commitmentOf({ origin, subject, key, field, opening })
  }
  const event: Event = Object.keys(sealed).length > 0 ? { ...args.event, sealed } : args.event
  const bytes = await signEvent({ event, publicKey, sign })
  const read = parseSignedEvent(bytes)
  if (!read.ok || read.value.event === undefined) throw new Error('a signed event cannot be read back')
  return { note: utf8Decode(bytes) as string, openings, hash: read.value.hash, event }
}
