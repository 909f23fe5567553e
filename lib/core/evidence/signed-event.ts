import { base64Decode, hexEncode, sha256, utf8Encode } from '../bytes.ts'
import {
  type Event,
  formatEventText,
  keyName,
  MAX_NOTE_BYTES,
  MAX_RESTATE_BYTES,
  type NewerEvent,
  parseEventText,
  parseNewerEvent,
} from '../custody/event.ts'
import type { Refusal } from '../custody/refusals.ts'
import { blankLineIn, formatNote, parseNote } from '../ledger/note.ts'
import { noteKeyId, TYPE_ED25519 } from '../ledger/vkey.ts'
import { fail, pass, type Result } from '../result.ts'

/** The parts of a note that hold for an event of any version. */
interface Signed {
  readonly text: string
  /** UTF-8 of `text`, which is what is hashed and signed: the note's own bytes. */
  readonly message: Uint8Array
  /** Event hash: lower-case hex of SHA-256(text). */
  readonly hash: string
  readonly origin: string
  /** 4 bytes as the line has them; checked by {@link isKeyIdRight} once the public key is known. */
  readonly keyId: Uint8Array
  /** 64 bytes, Ed25519 over the UTF-8 of `text`; not yet verified. */
  readonly signature: Uint8Array
}

/** A signed note whose text is an event of this project (PROTOCOL §1). */
export interface SignedEvent extends Signed {
  readonly event: Event
  readonly newer?: undefined
  /** The note inside a `restate`, read as strictly. */
  readonly restated?: SignedEvent
}

/** A signed event of a version or kind that this program does not know: only signature and chain can be checked. */
export interface NewerSignedEvent extends Signed {
  readonly event?: undefined
  readonly newer: NewerEvent
}

/** Makes the 64-byte Ed25519 signature over `message`, on a device or in the command line. */
export type Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>

/**
 * Reads the note of one event: strictly one signature line, named `<origin>/key/<key>` after the key that the text names. Verifies nothing.
 * Codes: `event-too-large` (over 16 KiB, 24 KiB for `restate` and newer kinds), `signature-count`, `signature-name`, `signature-wrong` (not
 * 64 bytes), `event-malformed` (no note at all), `restate-malformed`, `restate-kind` (a restatement inside a restatement), and those of
 * `parseEventText` but `version-unknown` and `kind-unknown`, which come back as a {@link NewerSignedEvent}.
 */
export function parseSignedEvent(bytes: Uint8Array): Result<SignedEvent | NewerSignedEvent, Refusal> {
  if (bytes.length > MAX_RESTATE_BYTES) return fail('event-too-large', `${bytes.length} bytes`)
  const note = parseNote(bytes)
  if (!note.ok) {
    const isCount = note.code === 'note-unsigned' || note.code === 'note-too-many-signatures'
    return fail(isCount ? 'signature-count' : 'event-malformed', note.detail)
  }
  const { text, signatures } = note.value
  const line = signatures[0]
  if (line === undefined || signatures.length > 1)
    return fail('signature-count', `${signatures.length} signature lines`)

  const read = parseEventText(text)
  const newer = read.ok || !isNewerCode(read.code) ? undefined : parseNewerEvent(text)
  if (!read.ok && !newer) return read
  const origin = read.ok ? read.value.origin : (text.split('\n')[1] as string)
  const key = read.ok ? read.value.key : (newer as NewerEvent).key
  if (line.name !== keyLineName({ origin, key })) return fail('signature-name', `the line names ${line.name}`)
  if (line.signature.length !== 64) return fail('signature-wrong', `a signature of ${line.signature.length} bytes`)
  const message = bytes.subarray(0, blankLineIn(bytes))
  const signed = {
    text,
    message,
    hash: hexEncode(sha256(message)),
    origin,
    keyId: line.keyId,
    signature: line.signature,
  }
  if (!read.ok) return pass({ ...signed, newer: newer as NewerEvent })

  const event = read.value
  if (event.kind !== 'restate') {
    if (bytes.length > MAX_NOTE_BYTES) return fail('event-too-large', `${bytes.length} bytes`)
    return pass({ ...signed, event })
  }
  const restated = parseRestated(event.body.note)
  return restated.ok ? pass({ ...signed, event, restated: restated.value }) : restated
}

/** Refuses a {@link NewerSignedEvent} too: for who writes, an unknown kind is `kind-unknown` and an unknown version `version-unknown`. */
export function parseKnownEvent(bytes: Uint8Array): Result<SignedEvent, Refusal> {
  const read = parseSignedEvent(bytes)
  if (!read.ok) return read
  if (read.value.newer === undefined) return pass(read.value)
  const { v, kind } = read.value.newer
  return v === '1' ? fail('kind-unknown', `kind ${kind}`) : fail('version-unknown', `version ${v}`)
}

function parseRestated(base64: string): Result<SignedEvent, Refusal> {
  const bytes = base64Decode(base64)
  if (bytes === undefined) return fail('note-malformed', 'the quoted note is not base64')
  const inner = parseSignedEvent(bytes)
  if (!inner.ok) return fail('restate-malformed', `the quoted note is refused: ${inner.code}: ${inner.detail}`)
  if (inner.value.newer !== undefined) return fail('restate-malformed', 'the quoted note is newer than this program')
  if (inner.value.event.kind === 'restate') return fail('restate-kind', 'a restatement cannot be restated')
  return pass(inner.value)
}

function isNewerCode(code: Refusal): boolean {
  return code === 'version-unknown' || code === 'kind-unknown'
}

/** Name on the signature line of an event: `<origin>/key/<key>`. */
export function keyLineName({ origin, key }: { origin: string; key: string }): string {
  return `${origin}/key/${key}`
}

/** True when the 4-byte id on the line is that of its name and `publicKey`. Keys are looked up by `key`; a wrong id is an error all the same. */
export function isKeyIdRight(signed: SignedEvent | NewerSignedEvent, publicKey: Uint8Array): boolean {
  const id = eventKeyId({ origin: signed.origin, key: (signed.event ?? signed.newer).key, publicKey })
  return id.every((byte, i) => byte === signed.keyId[i])
}

// By the very bytes of a key: a keyring hands out the same ones for all that the key signed.
const keyIds = new WeakMap<Uint8Array, { readonly name: string; readonly id: Uint8Array }>()

function eventKeyId({ origin, key, publicKey }: { origin: string; key: string; publicKey: Uint8Array }): Uint8Array {
  const name = keyLineName({ origin, key })
  const known = keyIds.get(publicKey)
  if (known?.name === name) return known.id
  const id = noteKeyId({ name, type: TYPE_ED25519, publicKey })
  keyIds.set(publicKey, { name, id })
  return id
}

/** How many bytes the note of `event` will have once it is signed, to be compared with `MAX_NOTE_BYTES` before. Throws as `formatEventText`. */
export function signedSize(event: Event): number {
  const name = keyLineName(event)
  const blank = { name, keyId: new Uint8Array(4), signature: new Uint8Array(64) }
  return formatNote({ text: formatEventText(event), signatures: [blank] }).length
}

/** The bytes of the note of `event`, signed with the key whose `publicKey` (32 bytes) it names. Throws where key and event do not fit: our bug. */
export async function signEvent(args: { event: Event; publicKey: Uint8Array; sign: Sign }): Promise<Uint8Array> {
  const { event, publicKey } = args
  if (keyName(publicKey) !== event.key) throw new Error(`the event names key ${event.key}`)
  const text = formatEventText(event)
  const signature = await args.sign(utf8Encode(text))
  const { origin, key } = event
  const name = keyLineName({ origin, key })
  return formatNote({ text, signatures: [{ name, keyId: eventKeyId({ origin, key, publicKey }), signature }] })
}
