import { base64Decode, concat, hexEncode, utf8Decode, utf8Encode } from '../../core/bytes.ts'
import type { EvidenceLeaf } from '../../core/evidence/bundle.ts'
import { type Leaf, parseLeaf } from '../../core/evidence/leaf.ts'
import { formatJson, isJsonObject, type Json, type JsonObject, parseJson } from '../../core/json.ts'
import { publicKeyOf, signEd25519 } from '../../core/ledger/ed25519.ts'
import { noteSignatureLine } from '../../core/ledger/note.ts'
import { noteKeyId, TYPE_ED25519 } from '../../core/ledger/vkey.ts'

/** A leaf taken apart by someone who wants to change it: its head, what the event says, and the signature under it. */
export interface Taken {
  readonly index: number
  readonly leaf: Leaf
  readonly origin: string
  readonly event: JsonObject
  readonly signatureLine: string
}

/** Takes a leaf apart; undefined for one that does not have the form of an event. */
export function takeApart({ index, bytes }: EvidenceLeaf): Taken | undefined {
  const leaf = parseLeaf(bytes)
  const note = leaf.ok ? utf8Decode(leaf.value.note) : undefined
  if (!leaf.ok || note === undefined) return undefined
  const [, origin, json, blank, signatureLine] = note.split('\n')
  const event = json === undefined ? undefined : parseJson(json)
  if (origin === undefined || blank !== '' || signatureLine === undefined) return undefined
  if (!event?.ok || !isJsonObject(event.value)) return undefined
  return { index, leaf: leaf.value, origin, event: event.value, signatureLine }
}

/** What a key would sign. */
const textOf = ({ origin, event }: Pick<Taken, 'origin' | 'event'>) =>
  `throughline/event/v1\n${origin}\n${formatJson(event)}\n`

/** The leaf put together again, byte for byte the same where nothing was changed. */
export function putTogether(taken: Taken, previous = taken.leaf.previous): EvidenceLeaf {
  const { recordedAt, seq } = taken.leaf
  const head = utf8Encode(`throughline/leaf/v1 ${recordedAt} ${seq} ${previous}\n`)
  return { index: taken.index, bytes: concat(head, utf8Encode(`${textOf(taken)}\n${taken.signatureLine}\n`)) }
}

/** The same record signed anew with a key of one's own: a good signature, of the wrong key, under the right name. */
export function signedAnew(taken: Taken, seed: Uint8Array): Taken {
  const name = taken.signatureLine.split(' ')[1] ?? ''
  const publicKey = publicKeyOf(seed)
  const keyId = noteKeyId({ name, type: TYPE_ED25519, publicKey })
  const signature = signEd25519({ seed, message: utf8Encode(textOf(taken)) })
  return { ...taken, signatureLine: noteSignatureLine({ name, keyId, signature }).trimEnd() }
}

/** The signature as people may compare it: its first bytes in hex. */
export function signatureShown({ signatureLine }: Taken): string {
  const bytes = base64Decode(signatureLine.split(' ')[2] ?? '')
  return bytes ? `${hexEncode(bytes.subarray(4, 16))}…` : signatureLine
}

/** `value` with the member at `path` replaced; the same value where there is no such member. */
export function replaced(value: Json, path: readonly (string | number)[], by: Json): Json {
  const [first, ...rest] = path
  if (first === undefined) return by
  if (Array.isArray(value)) return value.map((each: Json, i) => (i === first ? replaced(each, rest, by) : each))
  if (!isJsonObject(value) || typeof first !== 'string' || !Object.hasOwn(value, first)) return value
  return { ...value, [first]: replaced(value[first] as Json, rest, by) }
}

/** The member at `path` where it is a text. */
export function textAt(value: Json, path: readonly (string | number)[]): string | undefined {
  let found: Json | undefined = value
  for (const step of path) {
    if (Array.isArray(found)) found = (found as readonly Json[])[Number(step)]
    else found = found !== undefined && isJsonObject(found) ? found[String(step)] : undefined
  }
  return typeof found === 'string' ? found : undefined
}
