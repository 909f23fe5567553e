import { hexEncode, utf8Encode } from '../core/bytes.ts'
import type { Event } from '../core/custody/event.ts'
import type { About, BodyOf, KindOf } from '../core/custody/kinds.ts'
import { formatLocalTime } from '../core/custody/local-time.ts'
import { deriveReference } from '../core/custody/reference.ts'
import type { Openings } from '../core/custody/sealed.ts'
import { composeEvent } from '../core/evidence/compose.ts'
import { parseKnownEvent } from '../core/evidence/signed-event.ts'
import { type KeptKey, keptKey } from '../data/kept-keys.ts'
import { signNatively } from '../data/sign.ts'
import type { Submission } from '../data/waiting.ts'

/** A signed event and what opens its sealed fields, as they travel to the log. */
export interface Posted {
  /** The note's text; UTF-8 on the wire. */
  readonly note: string
  readonly openings: Openings
}
/** Hands a signed event to a log, over HTTP or in this process. */
export type Post = (posted: Posted) => Promise<Submission>

/** What was signed before, so that a run that was killed is continued with the same notes: nonces and salts are random. */
export interface Memory {
  recallKey(use: string): KeptKey | undefined
  keepKey(key: KeptKey): void
  recallNote(step: string): Posted | undefined
  keepNote(step: string, posted: Posted): void
}

/** Where and with what to write. `random` gives fresh bytes, `clock` unix milliseconds. */
export interface Desk {
  readonly origin: string
  readonly post: Post
  readonly clock: () => number
  readonly random: (bytes: number) => Uint8Array
  readonly memory: Memory
}

/** Who signs: a party with one of its keys. */
export interface Actor {
  readonly reference: string
  readonly key: KeptKey
}

/** A place as people name it, sealed, and as the log shows it: country and coordinates to a tenth of a degree. */
export interface Site {
  readonly name: string
  readonly country: string
  readonly lat: string
  readonly lon: string
}

/** One statement to sign. `step` names it for good: a second run under the same name sends what the first signed. */
export interface Statement<A extends About, K extends KindOf<A>> {
  readonly step: string
  readonly actor: Actor
  readonly about: A
  /** Subject without its first word; '' for the log. */
  readonly id: string
  readonly kind: K
  readonly body: BodyOf<A, K>
  /** Values to seal, by field. */
  readonly sealed?: Readonly<Record<string, string>>
  readonly site?: Site
  /** Event hash that the signer had seen; else the newest that this scribe wrote on the subject. */
  readonly after?: string
  /** Claimed time in unix milliseconds; else the clock's. */
  readonly at?: number
}

export interface Written extends Posted {
  readonly hash: string
  readonly event: Event
}

export const subjectOf = (about: About, id: string) => (about === 'log' ? 'log' : `${about}/${id}`)

/** Notes of this process alone: nothing survives it. For tests. */
export function forgetfulMemory(): Memory {
  const keys = new Map<string, KeptKey>()
  const notes = new Map<string, Posted>()
  return {
    recallKey: use => keys.get(use),
    keepKey: key => void keys.set(key.use, key),
    recallNote: step => notes.get(step),
    keepNote: (step, posted) => void notes.set(step, posted),
  }
}

/** Signs `event` with fresh salts for what is sealed; posts nothing. */
export function signWithOpenings(args: {
  event: Event
  values: Readonly<Record<string, string>>
  key: KeptKey
  random: Desk['random']
}): Promise<Written> {
  const { event, values, key, random } = args
  const sign = (message: Uint8Array) => signNatively({ seed: key.seed, message })
  return composeEvent({ event, values, publicKey: key.publicKey, sign, random })
}

function written(posted: Posted): Written {
  const read = parseKnownEvent(utf8Encode(posted.note))
  if (!read.ok) throw new Error(`a kept note cannot be read: ${read.detail}`)
  return { ...posted, hash: read.value.hash, event: read.value.event }
}

/** The log did not take a statement that this command signed. */
export class Refused extends Error {}

/** Signs statements and hands them to the log, in order. */
export interface Scribe {
  readonly desk: Desk
  /**
   * Signs (or recalls) the statement, keeps the note, posts it. Throws {@link Refused} where the log does not record it. A founding event's reference is
   * {@link Written}'s `event.id`.
   */
  write<A extends About, K extends KindOf<A>>(statement: Statement<A, K>): Promise<Written & { inEffect: boolean }>
  /** The key kept for `use`, else a new one completed by `named` and kept before anything is signed with it. */
  keyFor(use: string, named: (key: KeptKey) => Pick<KeptKey, 'party' | 'role' | 'nonce'>): KeptKey
  /** A fresh 16-byte nonce in hex and the consignment reference it gives `party`; for a kept step the one it was founded with. */
  reference(step: string, party: string): { nonce: string; id: string }
}

/** A scribe at `desk`. */
export function openScribe(desk: Desk): Scribe {
  const { origin, clock, random, memory } = desk
  const heads = new Map<string, string>()

  const sign = async <A extends About, K extends KindOf<A>>(statement: Statement<A, K>): Promise<Written> => {
    const { step, actor, about, id, kind, body, site, after, at } = statement
    const kept = memory.recallNote(step)
    if (kept) return written(kept)
    const subject = subjectOf(about, id)
    const event = {
      origin,
      about,
      id,
      subject,
      after: after ?? heads.get(subject) ?? '',
      kind,
      by: actor.reference,
      key: actor.key.key,
      at: formatLocalTime(at ?? clock()),
      body,
      ...(site && { place: { country: site.country, lat: site.lat, lon: site.lon } }),
    } as unknown as Event
    const values = { ...statement.sealed, ...(site && { place: site.name }) }
    const signed = await signWithOpenings({ event, values, key: actor.key, random })
    memory.keepNote(step, { note: signed.note, openings: signed.openings })
    return signed
  }

  return {
    desk,
    async write(statement) {
      const signed = await sign(statement)
      const submission = await desk.post({ note: signed.note, openings: signed.openings })
      if (submission.outcome === 'refused') {
        throw new Refused(`The log refused “${statement.step}”: ${submission.code}: ${submission.detail}`)
      }
      heads.set(signed.event.subject, signed.hash)
      return { ...signed, inEffect: submission.inEffect }
    },
    keyFor(use, named) {
      const kept = memory.recallKey(use)
      if (kept) return kept
      const made = keptKey({ origin, use, party: '', role: 'member', seed: random(32) })
      const key = { ...made, ...named(made) }
      memory.keepKey(key)
      return key
    },
    reference(step, party) {
      const kept = memory.recallNote(step)
      const body = kept && written(kept).event.body
      const nonce = body && 'nonce' in body && body.nonce ? body.nonce : hexEncode(random(16))
      return { nonce, id: deriveReference({ kind: 'consignment', author: party, nonce }) }
    },
  }
}
