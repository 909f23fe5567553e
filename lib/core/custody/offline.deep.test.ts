import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import {
  CARRIER,
  CONSIGNMENT,
  DONOR,
  HOSPITAL,
  memberOf,
  must,
  openLog,
  pack,
  receive,
  refuse,
  release,
  verdictOf,
} from './acts.fixture.ts'
import { balanceOf } from './balance.ts'
import { type Actor, restate, revoke, type Signed, type Story, timeAfter } from './story.fixture.ts'
import { viewOf } from './view.fixture.ts'
import { type Draw, drawFrom, REFERENCE, wander } from './wander.fixture.ts'

/** A phone without network: what it has seen, and what it signed and nobody has taken yet. */
interface Phone {
  readonly by: Actor
  readonly admin: Actor
  seen: string
  readonly outbox: Signed[]
}

const base = () => {
  const story = openLog()
  must(story, pack())
  return story
}
let packed: Story | undefined

/**
 * A giver's and a taker's phone meet without network while others record on the same consignment; a key may be revoked before they are back.
 * Their notes arrive in any order; what is refused for a revoked key an admin restates. Returns what is wrong, if anything.
 */
function meeting(draw: Draw): string | undefined {
  packed ??= base()
  const story = packed.fork()
  for (let i = draw(4); i > 0; i--) others(story, draw)
  const state = story.consignment(REFERENCE)
  const holding = state.holdings[draw(state.holdings.length)]
  const giverAdmin = [DONOR, CARRIER, HOSPITAL].find(each => each.party === holding?.party)
  if (!holding || !giverAdmin) return undefined
  const takerAdmin = giverAdmin === CARRIER ? HOSPITAL : CARRIER
  const giver: Phone = { by: memberOf(giverAdmin), admin: giverAdmin, seen: story.head(CONSIGNMENT), outbox: [] }
  const taker: Phone = { by: memberOf(takerAdmin), admin: takerAdmin, seen: giver.seen, outbox: [] }

  const free = holding.quantity - offered(story, holding)
  if (free <= 0) return undefined
  const quantity = 1 + draw(free)
  const offer = sign(
    story,
    giver,
    release(giver.by, taker.by, [{ line: holding.line, condition: holding.condition, quantity: String(quantity) }]),
  )
  taker.seen = giver.seen
  const missing = draw(quantity + 1)
  const short = missing > 0 ? { missing: { quantity: String(missing), reason: 'stolen' } } : {}
  const taken = { line: holding.line, condition: holding.condition, received: String(quantity - missing), ...short }
  const isTaken = draw(5) > 0
  sign(story, taker, isTaken ? receive(taker.by, offer.hash, [taken]) : refuse(taker.by, offer.hash))
  // A phone signs only what it may by all that it has seen.
  if (isTaken && missing < quantity && draw(2)) {
    const { line, condition } = holding
    sign(story, taker, release(taker.by, DONOR === giverAdmin ? HOSPITAL : DONOR, [{ line, condition, quantity: '1' }]))
  }

  const signed = [...giver.outbox, ...taker.outbox]
  const verdicts = new Map<string, string | undefined>()
  for (let turn = 0; turn < 30 && giver.outbox.length + taker.outbox.length > 0; turn++) {
    const phone = draw(2) ? giver : taker
    switch (draw(4)) {
      case 0:
        others(story, draw)
        break
      case 1:
        if (draw(3) === 0 && !story.world.key(phone.by.key)?.revoked)
          must(story, revoke(phone.by, phone.admin, { reason: 'lost' }))
        break
      default:
        deliver(story, phone, draw)
    }
    const wrong = changed(story, verdicts)
    if (wrong !== undefined) return wrong
  }
  // Whoever is still waiting sends again, until nothing more is taken.
  for (const phone of [giver, taker]) for (let tries = 3; tries > 0; tries--) deliver(story, phone, () => 0)
  const wrong = changed(story, verdicts)
  if (wrong !== undefined) return wrong
  return lost(story, signed)
}

function others(story: Story, draw: Draw): void {
  const { act, facts } = wander(story, draw)
  story.act(act, facts)
}

function offered(story: Story, at: { party: string; line: string; condition: string }): number {
  const open = story.consignment(REFERENCE).releases.filter(each => each.status === 'open' && each.giver === at.party)
  const parts = open
    .flatMap(each => each.lines)
    .filter(each => each.line === at.line && each.condition === at.condition)
  return parts.reduce((all, each) => all + each.quantity, 0)
}

function sign(story: Story, phone: Phone, act: ReturnType<typeof receive>): Signed {
  const signed = story.sign({ ...act, after: phone.seen, at: timeAfter(phone.outbox.length / 24) })
  phone.outbox.push(signed)
  phone.seen = signed.hash
  return signed
}

/** Sends any note of the outbox, not only the first; one whose key is gone is restated by an admin, who has or has not seen the newest record. */
function deliver(story: Story, phone: Phone, draw: Draw): void {
  const place = draw(Math.max(1, phone.outbox.length))
  const note = phone.outbox[place]
  if (!note) return
  let verdict = verdictOf(story.send(note))
  if (verdict === 'refused: key-revoked') {
    const { chain } = story.consignment(REFERENCE)
    const seen = draw(3) ? chain.at(-1) : chain[draw(chain.length)]
    const at = timeAfter(story.size)
    verdict = verdictOf(
      story.act(restate(note, phone.admin, { after: seen?.recorded.hash ?? '', at }), { restated: note }),
    )
  }
  if (verdict.startsWith('refused')) {
    if (verdict !== 'refused: unknown-after') throw new Error(`${note.event.kind} was ${verdict}`)
  } else phone.outbox.splice(place, 1)
}

function changed(story: Story, verdicts: Map<string, string | undefined>): string | undefined {
  const state = story.consignment(REFERENCE)
  for (const { actingHash, notInEffect } of state.chain) {
    if (verdicts.has(actingHash) && verdicts.get(actingHash) !== notInEffect) return `${actingHash} was judged again`
    verdicts.set(actingHash, notInEffect)
  }
  for (const [line, balance] of balanceOf(state)) if (!balance.balanced) return `line ${line} does not balance`
  return undefined
}

/** Everything signed stands in the log, directly or restated, and the view names what is not in effect. */
function lost(story: Story, signed: readonly Signed[]): string | undefined {
  const { chain } = story.consignment(REFERENCE)
  const view = viewOf(story, REFERENCE)
  for (const { hash, event } of signed) {
    const entry = chain.find(each => each.actingHash === hash)
    if (!entry) return `${event.kind} is lost`
    const shown = view.events.find(each => each.index === entry.recorded.index)
    if (!shown || shown.notInEffect !== entry.notInEffect) return `${event.kind} is not shown as ${entry.notInEffect}`
    seen.set(entry.notInEffect ?? 'in effect', (seen.get(entry.notInEffect ?? 'in effect') ?? 0) + 1)
    if (entry.recorded.event.kind === 'restate') seen.set('restated', (seen.get('restated') ?? 0) + 1)
  }
  return undefined
}
const seen = new Map<string, number>()

test('20,000 meetings without network, keys revoked in between: nothing signed is lost, and what is not in effect is named', () => {
  const property = fc.property(fc.array(fc.nat(1_000_000), { minLength: 60, maxLength: 120 }), random => {
    const wrong = meeting(drawFrom(random))
    if (wrong !== undefined) throw new Error(wrong)
  })
  fc.assert(property, { numRuns: 20_000 })
  for (const what of ['in effect', 'restated', 'quantity-not-free', 'release-unknown'])
    expect(seen.get(what)).toBeGreaterThan(200)
})
