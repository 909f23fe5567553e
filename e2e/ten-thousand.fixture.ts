import { type Actor, type Posted, signWithOpenings } from '../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import type { Event } from '../lib/core/custody/event.ts'
import { formatLocalTime } from '../lib/core/custody/local-time.ts'
import { deriveReference } from '../lib/core/custody/reference.ts'
import { submit } from '../lib/data/append.ts'
import type { Log } from '../lib/data/log-state.ts'
import { closeLog } from '../lib/data/open-log.ts'
import { makePeople, openBeside, signInAs } from './accounts.fixture.ts'
import { type Founded, startFounded } from './founded.fixture.ts'
import { random } from './server.fixture.ts'

/** A server with so many consignments of one party, the donor, and the session of its admin. */
export type Busy = Founded & { readonly cookie: string }

type Cast = Founded['cast']

/** Of ten consignments each ends somewhere; in this order, so that ten have them all. */
const ENDS = [
  'delivered',
  'waiting',
  'differing',
  'incoming',
  'packed',
  'closed',
  'delivered',
  'delivered',
  'packed',
  'delivered',
] as const

const GOODS = [
  'Surgical masks, type IIR',
  'Fleece blanket',
  'Water purification tablet',
  'Tent, family, 16 m²',
] as const

/** Callers at once, each with one consignment at a time: what they send is written in batches. */
const CALLERS = 64

/** Starts a server whose log tells `count` consignments of the donor with real, natively signed events. A thousand take some three seconds. */
export async function startBusy(count: number): Promise<Busy> {
  const founded = await startFounded()
  const log = await openBeside(founded)
  try {
    await makePeople(founded, log)
    await tellMany(log, founded, count)
  } finally {
    await closeLog(log)
  }
  return { ...founded, cookie: await signInAs(founded.url, 'amal') }
}

/** Submits `count` consignments, a third of which still ask something of somebody. Answers how many events that took. */
async function tellMany(log: Log, told: { origin: string; cast: Cast }, count: number): Promise<number> {
  let [next, events] = [0, 0]
  const call = async () => {
    while (next < count) {
      const number = next++
      for (const { note, openings } of await wayOf(told, number)) {
        const submission = await submit({ note: utf8Encode(note), openings }, log)
        if (submission.outcome !== 'recorded' || !submission.inEffect) throw new Error(JSON.stringify(submission))
        events++
      }
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, call))
  return events
}

/** The signed events of one consignment in their order; each names the one before by a hash that needs no server. */
async function wayOf({ origin, cast }: { origin: string; cast: Cast }, number: number): Promise<Posted[]> {
  const { donor, carrierA, carrierB, hospital } = cast
  const end = ENDS[number % ENDS.length]
  const carrier = number % 2 === 0 ? carrierA : carrierB
  const founder = end === 'incoming' ? hospital : donor
  const nonce = hexEncode(random(16))
  const id = deriveReference({ kind: 'consignment', author: founder.reference, nonce })
  const posted: Posted[] = []
  let after = ''
  const sign = async (actor: Actor, kind: string, body: object) => {
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
      body,
    } as unknown as Event
    const signed = await signWithOpenings({ event, values: {}, key: actor.key, random })
    posted.push(signed)
    after = signed.hash
    return signed.hash
  }
  const line = { line: '1', condition: 'sound' }
  const lines = [{ ...line, quantity: '480' }]
  const release = (giver: Actor, taker: Actor) => sign(giver, 'release', { to: { party: taker.reference }, lines })
  const receive = (taker: Actor, hash: string, missing = 0) => {
    const short = missing > 0 && { missing: { quantity: String(missing), reason: 'not-found' } }
    const received = { ...line, received: String(480 - missing), ...short }
    return sign(taker, 'receive', { release: hash, lines: [received] })
  }
  const item = GOODS[number % GOODS.length]
  const goods = [{ id: '1', item, unit: 'box', quantity: '480', lot: `M${number}` }]
  const consignee = founder === donor ? hospital : donor
  await sign(founder, 'pack', { nonce, lines: goods, consignee: consignee.reference })
  if (end === 'incoming') await release(hospital, donor)
  if (end === 'packed' || end === 'incoming') return posted
  const first = await release(donor, carrier)
  if (end === 'waiting') return posted
  await receive(carrier, first, end === 'differing' ? 4 : 0)
  if (end === 'differing') return posted
  await receive(hospital, await release(carrier, hospital))
  if (end === 'closed') await sign(hospital, 'distribute', { lines })
  return posted
}
