import { utf8Encode } from '../core/bytes.ts'
import { type Event, MAX_NOTE_BYTES, MAX_RESTATE_BYTES, type Place, parseEventText } from '../core/custody/event.ts'
import type { About, BodyOf, KindOf } from '../core/custody/kinds.ts'
import { formatLocalTime } from '../core/custody/local-time.ts'
import { isSignableText } from '../core/custody/text.ts'
import { type Composed, composeEvent } from '../core/evidence/compose.ts'
import { formatJson, type Json } from '../core/json.ts'
import { type DeviceKey, readKey, type Signer, signerOf } from './key.ts'
import type { PartyKey } from './known-keys.ts'
import { afterTry, releaseForms } from './outbox.ts'
import { MOST_MILLISECONDS, sendKept } from './send.ts'
import { freePlaces, type Kept, keepSigned, openStore, placeOf, type Store } from './store.ts'
import { holding, tellChange } from './tabs.ts'

/** What a page tells the device about the log and the party it may sign for. Plain data. */
export interface DeskProps {
  readonly origin: string
  /** '' where the log is not founded yet: then nothing can be verified and let go. */
  readonly vkey: string
  readonly party: string
  readonly partyName: string
  /** Every key ever enrolled for the party, as the server lists them. */
  readonly keys?: readonly PartyKey[]
}

type AnyKind = { [A in About]: KindOf<A> }[About]
interface ActFields<A extends About, K extends KindOf<A>> {
  readonly about: A
  /** Subject without its first word; '' for the log. */
  readonly id: string
  readonly kind: K
  readonly body: BodyOf<A, K>
  /** Event hash that the page showed as the subject's newest; '' founds it. */
  readonly after: string
  /** Texts to seal, by field. */
  readonly values?: Readonly<Record<string, string>>
  readonly place?: Place
}
/** One statement to sign. */
export type Act<A extends About = About, K extends AnyKind = AnyKind> = A extends About
  ? { [Each in KindOf<A>]: Each extends K ? ActFields<A, Each> : never }[KindOf<A>]
  : never

export type Sent =
  | {
      readonly outcome: 'recorded'
      readonly hash: string
      readonly index: number
      readonly inEffect: boolean
      readonly reason?: string
    }
  /** Stored here, not sent yet: no network, 503 … */
  | { readonly outcome: 'kept'; readonly hash: string }
  /** The log said no, or this is not a statement that may be signed; nothing was recorded. */
  | { readonly outcome: 'refused'; readonly code: string; readonly head?: string }
  /** This device signed on this subject at this head already (double click, other tab). `hash`: what it signed then. */
  | { readonly outcome: 'signed-before'; readonly hash: string }
  | { readonly outcome: 'no-key' | 'no-storage' }

export interface SignOptions {
  /** Signs instead of this device's key for the party: a key from paper. */
  readonly signWith?: Signer | undefined
  /** Kept with the event and sent with it: the one-time code of a log that is being founded. */
  readonly firstRunCode?: string | undefined
}

/** This device's key for the desk's party; undefined where there is none, or where this browser keeps nothing. */
export function keyOf(desk: DeskProps): Promise<DeviceKey | undefined> {
  return readKey(desk)
}

/** Signs with this device's key for the desk's party, stores in the outbox, sends while the signer is at the form (`mend`). */
export function signAct(desk: DeskProps, act: Act, options: SignOptions = {}): Promise<Sent> {
  return signChain(desk, [act], options)
}

/**
 * Signs several acts that stand or fall together, stores all of them, then sends them in order. Answers for the last where all are recorded, else for
 * the first that is not: refused takes those behind it along, kept keeps them behind it.
 */
export async function signChain(desk: DeskProps, acts: readonly Act[], options: SignOptions = {}): Promise<Sent> {
  const store = await openStore()
  if (!store) return { outcome: 'no-storage' }
  const signer = options.signWith ?? (await signerOf(desk))
  if (!signer) return { outcome: 'no-key' }
  const at = formatLocalTime(Date.now())
  const events = acts.map(act => eventOf({ desk, act, at, key: signer.key }))
  for (const [i, event] of events.entries()) {
    const code = unsignable(event, acts[i]?.values ?? {})
    if (code !== undefined) return { outcome: 'refused', code }
    const before = await store.get('places', placeOf({ ...event, party: desk.party }))
    if (before !== undefined) return { outcome: 'signed-before', hash: before }
  }
  const composed: Composed[] = []
  for (const [i, event] of events.entries()) {
    const { publicKey, sign } = signer
    composed.push(await composeEvent({ event, values: acts[i]?.values ?? {}, publicKey, sign, random }))
  }
  const lock = `throughline/form/${composed[0]?.hash}`
  return holding(lock, () => keepAndSend({ store, desk, composed, lock, firstRunCode: options.firstRunCode }))
}

const random = (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes))

function eventOf(args: { desk: DeskProps; act: Act; at: string; key: string }): Event {
  const { desk, act, at, key } = args
  const { about, id, kind, body, after, place } = act
  const subject = about === 'log' ? 'log' : `${about}/${id}`
  const { origin, party: by } = desk
  return { origin, about, id, subject, after, kind, by, key, at, body, ...(place && { place }) } as unknown as Event
}

/** Why this may not be signed: what a person typed can be no text that may be, and a form may have let it through. */
function unsignable(event: Event, values: Readonly<Record<string, string>>): string | undefined {
  if (Object.values(values).some(value => !isSignableText(value, 500))) return 'text-malformed'
  const { origin, id: _id, about: _about, ...members } = event
  const fields = Object.keys(values)
  const sealed = Object.fromEntries(fields.map(field => [field, '0'.repeat(64)]))
  const text = `throughline/event/v1\n${origin}\n${formatJson({
    v: '1',
    ...members,
    ...(fields.length > 0 && { sealed }),
  } as unknown as Json)}\n`
  const read = parseEventText(text)
  if (!read.ok) return read.code
  // Blank line, dash and blanks, name with `/key/`, 92 characters of base64, newline.
  const noteBytes = utf8Encode(text).length + utf8Encode(origin).length + 1 + 5 + 37 + 92 + 1
  return noteBytes > (event.kind === 'restate' ? MAX_RESTATE_BYTES : MAX_NOTE_BYTES) ? 'event-too-large' : undefined
}

async function keepAndSend(args: {
  store: Store
  desk: DeskProps
  composed: readonly Composed[]
  lock: string
  firstRunCode: string | undefined
}): Promise<Sent> {
  const { store, desk, composed, lock, firstRunCode } = args
  const now = Date.now()
  const entries = composed.map(({ hash, note, openings, event }, i): Kept => {
    const follows = composed[i - 1]?.hash
    return {
      hash,
      origin: desk.origin,
      party: desk.party,
      subject: event.subject,
      after: event.after,
      kind: event.kind,
      note,
      openings,
      ...(firstRunCode !== undefined && { firstRunCode }),
      ...(follows !== undefined && { follows }),
      // One after the other, so that their order is kept.
      signedAt: now + i,
      state: 'kept',
      tries: 0,
      nextAt: now,
      form: { lock, until: now + (composed.length + 1) * MOST_MILLISECONDS },
    }
  })
  const kept = await keepSigned(store, entries).catch(() => undefined)
  if (!kept) return { outcome: 'no-storage' }
  if (!kept.ok) return { outcome: 'signed-before', hash: kept.hash }
  tellChange()
  return sendInOrder(store, entries)
}

async function sendInOrder(store: Store, entries: readonly Kept[]): Promise<Sent> {
  let last: Sent = { outcome: 'no-key' }
  for (const [i, entry] of entries.entries()) {
    const reply = await sendKept(entry, { mend: true })
    if (reply.outcome === 'refused') {
      await freePlaces(store, entries.slice(i))
      tellChange()
      const { code, head } = reply
      return { outcome: 'refused', code, ...(head !== undefined && { head }) }
    }
    await afterTry(store, entry, reply)
    if (reply.outcome === 'later') {
      await releaseForms(store, entries.slice(i))
      return { outcome: 'kept', hash: entry.hash }
    }
    const { index, inEffect, reason } = reply
    last = { outcome: 'recorded', hash: entry.hash, index, inEffect, ...(reason !== undefined && { reason }) }
  }
  return last
}
