import { expect } from '@playwright/test'
import { type Actor, type Posted, signWithOpenings, type Written } from '../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import type { Event } from '../lib/core/custody/event.ts'
import { formatLocalTime } from '../lib/core/custody/local-time.ts'
import { deriveReference } from '../lib/core/custody/reference.ts'
import { formatNote } from '../lib/core/ledger/note.ts'
import { noteKey, TYPE_ED25519 } from '../lib/core/ledger/vkey.ts'
import { signNatively } from '../lib/data/sign.ts'
import { random } from './server.fixture.ts'

/** What the server answered to a submission. */
export type Answer = {
  readonly status: number
  readonly body: {
    code?: string
    message?: string
    detail?: string
    head?: string
    index?: number
    inEffect?: boolean
    reason?: string
    eventHash?: string
  }
  readonly retryAfter: string | null
}

/** One POST as it is, tried once. */
export async function send(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  })
  const answer = (await response.json()) as Answer['body']
  return { status: response.status, body: answer, retryAfter: response.headers.get('retry-after') }
}

/** Every refusal looks alike. */
export function expectRefused(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
  expect(answer.body.message, 'a plain sentence').toMatch(/^[A-Z][^{}]+[.!?]$/)
  expect(answer.body.detail).toEqual(expect.any(String))
}

/** A signed event as it goes into a body. */
export const bodyOf = ({ note, openings }: Posted) => ({ event: note, openings })

export type Draft = {
  readonly actor: Actor
  /** `consignment` where nothing is said. */
  readonly about?: 'consignment' | 'party' | 'key'
  readonly id: string
  readonly kind: string
  readonly body: object
  readonly after?: string
  readonly at?: string
  readonly place?: object
  /** Values to seal, by field. */
  readonly sealed?: Readonly<Record<string, string>>
}

/** The event of a draft, not yet signed: a member of it may be spoilt before {@link signText}. */
export function eventOf({ origin }: { origin: string }, draft: Draft): Event {
  const { actor, about = 'consignment', id, kind, body, after = '', place } = draft
  return {
    origin,
    about,
    id,
    subject: `${about}/${id}`,
    after,
    kind,
    by: actor.reference,
    key: actor.key.key,
    at: draft.at ?? formatLocalTime(Date.now()),
    body,
    ...(place && { place }),
  } as unknown as Event
}

/** Signs a draft well, with openings for what it seals. */
export function sign(log: { origin: string }, draft: Draft): Promise<Written> {
  return signWithOpenings({ event: eventOf(log, draft), values: draft.sealed ?? {}, key: draft.actor.key, random })
}

/** Signs any text with a party's key, as someone would whose program does not check what it signs. */
export function signText(text: string, { key }: Actor, more: { origin: string; name?: string }): string {
  const name = more.name ?? `${more.origin}/key/${key.key}`
  const { keyId } = noteKey({ name, type: TYPE_ED25519, publicKey: key.publicKey })
  const signature = signNatively({ seed: key.seed, message: utf8Encode(text) })
  return new TextDecoder().decode(formatNote({ text, signatures: [{ name, keyId, signature }] }))
}

/** Text of a signed note: all before the blank line that parts it from the signature. */
export function textOf(note: string): string {
  return note.slice(0, note.lastIndexOf('\n\n') + 1)
}

/** A fresh consignment's `pack` by `actor`, 480 boxes of masks in line 1 unless it says otherwise. */
export function packing(
  actor: Actor,
  more: { lines?: readonly object[]; consignee?: Actor; sealed?: Draft['sealed'] } = {},
) {
  const nonce = hexEncode(random(16))
  const id = deriveReference({ kind: 'consignment', author: actor.reference, nonce })
  const lines = more.lines ?? [{ id: '1', item: 'Surgical masks, type IIR', unit: 'box', quantity: '480' }]
  const consignee = more.consignee && { consignee: more.consignee.reference }
  const draft: Draft = {
    actor,
    id,
    kind: 'pack',
    body: { nonce, lines, ...consignee },
    ...(more.sealed && { sealed: more.sealed }),
  }
  return { id, draft }
}
