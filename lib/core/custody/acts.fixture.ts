import { deriveReference } from './reference.ts'
import type { Condition, Decision } from './state.ts'
import {
  type Act,
  type Actor,
  actorOf,
  enrol,
  found,
  hashOf,
  nonceOf,
  OPERATOR,
  RECOVERY,
  register,
  type Signed,
  type Story,
  startStory,
} from './story.fixture.ts'

const partyReference = (name: string) => deriveReference({ kind: 'party', author: OPERATOR.key, nonce: nonceOf(name) })
const adminOf = (name: string) => actorOf({ party: partyReference(name), name })

/** Four parties with an admin's key each, and a member's key beside it. */
export const DONOR = adminOf('donor')
export const CARRIER = adminOf('carrier')
export const HOSPITAL = adminOf('hospital')
export const STRANGER = adminOf('stranger')
export const PARTIES = { donor: DONOR, carrier: CARRIER, hospital: HOSPITAL, stranger: STRANGER }
export const memberOf = (actor: Actor, name = 'member') =>
  actorOf({ party: actor.party, name: `${name} of ${actor.party}` })

/** Records an act that a story needs; throws where it is refused, as the story is wrong then. */
export function must(story: Story, act: Act): Signed {
  const signed = story.sign(act)
  const decision = story.send(signed)
  if (decision.outcome === 'refused') throw new Error(`${act.kind}: ${decision.code}: ${decision.detail}`)
  return signed
}

/** Leaves 0–3. */
export function foundedLog(): Story {
  const story = startStory()
  must(story, found())
  must(story, register('operator'))
  must(story, enrol(OPERATOR, { by: OPERATOR }))
  must(story, enrol(RECOVERY, { by: OPERATOR, held: 'paper' }))
  return story
}

/** Registers the party and enrols its first key and a member's. */
export function join(story: Story, name: keyof typeof PARTIES): void {
  const admin = PARTIES[name]
  must(story, register(name))
  must(story, enrol(admin))
  must(story, enrol(memberOf(admin), { by: admin, role: 'member' }))
}

let everyone: Story | undefined
/** A log with four parties. */
export function openLog(): Story {
  if (!everyone) {
    everyone = foundedLog()
    for (const name of ['donor', 'carrier', 'hospital', 'stranger'] as const) join(everyone, name)
  }
  return everyone.fork()
}

export const subjectOf = (by: Actor, name = 'one') =>
  `consignment/${deriveReference({ kind: 'consignment', author: by.party, nonce: nonceOf(name) })}`
export const referenceOf = (subject: string) => subject.slice(subject.indexOf('/') + 1)

export interface PackLine {
  readonly id?: string
  readonly quantity?: string
  readonly [member: string]: unknown
}
/** Founds the donor's consignment `name` for the hospital: 100 blankets in line 1 unless told. */
export function pack(more: Partial<Act> & { name?: string; lines?: readonly PackLine[]; extra?: object } = {}): Act {
  const { name = 'one', lines = [{}], extra = { consignee: HOSPITAL.party }, by = DONOR, ...act } = more
  const packed = lines.map((line, place) => ({
    id: String(place + 1),
    item: 'Blanket, fleece',
    unit: 'piece',
    quantity: '100',
    ...line,
  }))
  return {
    by,
    subject: subjectOf(by, name),
    kind: 'pack',
    body: { nonce: nonceOf(name), lines: packed, ...extra },
    ...act,
  }
}

/** An act on the donor's consignment. */
const on = (kind: string, by: Actor, body: object, more: Partial<Act> = {}): Act => {
  return { by, subject: subjectOf(DONOR), kind, body, ...more }
}
export type Part = { readonly line?: string; readonly condition?: Condition; readonly [member: string]: unknown }
const parts = <P extends Part>(lines: readonly P[], more: object = {}) =>
  lines.map(line => ({ line: '1', condition: 'sound', ...more, ...line }))

type More = Partial<Act>
export const release = (by: Actor, to: Actor | object, lines: readonly Part[], more?: More) =>
  on('release', by, { to: 'party' in to && 'key' in to ? { party: to.party } : to, lines: parts(lines) }, more)
export const receive = (by: Actor, of: string, lines: readonly Part[], extra: object = {}, more?: More) =>
  on('receive', by, { release: of, lines: parts(lines, { received: '0' }), ...extra }, more)
export const refuse = (by: Actor, of: string, extra: object = {}, more?: More) =>
  on('refuse', by, { release: of, reason: 'no-space', ...extra }, more)
export const withdraw = (by: Actor, of: string, more?: More) => on('withdraw', by, { release: of }, more)
export const settle = (by: Actor, handoff: string, lines: readonly Part[], more?: More) =>
  on('settle', by, { handoff, lines: parts(lines, { lost: '0', found: '0' }) }, more)
export const settleEvent = (by: Actor, event: string, more?: More) => on('settle', by, { event, reason: 'void' }, more)
export const adjust = (by: Actor, lines: readonly Part[], more?: More) =>
  on('adjust', by, { lines: parts(lines, { reason: 'recount' }) }, more)
export const writeOff = (by: Actor, lines: readonly Part[], more?: More) =>
  on('write-off', by, { reason: 'damaged', lines: parts(lines) }, more)
export const distribute = (by: Actor, lines: readonly Part[], more?: More) =>
  on('distribute', by, { lines: parts(lines) }, more)
export const move = (by: Actor, to: string, lines: readonly Part[], more?: More) =>
  on('move', by, { to, lines: parts(lines) }, more)
export const redirect = (by: Actor, to: Actor, more?: More) =>
  on('redirect', by, { consignee: to.party, reason: 'need-met' }, more)
export const correct = (by: Actor, event: string, extra: object = {}, more?: More) =>
  on('correct', by, { event, ...extra }, more)
/** Founds a reported history of the carrier's unless told. */
export const report = (more: Partial<Act> & { lines?: readonly PackLine[]; extra?: object } = {}): Act => {
  const { lines = [{}], extra = { nonce: nonceOf('told') }, by = CARRIER, ...act } = more
  const told = lines.map((line, place) => ({
    id: String(place + 1),
    item: 'HIV test',
    unit: 'test',
    quantity: '500',
    ...line,
  }))
  return { by, subject: subjectOf(by, 'told'), kind: 'report', body: { lines: told, ...extra }, ...act }
}

/** A log on which the donor has packed 100 blankets for the hospital. */
export function packedLog(more?: Parameters<typeof pack>[0]): Story {
  const story = openLog()
  must(story, pack(more))
  return story
}

export const CONSIGNMENT = subjectOf(DONOR)
/** An event hash that no log holds. */
export const UNKNOWN = hashOf('unknown')

/** `in effect`, or the code for which it is not, or is refused: what a claim about an event comes to. */
export function verdictOf(decision: Decision): string {
  if (decision.outcome === 'refused') return `refused: ${decision.code}`
  return decision.inEffect ? 'in effect' : `not in effect: ${decision.reason}`
}
