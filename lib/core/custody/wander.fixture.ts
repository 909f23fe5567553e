import {
  adjust,
  CARRIER,
  CONSIGNMENT,
  correct,
  DONOR,
  distribute,
  HOSPITAL,
  move,
  pack,
  receive,
  redirect,
  referenceOf,
  refuse,
  release,
  STRANGER,
  settle,
  settleEvent,
  subjectOf,
  UNKNOWN,
  withdraw,
  writeOff,
} from './acts.fixture.ts'
import type { ConsignmentState, Quantity, Release } from './state.ts'
import { type Act, type Actor, type Facts, hashOf, type Story, timeAfter } from './story.fixture.ts'

/** A number from 0 to `below` - 1. */
export type Draw = (below: number) => number

/** Draws from a list of random numbers, over and over. */
export function drawFrom(numbers: readonly number[]): Draw {
  let at = 0
  return below => ((numbers[at++ % numbers.length] ?? 0) + at * 7919) % below
}

const ACTORS = [DONOR, CARRIER, HOSPITAL, STRANGER] as const
export const REFERENCE = referenceOf(CONSIGNMENT)

/** An act on the donor's consignment that somebody might try: often legal, often nearly, sometimes absurd. */
export function wander(story: Story, draw: Draw): { act: Act; facts: Facts } {
  const state = story.consignment(REFERENCE)
  const of = <T>(values: readonly T[]): T | undefined => values[draw(Math.max(1, values.length))]
  const by = actorOf(of(state.holdings)?.party, draw) as Actor
  const made = tryKind({ state, by, draw, of })
  const entry = of(state.chain)
  const where = draw(12)
  const after = where < 8 ? story.head(CONSIGNMENT) : where < 11 ? (entry?.recorded.hash ?? '') : of(['', UNKNOWN])
  const facts: Facts = { proven: draw(5) > 0, sound: draw(9) > 0 }
  return { act: { ...made, after: after ?? '', at: timeAfter(story.size / 1440) }, facts }
}

const actorOf = (holder: string | undefined, draw: Draw) =>
  (draw(3) > 0 && ACTORS.find(each => each.party === holder)) || ACTORS[draw(ACTORS.length)]

type Try = {
  readonly state: ConsignmentState
  readonly by: Actor
  readonly draw: Draw
  readonly of: <T>(values: readonly T[]) => T | undefined
}

function tryKind({ state, by, draw, of }: Try): Act {
  const part = (most = 2): Quantity => {
    const own = state.holdings.filter(each => each.party === by.party)
    const holding = of(own) ?? of(state.holdings)
    const all = holding?.quantity ?? 10
    const quantity = [1, Math.ceil(all / 3), all, all + 1][draw(2 + most)] ?? 1
    const line = draw(20) === 0 ? '7' : (holding?.line ?? '1')
    return { line, condition: holding?.condition ?? 'sound', quantity }
  }
  const parts = () => (draw(3) === 0 ? [part(), part()] : [part()]).map(spelled)
  const to = of(ACTORS) as Actor
  switch (draw(16)) {
    case 0:
    case 1:
    case 2:
      return release(by, draw(5) === 0 ? { claim: hashOf('claim') } : to, parts())
    case 3:
    case 4:
    case 5:
    case 6:
      return answer({ state, by, draw, of })
    case 7:
      return withdraw(by, of(state.releases)?.hash ?? UNKNOWN)
    case 8: {
      const handoff = of(state.releases.filter(each => each.missing.length > 0)) ?? of(state.releases)
      const open = of(handoff?.missing ?? []) ?? part()
      const lost = draw(open.quantity + 2)
      const found = draw(Math.max(1, open.quantity - lost + 1))
      const line = { line: open.line, condition: open.condition, lost: String(lost), found: String(found) }
      return settle(draw(2) ? by : DONOR, handoff?.hash ?? UNKNOWN, [line])
    }
    case 9:
      return settleEvent(
        by,
        (of(state.chain.filter(each => each.notInEffect !== undefined)) ?? of(state.chain))?.actingHash ?? UNKNOWN,
      )
    case 10: {
      const { line, condition, quantity } = part()
      return adjust(by, [{ line, condition, change: draw(2) ? String(quantity) : `-${quantity}` }])
    }
    case 11:
      return writeOff(by, parts())
    case 12:
      return distribute(draw(2) ? by : HOSPITAL, parts())
    case 13:
      return move(by, draw(6) ? subjectOf(DONOR, 'two') : CONSIGNMENT, parts())
    case 14:
      return redirect(draw(2) ? by : DONOR, to)
    default:
      return draw(2) ? addition(by, draw) : correct(by, of(state.chain)?.actingHash ?? UNKNOWN, { at: timeAfter(9) })
  }
}

const spelled = ({ line, condition, quantity }: Quantity) => ({ line, condition, quantity: String(quantity) })

function addition(by: Actor, draw: Draw): Act {
  const line = { id: String(1 + draw(4)), item: 'Tent', unit: 'tent', quantity: '10' }
  return { ...pack(), by: draw(2) ? DONOR : by, body: { lines: [line] } }
}

function answer({ state, by, draw, of }: Try): Act {
  const open: Release | undefined = of(state.releases.filter(each => each.status === 'open'))
  const dead = of(state.chain.filter(each => each.acting.kind === 'release'))?.actingHash
  const target = draw(6) > 0 ? open : of(state.releases)
  const to = target && 'party' in target.to ? target.to.party : undefined
  const taker = (draw(5) > 0 && ACTORS.find(each => each.party === to)) || by
  const claim = target && 'claim' in target.to && draw(6) > 0 ? { claim: 'cd'.repeat(64) } : {}
  const hash = target?.hash ?? dead ?? UNKNOWN
  if (draw(5) === 0) return refuse(taker, hash, claim)
  const lines = (target?.lines ?? [{ line: '1', condition: 'sound', quantity: 1 } as const]).map(each =>
    received(each, draw),
  )
  const surplus = draw(4) === 0 ? { surplus: [{ line: '1', quantity: '2', reason: 'extra' }] } : {}
  const isShort = lines.length > 1 && draw(9) === 0
  return receive(taker, hash, isShort ? lines.slice(1) : lines, { ...claim, ...surplus })
}

function received({ line, condition, quantity }: Quantity, draw: Draw) {
  const missing = draw(2) ? 0 : draw(quantity + 1)
  const left = draw(3) ? 0 : draw(quantity - missing + 1)
  const damaged = draw(3) || condition === 'damaged' ? 0 : draw(quantity - missing - left + 1)
  const wrong = draw(12) === 0 ? 1 : 0
  const because = (name: string, count: number, reason: string) =>
    count > 0 ? { [name]: { quantity: String(count), reason } } : {}
  return {
    ...{ line, condition, received: String(quantity - missing - left - damaged + wrong) },
    ...because('missing', missing, 'stolen'),
    ...because('left', left, 'no-space'),
    ...because('damaged', damaged, 'wet'),
  }
}
