import { expect } from '@playwright/test'
import type { Actor } from '../lib/cli/scribe.ts'
import { hexEncode, utf8Encode } from '../lib/core/bytes.ts'
import { claimMessage } from '../lib/core/custody/claims.ts'
import { record } from '../lib/core/custody/consignment.ts'
import { deriveReference } from '../lib/core/custody/reference.ts'
import type { Refusal } from '../lib/core/custody/refusals.ts'
import type { ConsignmentState } from '../lib/core/custody/state.ts'
import { type KeptKey, keptKey } from '../lib/data/kept-keys.ts'
import { signNatively } from '../lib/data/sign.ts'
import type { ActName, StateName } from './allowed.fixture.ts'
import { type Answer, bodyOf, type Draft, packing, send, sign } from './events.fixture.ts'
import type { Founded } from './founded.fixture.ts'
import { random } from './server.fixture.ts'

/** One consignment on the way through a test. */
export type History = {
  readonly id: string
  readonly hashes: readonly string[]
  /** Who signed each of them. */
  readonly signers: readonly string[]
  /** The newest release. */
  readonly release?: string
  readonly claim?: KeptKey
  /** A record that is not in effect. */
  readonly stray?: string
  /** The fold of what was sent, by the rules of lib/core. */
  readonly state: ConsignmentState
}

export const NOWHERE = 'ab'.repeat(32)
const headOf = (history: History) => history.hashes.at(-1) ?? ''

/** A statement about a history: after its head unless it says otherwise. */
type Act = Pick<Draft, 'actor' | 'kind' | 'body'> & { readonly after?: string }

/** Signs it, posts it, expects it recorded, and answers the history with it. */
async function add(founded: Founded, history: History, act: Act, notInEffect?: Refusal): Promise<History> {
  const draft = { id: history.id, after: headOf(history), ...act }
  const signed = await sign(founded, draft)
  const answer = await send(founded.url, bodyOf(signed))
  expect(answer, `${act.kind} by ${act.actor.key.use}`).toMatchObject({
    status: 201,
    body: { inEffect: notInEffect === undefined },
  })
  return take(history, { signed, answer, notInEffect })
}

function take(
  history: Omit<History, 'state'> & { readonly state: ConsignmentState | undefined },
  {
    signed,
    answer,
    notInEffect,
  }: { signed: Awaited<ReturnType<typeof sign>>; answer: Answer; notInEffect?: Refusal | undefined },
): History {
  const { event, hash } = signed
  const place = { event, hash, index: answer.body.index as number, recordedAt: Date.now(), proven: true, sound: true }
  return {
    ...history,
    hashes: [...history.hashes, hash],
    signers: [...history.signers, event.by],
    state: record(history.state, place, notInEffect),
    ...(event.kind === 'release' && notInEffect === undefined && { release: hash }),
    ...(notInEffect !== undefined && { stray: hash }),
  }
}

async function found(founded: Founded, draft: Draft): Promise<History> {
  const signed = await sign(founded, draft)
  const answer = await send(founded.url, bodyOf(signed))
  expect(answer).toMatchObject({ status: 201, body: { inEffect: true } })
  return take({ id: draft.id, hashes: [], signers: [], state: undefined }, { signed, answer })
}

const sound = (quantity: string) => [{ line: '1', condition: 'sound', quantity }]
export const releaseOf = (actor: Actor, to: object, quantity: string): Act => ({
  actor,
  kind: 'release',
  body: { to, lines: sound(quantity) },
})
const answerOf = (actor: Actor, release: string, line: object): Act => ({
  actor,
  kind: 'receive',
  body: { release, lines: [{ line: '1', condition: 'sound', ...line }] },
})

/** A fresh consignment in this state, told by its parties over HTTP. */
export async function historyOf(founded: Founded, name: StateName | 'after a stray'): Promise<History> {
  const { donor, carrierA, hospital } = founded.cast
  if (name === 'reported') {
    const { id, draft } = packing(donor)
    const { nonce, lines } = draft.body as { nonce: string; lines: object[] }
    return found(founded, { actor: donor, id, kind: 'report', body: { nonce, lines } })
  }
  const packed = await found(founded, packing(donor, { consignee: hospital }).draft)
  const carrier = { party: carrierA.reference }
  const next = (history: History, act: Act) => add(founded, history, act)
  const offered = () => next(packed, releaseOf(donor, carrier, '300'))
  const differing = async () => {
    const given = await offered()
    const damaged = { quantity: '6', reason: 'wet' }
    const missing = { quantity: '4', reason: 'not-found' }
    return next(given, answerOf(carrierA, given.release as string, { received: '290', damaged, missing }))
  }
  const delivered = async () => {
    const given = await next(packed, releaseOf(donor, { party: hospital.reference }, '480'))
    return next(given, answerOf(hospital, given.release as string, { received: '480' }))
  }
  switch (name) {
    case 'packed':
      return packed
    case 'offered':
      return offered()
    case 'all offered':
      return next(packed, releaseOf(donor, carrier, '480'))
    case 'open release': {
      const claim = keptKey({ origin: founded.origin, use: 'claim', party: '', role: 'claim', seed: random(32) })
      return { ...(await next(packed, releaseOf(donor, { claim: hexEncode(claim.publicKey) }, '300'))), claim }
    }
    case 'received with a difference':
      return differing()
    case 'settled': {
      const history = await differing()
      const lines = [{ line: '1', condition: 'sound', lost: '4', found: '0' }]
      return next(history, { actor: donor, kind: 'settle', body: { handoff: history.release, lines } })
    }
    case 'refused': {
      const given = await offered()
      return next(given, { actor: carrierA, kind: 'refuse', body: { release: given.release, reason: 'no-space' } })
    }
    case 'withdrawn': {
      const given = await offered()
      return next(given, { actor: donor, kind: 'withdraw', body: { release: given.release } })
    }
    case 'delivered':
      return delivered()
    case 'closed':
      return next(await delivered(), { actor: hospital, kind: 'distribute', body: { lines: sound('480') } })
    case 'after a stray': {
      const history = await differing()
      const late = { ...releaseOf(donor, carrier, '400'), after: history.hashes[0] as string }
      return add(founded, history, late, 'quantity-not-free')
    }
  }
}

/** A good event of its kind by this party at the head of the history, as its form would make it. */
export function actOf(founded: Founded, history: History, name: ActName, actor: Actor): Act {
  const { donor, clinic, hospital } = founded.cast
  const release = history.release ?? NOWHERE
  const claim = (key: KeptKey | undefined) => {
    const { seed } = key ?? keptKey({ ...donor.key, seed: random(32) })
    const message = utf8Encode(claimMessage({ release, party: actor.reference, key: actor.key.key }))
    return { claim: hexEncode(signNatively({ seed, message })) }
  }
  const lines = sound('1')
  const offered = history.state.releases.at(-1)?.lines[0]?.quantity ?? 300
  const answered = { release, lines: [{ line: '1', condition: 'sound', received: String(offered) }] }
  const refused = { release, reason: 'no-space' }
  const [kind, body] = ((): [string, object] => {
    switch (name) {
      case 'pack':
        return ['pack', { lines: [{ id: '9', item: 'Tarpaulin', unit: 'piece', quantity: '20' }] }]
      case 'release':
        return ['release', { to: { party: (actor === clinic ? hospital : clinic).reference }, lines: sound('10') }]
      case 'receive':
        return ['receive', answered]
      case 'receive with the code':
        return ['receive', { ...answered, ...claim(history.claim) }]
      case 'receive with another code':
        return ['receive', { ...answered, ...claim(undefined) }]
      case 'refuse':
        return ['refuse', refused]
      case 'refuse with the code':
        return ['refuse', { ...refused, ...claim(history.claim) }]
      case 'withdraw':
        return ['withdraw', { release }]
      case 'settle':
        return ['settle', { handoff: release, lines: [{ line: '1', condition: 'sound', lost: '1', found: '0' }] }]
      case 'settle a stray':
        return ['settle', { event: history.stray ?? history.hashes[0], reason: 'void' }]
      case 'adjust':
        return ['adjust', { lines: [{ line: '1', condition: 'sound', change: '1', reason: 'recount' }] }]
      case 'write-off':
        return ['write-off', { lines, reason: 'damaged' }]
      case 'distribute':
        return ['distribute', { lines }]
      case 'move': {
        const nonce = hexEncode(random(16))
        return [
          'move',
          { to: `consignment/${deriveReference({ kind: 'consignment', author: actor.reference, nonce })}`, lines },
        ]
      }
      case 'redirect':
        return ['redirect', { consignee: clinic.reference, reason: 'need-met' }]
      case 'correct': {
        const own = history.signers.indexOf(actor.reference)
        return ['correct', { event: history.hashes[Math.max(own, 0)], at: '2026-01-31T09:00:00+02:00' }]
      }
      case 'report':
        return ['report', { lines: [{ id: '9', item: 'Tarpaulin', unit: 'piece', quantity: '20' }] }]
    }
  })()
  return { actor, kind, body }
}

/** Signs the act at the head and posts it, from an address of its own: refusals are counted by address. */
export async function tryAct(founded: Founded, history: History, act: Act, address: string): Promise<Answer> {
  const signed = await sign(founded, { id: history.id, after: headOf(history), ...act })
  return send(founded.url, bodyOf(signed), { 'x-forwarded-for': address })
}
