import { randomBytes } from 'node:crypto'
import { foundLog, joinParty } from '../../lib/cli/founding.ts'
import {
  type Actor,
  forgetfulMemory,
  openScribe,
  type Post,
  type Posted,
  signWithOpenings,
} from '../../lib/cli/scribe.ts'
import { hexEncode } from '../../lib/core/bytes.ts'
import type { Event } from '../../lib/core/custody/event.ts'
import { formatLocalTime } from '../../lib/core/custody/local-time.ts'
import { deriveReference } from '../../lib/core/custody/reference.ts'

export const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

export type Parties = {
  readonly origin: string
  readonly donor: Actor
  readonly carrier: Actor
  readonly recipient: Actor
}

/** Ten leaves: a demo log of its own with three parties. */
export async function foundWithParties(origin: string, post: Post): Promise<Parties> {
  const scribe = openScribe({ origin, post, clock: Date.now, random, memory: forgetfulMemory() })
  const operator = await foundLog(scribe, {
    mode: 'demo',
    operator: { name: 'Relief Log Office', type: 'organisation', named: 'public' },
  })
  const join = (step: string, name: string) =>
    joinParty(scribe, { step, operator, registrant: { name, type: 'organisation', named: 'public' } })
  return {
    origin,
    donor: await join('donor', 'Harbour Relief'),
    carrier: await join('carrier', 'Seaway Freight'),
    recipient: await join('recipient', 'Valley District Hospital'),
  }
}

/**
 * Signed events of one consignment in the order they must arrive: packed, released, received, released, received by the consignee; places
 * sealed. Signed ahead, since each names the one before by a hash that needs no server.
 */
export async function presign({ origin, donor, carrier, recipient }: Parties): Promise<Posted[]> {
  const nonce = hexEncode(random(16))
  const id = deriveReference({ kind: 'consignment', author: donor.reference, nonce })
  const posted: Posted[] = []
  let after = ''
  const sign = async (actor: Actor, kind: string, body: object, place: string) => {
    const event = {
      origin,
      about: 'consignment',
      id,
      subject: `consignment/${id}`,
      after,
      kind,
      by: actor.reference,
      key: actor.key.key,
      at: formatLocalTime(Date.now()),
      place: { country: 'KE', lat: '-4.1', lon: '39.7' },
      body,
    } as unknown as Event
    const signed = await signWithOpenings({ event, values: { place }, key: actor.key, random })
    posted.push({ note: signed.note, openings: signed.openings })
    after = signed.hash
    return signed.hash
  }
  const line = { line: '1', condition: 'sound' }
  const handOver = async (giver: Actor, taker: Actor, place: string) => {
    const body = { to: { party: taker.reference }, lines: [{ ...line, quantity: '480' }] }
    const release = await sign(giver, 'release', body, place)
    await sign(taker, 'receive', { release, lines: [{ ...line, received: '480' }] }, place)
  }
  const lines = [{ id: '1', item: 'Surgical masks, type IIR', unit: 'box', quantity: '480', lot: 'M2231' }]
  await sign(donor, 'pack', { nonce, lines, consignee: recipient.reference }, 'Warehouse 3')
  await handOver(donor, carrier, 'Dock 12')
  await handOver(carrier, recipient, 'Ward store')
  return posted
}

/** Events that {@link presign} gives for each consignment. */
export const EVENTS_EACH = 5

/** `callers` lists of whole consignments, about `events` in all: what each of that many clients has to send. */
export async function presignFor(parties: Parties, { callers, events }: { callers: number; events: number }) {
  const each = Math.ceil(events / callers / EVENTS_EACH)
  const queues: Posted[][] = []
  for (let caller = 0; caller < callers; caller++) {
    const queue: Posted[] = []
    for (let n = 0; n < each; n++) queue.push(...(await presign(parties)))
    queues.push(queue)
  }
  return queues
}
