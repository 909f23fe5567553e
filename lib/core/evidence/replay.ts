import { balanceOf } from '../custody/balance.ts'
import { decide } from '../custody/decide.ts'
import type { Event } from '../custody/event.ts'
import type { Refusal } from '../custody/refusals.ts'
import { speaker } from '../custody/speaker.ts'
import type { Decision, Recorded } from '../custody/state.ts'
import { emptyWorld, keep, type World } from '../custody/world.ts'
import { type Failure, fail, type Result } from '../result.ts'
import { type ChainCode, type Chains, emptyChains } from './chain.ts'
import type { Leaf } from './leaf.ts'
import { recordedOf, type SignatureFacts } from './obligations.ts'
import type { NewerSignedEvent, SignedEvent } from './signed-event.ts'

/** One leaf at its place, its signatures checked. `leafHash` is lower-case hex. */
export interface Placed {
  readonly index: number
  readonly leafHash: string
  readonly leaf: Leaf
  readonly signed: Result<SignedEvent | NewerSignedEvent, Refusal>
  /** Verdicts on the signatures of a note that could be read. */
  readonly facts?: SignatureFacts | undefined
}

/** Why an event's meaning was not decided although nothing is wrong with it. */
export type Undecided = 'newer' | 'omitted'

/** What replaying one leaf came to. A leaf without any failure and with a `decision` stands in the world. */
export interface Step {
  /** Absent where the note could not be read. */
  readonly subject?: string
  readonly chain?: Failure<ChainCode>
  /** The note, its signatures, or who may speak is wrong. */
  readonly signature?: Failure<Refusal>
  readonly recorded?: Recorded
  readonly decision?: Extract<Decision, { outcome: 'recorded' }>
  /** The log had to refuse it. */
  readonly refusable?: Failure<Refusal>
  /** Line of the consignment whose balance does not hold after this event: a fault of the fold itself. */
  readonly unbalanced?: string
  readonly undecided?: Undecided
}

/** Why nothing of a subject is decided any more. */
export type Lost = 'broken' | Undecided

export interface Replay {
  readonly world: World
  /** Subjects of which a leaf was wrong or not known: their state stands still. */
  readonly lost: ReadonlyMap<string, Lost>
  readonly subjects: number
  /** Takes the next leaf; leaves come in log order. */
  step(placed: Placed): Step
}

/**
 * Replays leaves in log order by the rules of custody, one at a time. `complete`: every leaf of the log comes (`fsck`), not only those of one
 * evidence file. `omitted`: chains that may be quoted are known to be missing, so a quotation that is not found decides nothing.
 * `world`, `chains`, `lost`: where an earlier replay left off, or a caller's own that keep part of the log in memory at a time.
 * After a failure, or an event whose meaning is not known, later events of that subject are still chained and checked for who signed them.
 */
export function startReplay({
  complete,
  omitted = false,
  world = emptyWorld({ complete }),
  chains = emptyChains(),
  lost = new Map<string, Lost>(),
}: {
  complete: boolean
  omitted?: boolean
  world?: World
  chains?: Chains
  lost?: Map<string, Lost>
}): Replay {
  const undecided = (...subjects: string[]) => {
    for (const subject of subjects) {
      const why = lost.get(subject)
      if (why !== undefined && why !== 'broken') return why
    }
    return undefined
  }

  const judge = ({ index, leafHash, leaf, signed, facts }: Placed): Step => {
    const named = signed.ok ? (signed.value.event ?? signed.value.newer) : undefined
    const chain =
      named && chains.add({ ...linkOf(leaf, leafHash), ...named, names: signed.ok ? namesOf(signed.value) : [] })
    if (!signed.ok) return { signature: signed }
    if (!named || !facts) throw new Error('a note that was read has its signatures checked')

    const { subject, by, key } = named
    const broken = { subject, ...(chain && { chain }) }
    const mark = (why: Lost) => {
      if (!lost.has(subject)) lost.set(subject, why)
    }
    const event = signed.value.event ?? standIn(signed.value)
    const recorded = signed.value.event
      ? recordedOf({ signed: signed.value, facts, index, recordedAt: leaf.recordedAt })
      : { event, hash: signed.value.hash, index, recordedAt: leaf.recordedAt }
    const signature = checkSigned({ world, recorded, facts })
    if (signature) {
      const why = undecided('log', `key/${key}`, `party/${by}`)
      const isExcused =
        why !== undefined && signature.code !== 'signature-wrong' && signature.code !== 'signature-key-id'
      mark(isExcused ? why : 'broken')
      return { ...broken, ...(isExcused ? { undecided: why } : { signature }) }
    }
    if (chain) mark('broken')
    if (!signed.value.event) {
      mark('newer')
      return { ...broken, undecided: 'newer' }
    }
    const why = lost.get(subject)
    if (why !== undefined) return { ...broken, recorded, ...(why !== 'broken' && { undecided: why }) }
    return { subject, ...settle(recorded, mark) }
  }

  const settle = (recorded: Recorded, mark: (why: Lost) => void): Step => {
    const decision = decide({ context: world, recorded })
    if (decision.outcome === 'refused') {
      const { code, detail } = decision
      const acting = recorded.restated?.event ?? recorded.event
      const why = omitted && code === 'from-unknown' ? 'omitted' : undecided(...reliedOn(acting))
      mark(why ?? 'broken')
      return why ? { recorded, undecided: why } : { recorded, refusable: fail(code, detail) }
    }
    keep(world, decision.subject)
    const unbalanced = decision.inEffect ? unbalancedLine(decision.subject) : undefined
    return { recorded, decision, ...(unbalanced !== undefined && { unbalanced }) }
  }

  return {
    world,
    lost,
    get subjects() {
      return chains.count
    },
    step: judge,
  }
}

function linkOf(leaf: Leaf, leafHash: string) {
  return { seq: leaf.seq, previous: leaf.previous, recordedAt: leaf.recordedAt, leafHash }
}

/** Hashes by which a later `after` may name it. */
function namesOf(signed: SignedEvent | NewerSignedEvent): string[] {
  return signed.event && signed.restated ? [signed.hash, signed.restated.hash] : [signed.hash]
}

/** The note's signature, then whether its key speaks for its party here. */
function checkSigned(args: { world: World; recorded: Recorded; facts: SignatureFacts }): Failure<Refusal> | undefined {
  const { world, recorded, facts } = args
  const { key } = recorded.event
  if (facts.note !== 'signature-ok') return fail(facts.note, `key ${key}, leaf ${recorded.index}`)
  const speaks = speaker({ context: world, recorded })
  return speaks.ok ? undefined : speaks
}

/** What `speaker` may ask of an event that this program cannot read: as an event that any live key may sign at any time. */
function standIn({ origin, newer }: NewerSignedEvent): Event {
  const { subject, after, by, key } = newer
  const event = {
    about: 'key',
    id: '',
    origin,
    subject,
    after,
    by,
    key,
    kind: 'revoke',
    at: '1970-01-01T00:00:00+00:00',
  }
  return { ...event, body: { reason: 'left' } } as Event
}

/** Subjects whose unknown events may explain a refusal. */
function reliedOn(event: Event): string[] {
  return ['log', event.subject, `key/${event.key}`, `party/${event.by}`]
}

function unbalancedLine(subject: Extract<Decision, { outcome: 'recorded' }>['subject']): string | undefined {
  if (subject.about !== 'consignment' || subject.state.mode !== 'live') return undefined
  for (const [line, balance] of balanceOf(subject.state)) if (!balance.balanced) return line
  return undefined
}
