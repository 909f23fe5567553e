import { hexDecode, hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../json.ts'
import { fail, pass, type Result } from '../result.ts'
import { type About, type BodyOf, isSealable, KINDS, type KindOf } from './kinds.ts'
import { isReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import { place, reference } from './shape.ts'
import { isSignableText, isTime } from './text.ts'

export interface Place {
  readonly country: string
  readonly lat?: string
  readonly lon?: string
}

/** What every event says, whatever its kind (PROTOCOL §1). */
export interface Envelope {
  readonly origin: string
  readonly subject: string
  /** The subject without its first word: a reference, a key, or '' for the log. */
  readonly id: string
  /** Event hash of the newest event of this subject that the signer had seen; '' founds the subject. */
  readonly after: string
  readonly by: string
  readonly key: string
  /** Claimed time, `YYYY-MM-DDTHH:MM:SS±HH:MM`. */
  readonly at: string
  readonly place?: Place
  /** Commitments by field. */
  readonly sealed?: Readonly<Record<string, string>>
}

type OfKind<A extends About> = {
  [K in KindOf<A>]: Envelope & { readonly about: A; readonly kind: K; readonly body: BodyOf<A, K> }
}[KindOf<A>]
export type Event = { [A in About]: OfKind<A> }[About]
/** What happens to a consignment. */
export type ConsignmentEvent = OfKind<'consignment'>
export type EventOf<A extends About, K extends KindOf<A>> = Extract<Event, { about: A; kind: K }>

/** An event whose version or kind this program does not know: its place in the chain can be checked, its meaning cannot. */
export interface NewerEvent {
  readonly subject: string
  readonly after: string
  readonly by: string
  readonly key: string
  readonly kind: string
  readonly v: string
}

export const MAX_NOTE_BYTES = 16_384
/** A `restate` carries another note whole, in base64. */
export const MAX_RESTATE_BYTES = 24_576

const HEADER = 'throughline/event/v1\n'
const MEMBERS = ['v', 'subject', 'after', 'kind', 'by', 'key', 'at', 'body', 'place', 'sealed']
const OPTIONAL = ['place', 'sealed']

/** What a subject is about and its id: `log`, `party/<reference>`, `key/<32 hex>`, `consignment/<reference>`. */
export function parseSubject(subject: string): { about: About; id: string } | undefined {
  if (subject === 'log') return { about: 'log', id: '' }
  const [about, id, ...rest] = subject.split('/')
  if (id === undefined || rest.length > 0) return undefined
  if (about === 'key') return hexDecode(id, 16) ? { about, id } : undefined
  if (about === 'party' || about === 'consignment') return isReference(id) ? { about, id } : undefined
  return undefined
}

/** First 32 hex characters of SHA-256(public key): the name of a key everywhere (PROTOCOL §1). */
export function keyName(publicKey: Uint8Array): string {
  return hexEncode(sha256(publicKey)).slice(0, 32)
}

/** Lower-case hex of SHA-256 over the note text, final newline included (PROTOCOL §1). */
export function eventHash(text: string): string {
  return hexEncode(sha256(utf8Encode(text)))
}

/** The text that is signed. Throws where the event is not one that {@link parseEventText} would read back: that is our bug. */
export function formatEventText(event: Event): string {
  const { origin, id: _id, about: _about, ...members } = event
  const text = `${HEADER}${origin}\n${formatJson({ v: '1', ...members } as unknown as Json)}\n`
  const read = parseEventText(text)
  if (!read.ok) throw new Error(`event cannot be signed: ${read.code}: ${read.detail}`)
  return text
}

/** Origin and JSON of the text of an event of any version. Codes: `event-malformed`, `json-malformed`, `json-not-canonical`. */
function parseLines(text: string): Result<{ origin: string; json: JsonObject }, Refusal> {
  const lines = text.split('\n')
  if (lines.length !== 4 || lines[3] !== '' || !/^throughline\/event\/v[0-9]+$/.test(lines[0] as string)) {
    return fail('event-malformed', 'an event is three lines: header, origin, statement')
  }
  const origin = lines[1] as string
  if (!isSignableText(origin, 200)) return fail('event-malformed', 'the origin is not one line of plain text')
  const json = parseJson(lines[2] as string)
  if (!json.ok) return json
  return isJsonObject(json.value)
    ? pass({ origin, json: json.value })
    : fail('member-type', 'the statement is not an object')
}

/**
 * Reads the text of a signed event (header line, origin, one line of RFC 8785 JSON); one spelling is accepted.
 * A newer version or kind answers `version-unknown` or `kind-unknown`: see {@link parseNewerEvent}.
 * Codes: those of the first section of `REFUSALS`.
 */
export function parseEventText(text: string): Result<Event, Refusal> {
  const lines = parseLines(text)
  if (!lines.ok) return lines
  const { origin, json } = lines.value
  const version = /^throughline\/event\/v([1-9][0-9]{0,8})\n/.exec(text)?.[1]
  if (version === undefined || json.v !== version) return fail('event-malformed', 'the header and v do not agree')
  if (version !== '1') return fail('version-unknown', `version ${version}`)
  for (const member of MEMBERS) {
    if (!OPTIONAL.includes(member) && !Object.hasOwn(json, member))
      return fail('member-missing', `the statement lacks ${member}`)
  }
  const unknown = Object.keys(json).find(member => !MEMBERS.includes(member))
  if (unknown !== undefined) return fail('member-unknown', `the statement has ${JSON.stringify(unknown)}`)

  const subject = typeof json.subject === 'string' ? parseSubject(json.subject) : undefined
  if (!subject) return refuseSubject(json.subject)
  const after = json.after
  if (typeof after !== 'string' || (after !== '' && !hexDecode(after, 32)))
    return fail('hash-malformed', 'after is not an event hash')
  const by = reference(json.by, 'by')
  if (!by.ok) return by
  if (typeof json.key !== 'string' || !hexDecode(json.key, 16))
    return fail('hash-malformed', 'key is not 32 hex characters')
  if (typeof json.at !== 'string' || !isTime(json.at))
    return fail('time-malformed', `at reads ${JSON.stringify(json.at)}`)

  const shapes = KINDS[subject.about] as Readonly<
    Record<string, (value: Json | undefined, where: string) => Result<unknown, Refusal>>
  >
  const kind = json.kind
  if (typeof kind !== 'string') return fail('member-type', 'kind is not a text')
  const shape = Object.hasOwn(shapes, kind) ? shapes[kind] : undefined
  if (!shape) return fail('kind-unknown', `${subject.about} has no kind ${JSON.stringify(kind)}`)
  const body = shape(json.body, 'body')
  if (!body.ok) return body

  const where = json.place === undefined ? pass(undefined) : place(json.place, 'place')
  if (!where.ok) return where
  const sealed = json.sealed === undefined ? pass(undefined) : parseSealed(kind, json.sealed)
  if (!sealed.ok) return sealed
  const event = {
    origin,
    about: subject.about,
    id: subject.id,
    subject: json.subject,
    after,
    kind,
    by: by.value,
    key: json.key,
    at: json.at,
    body: body.value,
    ...(where.value && { place: where.value }),
    ...(sealed.value && { sealed: sealed.value }),
  } as Event
  return checkPromises(event)
}

function refuseSubject(value: Json | undefined): Result<never, Refusal> {
  const id = typeof value === 'string' ? /^(?:party|consignment)\/(.*)$/.exec(value)?.[1] : undefined
  const read = id === undefined ? undefined : reference(id, 'subject')
  return read?.ok === false ? read : fail('subject-malformed', `subject reads ${JSON.stringify(value)}`)
}

/** What can still be read of an event that is newer than this program; undefined if it is no signed statement at all. */
export function parseNewerEvent(text: string): NewerEvent | undefined {
  const lines = parseLines(text)
  if (!lines.ok) return undefined
  const { v, subject, after, by, key, kind } = lines.value.json
  const members = [v, subject, after, by, key, kind]
  if (!members.every(member => typeof member === 'string')) return undefined
  return { v, subject, after, by, key, kind } as NewerEvent
}

function parseSealed(kind: string, value: Json): Result<Readonly<Record<string, string>>, Refusal> {
  if (!isJsonObject(value)) return fail('member-type', 'sealed is not an object')
  if (Object.keys(value).length === 0) return fail('member-missing', 'sealed is empty')
  for (const [field, commitment] of Object.entries(value)) {
    if (!isSealable(kind, field)) return fail('sealed-unknown', `${kind} does not seal ${JSON.stringify(field)}`)
    if (typeof commitment !== 'string' || !hexDecode(commitment, 32))
      return fail('hash-malformed', `sealed.${field} is not a commitment`)
  }
  return pass(value as Readonly<Record<string, string>>)
}

/** What the body promises to seal is sealed, and what it does not promise is not. */
function checkPromises(event: Event): Result<Event, Refusal> {
  const fields = Object.keys(event.sealed ?? {})
  const promised: string[] = []
  switch (event.kind) {
    case 'register':
    case 'update':
      promised.push('name')
      break
    case 'release':
      if ('party' in event.body.to && event.body.to.via !== undefined) promised.push('via')
      break
    case 'pack':
      for (const line of event.body.lines) if (line.donor && 'named' in line.donor) promised.push(`donor/${line.id}`)
      break
  }
  const missing = promised.find(field => !fields.includes(field))
  if (missing !== undefined) return fail('sealed-missing', `${missing} is promised and not sealed`)
  const promisable =
    event.kind === 'pack' ? fields.filter(field => field.startsWith('donor/')) : fields.filter(field => field === 'via')
  const stray = event.kind === 'correct' ? undefined : promisable.find(field => !promised.includes(field))
  if (stray !== undefined) return fail('sealed-unknown', `${stray} is sealed and the body does not say so`)
  return pass(event)
}
