import { base64Encode, hexEncode, sha256, utf8Encode } from '../bytes.ts'
import { decide } from './decide.ts'
import { type Event, eventHash, formatEventText, keyName, parseEventText, parseSubject } from './event.ts'
import { deriveReference } from './reference.ts'
import { commitmentOf, type Opening } from './sealed.ts'
import { speaker } from './speaker.ts'
import type { ConsignmentState, Decision, Held, Recorded, Role } from './state.ts'
import { emptyWorld, keep, type World } from './world.ts'

/** Stories for tests: events are built and recorded without signatures, whose verdicts are told as facts. */
export const ORIGIN = 'log.example/throughline'
export const START = Date.parse('2026-03-01T08:00:00Z')
const DAY = 86_400_000

/** 32 bytes that follow from a name, in lower-case hex. */
export const hashOf = (name: string) => hexEncode(sha256(utf8Encode(`story ${name}`)))
export const nonceOf = (name: string) => hashOf(`nonce ${name}`).slice(0, 32)

export interface Actor {
  readonly party: string
  readonly key: string
  readonly publicKey: string
}

/** The key called `name`, signing for `party`. */
export function actorOf({ party, name }: { party: string; name: string }): Actor {
  const publicKey = hashOf(`key ${name}`)
  return { party, publicKey, key: keyName(sha256(utf8Encode(`story key ${name}`))) }
}

const first = actorOf({ party: '', name: 'first' })
const operatorParty = deriveReference({ kind: 'party', author: first.key, nonce: nonceOf('operator') })
export const OPERATOR: Actor = { ...first, party: operatorParty }
export const RECOVERY = actorOf({ party: operatorParty, name: 'recovery' })

export interface Act {
  readonly by: Actor
  readonly subject: string
  readonly kind: string
  readonly body: object
  /** The head of the subject where it is not said. */
  readonly after?: string
  readonly at?: string
  readonly place?: object
  readonly sealed?: Readonly<Record<string, string>>
}
export interface Signed {
  readonly event: Event
  readonly hash: string
  readonly text: string
}
export type Facts = Partial<Pick<Recorded, 'proven' | 'sound'>> & {
  readonly restated?: Signed
  readonly signed?: boolean
}
/** What a history of `vectors/v1.json` keeps of every sending. */
export interface Sent {
  readonly signed: Signed
  readonly recordedAt: number
  readonly facts: Facts
  readonly decision: Decision
}

export interface Story {
  readonly world: World
  readonly sent: Sent[]
  /** Index of the next leaf. */
  size: number
  /** Unix milliseconds at which the next leaf is recorded; a minute passes with every sending. */
  now: number
  sign(act: Act): Signed
  /** What append does: who speaks, what it comes to, and the state kept. Facts are those of a good signature unless told. */
  send(signed: Signed, facts?: Facts): Decision
  act(act: Act, facts?: Facts): Decision
  head(subject: string): string
  consignment(reference: string): ConsignmentState
  /** The same story from here on, apart. */
  fork(): Story
}

export function startStory(): Story {
  return storyOf({ world: emptyWorld({ complete: true }), size: 0, now: START })
}

function storyOf(at: { world: World; size: number; now: number }): Story {
  const { world } = at
  const sent: Sent[] = []
  const story: Story = {
    world,
    sent,
    size: at.size,
    now: at.now,
    head: subject => headOf(world, subject),
    sign({ by, subject, kind, body, after = headOf(world, subject), at = '2026-03-01T10:00:00+02:00', place, sealed }) {
      const event = {
        ...{ origin: ORIGIN, ...(parseSubject(subject) ?? { about: '', id: '' }) },
        ...{ subject, after, kind, by: by.party, key: by.key, at, body },
        ...(place && { place }),
        ...(sealed && { sealed }),
      } as unknown as Event
      const text = formatEventText(event)
      return { event, text, hash: eventHash(text) }
    },
    send(signed, facts = {}) {
      const recordedAt = story.now
      const recorded = recordedOf({ signed, facts, index: story.size, recordedAt })
      const decision = decideAll(world, recorded)
      story.now += 60_000
      sent.push({ signed, recordedAt, facts, decision })
      if (decision.outcome === 'recorded') {
        keep(world, decision.subject)
        story.size++
      }
      return decision
    },
    act: (act, facts) => story.send(story.sign(act), facts),
    consignment(reference) {
      const state = world.consignment(reference)
      if (!state) throw new Error(`no consignment ${reference}`)
      return state
    },
    fork: () => storyOf({ world: copyOf(world), size: story.size, now: story.now }),
  }
  return story
}

function copyOf(world: World): World {
  const copy = emptyWorld({ complete: true })
  copy.founding = world.founding
  for (const [reference, state] of world.parties) copy.parties.set(reference, state)
  for (const [key, state] of world.keys) copy.keys.set(key, state)
  for (const [reference, state] of world.consignments) copy.consignments.set(reference, state)
  for (const [hash, reference] of world.acts) copy.acts.set(hash, reference)
  return copy
}

/** Who speaks, then the rules; as append and the verifier ask. */
export function decideAll(context: World, recorded: Recorded): Decision {
  const speaks = speaker({ context, recorded })
  if (!speaks.ok) return { outcome: 'refused', code: speaks.code, detail: speaks.detail }
  return decide({ context, recorded })
}

export function recordedOf(args: { signed: Signed; facts: Facts; index: number; recordedAt: number }): Recorded {
  const { signed, facts, index, recordedAt } = args
  const { restated, signed: isSigned = true, ...verdicts } = facts
  const { event, hash } = signed
  const inner = restated && { event: restated.event, hash: restated.hash, signed: isSigned }
  return { event, hash, index, recordedAt, proven: true, sound: true, ...verdicts, ...(inner && { restated: inner }) }
}

function headOf(world: World, subject: string): string {
  const parsed = parseSubject(subject)
  if (parsed?.about === 'party') return world.party(parsed.id)?.chain.at(-1)?.recorded.hash ?? ''
  if (parsed?.about === 'key') return world.key(parsed.id)?.chain.at(-1)?.recorded.hash ?? ''
  if (parsed?.about === 'consignment') return world.consignment(parsed.id)?.chain.at(-1)?.recorded.hash ?? ''
  return ''
}

/** `YYYY-MM-DDTHH:MM:SS+00:00`, so many days after the start. */
export const timeAfter = (days: number) => new Date(START + days * DAY).toISOString().replace('.000Z', '+00:00')

/** Reads back a signed text, as append does. */
export function readText(text: string): Signed {
  const read = parseEventText(text)
  if (!read.ok) throw new Error(read.code)
  return { event: read.value, text, hash: eventHash(text) }
}

// Acts that many stories have.

export const sealedName = (scope: {
  subject: string
  key: string
  field: string
  value: string
}): { [field: string]: string } => ({
  [scope.field]: commitmentOf({ origin: ORIGIN, ...scope, opening: openingOf(scope) }),
})
export const openingOf = ({ field, value }: { field: string; value: string }): Opening => ({
  salt: hashOf(`salt ${field} ${value}`),
  value,
})

export function found(more: object = {}): Act {
  const body = {
    origin: ORIGIN,
    operator: OPERATOR.party,
    publicKey: OPERATOR.publicKey,
    mode: 'production',
    index: false,
  }
  return { by: OPERATOR, subject: 'log', kind: 'found', body: { ...body, ...more } }
}

/** Registers the party called `name`, or updates it. */
export function register(name: string, more: Partial<Act> = {}): Act {
  const by = more.by ?? OPERATOR
  const id = deriveReference({ kind: 'party', author: by.key, nonce: nonceOf(name) })
  const subject = `party/${id}`
  const sealed = sealedName({ subject, key: by.key, field: 'name', value: name })
  const body = { nonce: nonceOf(name), type: 'organisation', named: 'public' }
  return { by, subject, kind: 'register', body, sealed, ...more }
}

export function enrol(
  actor: Actor,
  more: { by?: Actor; role?: Role; held?: Held; until?: string; after?: string } = {},
): Act {
  const { by = OPERATOR, role = 'admin', held = 'device', until, after } = more
  const body = {
    party: actor.party,
    publicKey: actor.publicKey,
    role,
    held,
    proof: 'ab'.repeat(64),
    ...(until && { until }),
  }
  return { by, subject: `key/${actor.key}`, kind: 'enrol', body, ...(after !== undefined && { after }) }
}

export function revoke(actor: Actor, by: Actor, body: object = { reason: 'lost' }): Act {
  return { by, subject: `key/${actor.key}`, kind: 'revoke', body }
}

/** The note of a refused event inside a restatement by `by`. Its signature is no part of custody. */
export function restate(refused: Signed, by: Actor, more: Partial<Act> = {}): Act {
  const note = base64Encode(utf8Encode(`${refused.text}\n— ${ORIGIN}/key/${refused.event.key} AAAA\n`))
  return { by, subject: refused.event.subject, kind: 'restate', body: { note }, ...more }
}
