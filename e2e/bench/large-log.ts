import type { Actor, Posted } from '../../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../../lib/core/bytes.ts'
import type { Event } from '../../lib/core/custody/event.ts'
import { formatLocalTime } from '../../lib/core/custody/local-time.ts'
import { deriveReference } from '../../lib/core/custody/reference.ts'
import { commitmentOf } from '../../lib/core/custody/sealed.ts'
import { parseKnownEvent, signEvent } from '../../lib/core/evidence/signed-event.ts'
import { submit } from '../../lib/data/append.ts'
import { writeBatch } from '../../lib/data/batch.ts'
import { inTransaction } from '../../lib/data/gate.ts'
import type { Log, LogSettings } from '../../lib/data/log-state.ts'
import { openLog } from '../../lib/data/open-log.ts'
import { remember } from '../../lib/data/overlay.ts'
import { publish } from '../../lib/data/publish.ts'
import { signNatively } from '../../lib/data/sign.ts'
import type { Waiting } from '../../lib/data/waiting.ts'
import { foundWithParties, type Parties, random } from './dataset.ts'

/** Events of each consignment: packed, handed back and forth nine times, given out. */
export const LARGE_EVENTS_EACH = 20

// Whole consignments in one transaction: what is written about each is written once.
const CONSIGNMENTS_AT_ONCE = 100
const EVENTS_A_CHECKPOINT = 10_000

export type LargeLog = {
  readonly log: Log
  readonly parties: Parties
  /** Of every consignment, in the order of the log. */
  readonly references: string[]
}

/** Founds a log with three parties at `settings` for {@link growLog}; nothing may be there yet. */
export async function foundLargeLog(settings: LogSettings): Promise<LargeLog> {
  const log = await openLog(settings)
  const send = ({ note, openings }: Posted) => submit({ note: utf8Encode(note), openings, founding: true }, log)
  const parties = await foundWithParties(settings.logOrigin ?? 'demo.invalid/large', send)
  return { log, parties, references: [] }
}

/**
 * Adds consignments until at least `events` more stand in the log: real ones, each natively signed, decided and written by the code that
 * writes all others, but without checking the signatures just made and in larger transactions. A checkpoint every 10,000 events.
 */
export async function growLog(
  large: LargeLog,
  events: number,
  progress: (done: number) => void = () => {},
): Promise<void> {
  const { log } = large
  let [done, signed] = [0, 0]
  while (done < events) {
    const missing = Math.ceil((events - done) / LARGE_EVENTS_EACH)
    const waiting: Waiting[] = []
    for (let n = Math.min(CONSIGNMENTS_AT_ONCE, missing); n > 0; n--) waiting.push(...(await consignment(large)))
    await write(log, waiting)
    done += waiting.length
    progress(done)
    if (done - signed < EVENTS_A_CHECKPOINT && done < events) continue
    await publish(log)
    signed = done
  }
}

async function write(log: Log, waiting: readonly Waiting[]): Promise<void> {
  const { submissions, changed } = await inTransaction(log.adapter, on =>
    writeBatch({ log, on, waiting, found: async () => {} }),
  )
  for (const [subject, folded] of changed) remember(log, subject, folded)
  log.views.clear()
  const failed = submissions.find(each => each.outcome !== 'recorded' || !each.inEffect)
  if (failed) throw new Error(JSON.stringify(failed))
}

/** Signed events of one consignment in their order, each about 700 bytes, with a sealed place; appended to `references`. */
async function consignment({ parties, references }: LargeLog): Promise<Waiting[]> {
  const { origin, donor, carrier, recipient } = parties
  const nonce = hexEncode(random(16))
  const id = deriveReference({ kind: 'consignment', author: donor.reference, nonce })
  const waiting: Waiting[] = []
  const sign = async (actor: Actor, kind: string, body: object): Promise<string> => {
    const after = waiting.at(-1)?.signed.hash ?? ''
    const next = await signed({ origin, id, after, actor, kind, body })
    waiting.push(next)
    return next.signed.hash
  }
  const line = { line: '1', condition: 'sound' }
  const lines = [{ id: '1', item: 'Surgical masks, type IIR', unit: 'box', quantity: '480', lot: 'M2231' }]
  await sign(donor, 'pack', { nonce, lines, consignee: recipient.reference })
  const way = [donor, carrier, donor, carrier, donor, carrier, donor, carrier, donor, recipient]
  for (const [step, taker] of way.entries()) {
    const giver = way[step - 1]
    if (!giver) continue
    const body = { to: { party: taker.reference }, lines: [{ ...line, quantity: '480' }] }
    const release = await sign(giver, 'release', body)
    await sign(taker, 'receive', { release, lines: [{ ...line, received: '480' }] })
  }
  await sign(recipient, 'distribute', { lines: [{ ...line, quantity: '480' }] })
  references.push(id)
  return waiting
}

async function signed(given: {
  origin: string
  id: string
  after: string
  actor: Actor
  kind: string
  body: object
}): Promise<Waiting> {
  const { origin, id, after, actor, kind, body } = given
  const { key, publicKey, seed } = actor.key
  const subject = `consignment/${id}`
  const opening = { salt: hexEncode(random(32)), value: 'Port of Beira, shed 7' }
  const sealed = { place: commitmentOf({ origin, subject, key, field: 'place', opening }) }
  const place = { country: 'MZ', lat: '-19.8', lon: '34.8' }
  const at = formatLocalTime(Date.now())
  const by = actor.reference
  const event = { origin, about: 'consignment', id, subject, after, kind, by, key, at, place, sealed, body }
  const sign = (message: Uint8Array) => signNatively({ seed, message })
  const note = await signEvent({ event: event as unknown as Event, publicKey, sign })
  const read = parseKnownEvent(note)
  if (!read.ok) throw new Error(read.detail)
  return {
    note,
    signed: read.value,
    facts: { note: 'signature-ok' },
    openings: { place: opening },
    mend: false,
    founding: false,
    since: performance.now(),
    resolve: () => {},
    reject: error => {
      throw error
    },
  }
}
