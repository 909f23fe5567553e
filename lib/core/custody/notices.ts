import { assertNever } from '../result.ts'
import type { EventOf } from './event.ts'
import { quantityOf } from './quantity.ts'
import type { ConsignmentState, Entry, Release, Subject } from './state.ts'

/** Everything a party is told, in the order in which people choose what to hear of. */
export const NOTICE_KINDS = [
  'announced',
  'coming',
  'withdrawn',
  'redirected-to',
  'redirected',
  'received',
  'arrived',
  'refused',
  'waits',
  'differs',
  'written-off',
  'not-in-effect',
  'settled',
  'key-enrolled',
  'key-revoked',
  'suspended',
  'resumed',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Something one party is told because of one event. */
export interface Telling {
  readonly party: string
  readonly kind: NoticeKind
  /** Subject it is about, such as `consignment/7K3Q9XMD2TK`. */
  readonly subject: string
  /** Acting hash of the cause: later events name it so. */
  readonly event: string
  /** Party at the other end. */
  readonly other?: string
}

/**
 * Who is told what of one recorded event. `before`: its subject's state until then, absent where the event founds it; `after`: the state with it.
 * Nobody is told what they did themselves, except news of keys and of being suspended, which always go to the party they are about. One event
 * tells a party one thing at most; imported history (`report`) tells nobody.
 */
export function noticesOf({ before, after }: { before: Subject | undefined; after: Subject }): readonly Telling[] {
  const { about, state } = after
  switch (about) {
    case 'log':
      return []
    case 'party': {
      const last = lastOf(state.chain)
      const { kind, by } = last.acting
      if (kind !== 'suspend' && kind !== 'resume') return []
      const told = kind === 'suspend' ? 'suspended' : 'resumed'
      return [{ ...causeOf(last), party: state.reference, kind: told, ...otherThan(state.reference, by) }]
    }
    case 'key': {
      const last = lastOf(state.chain)
      const kind = last.acting.kind === 'enrol' ? 'key-enrolled' : 'key-revoked'
      return [{ ...causeOf(last), party: state.party, kind, ...otherThan(state.party, last.acting.by) }]
    }
    case 'consignment':
      return ofConsignment(before?.about === 'consignment' ? before.state : undefined, state)
    default:
      return assertNever(about)
  }
}

function lastOf<Each>(chain: readonly Each[]): Each {
  const last = chain.at(-1)
  if (last === undefined) throw new Error('a recorded event has its place in a chain')
  return last
}

const causeOf = ({ acting, actingHash }: Entry) => ({ subject: acting.subject, event: actingHash })

const otherThan = (party: string, other: string | undefined) =>
  other === undefined || other === party ? undefined : { other }

/** Kind and party at the other end, by the party that is told; what is said first stands. */
class Tellings {
  readonly #cause: { readonly subject: string; readonly event: string }
  readonly #by: string
  readonly #told = new Map<string, Telling>()

  constructor(entry: Entry) {
    this.#cause = causeOf(entry)
    this.#by = entry.acting.by
  }

  tell(kind: NoticeKind, parties: readonly (string | undefined)[], other: string | undefined = this.#by): this {
    for (const party of parties) {
      if (party === undefined || party === this.#by || this.#told.has(party)) continue
      this.#told.set(party, { ...this.#cause, party, kind, ...otherThan(party, other) })
    }
    return this
  }

  get all(): readonly Telling[] {
    return [...this.#told.values()]
  }
}

function ofConsignment(before: ConsignmentState | undefined, state: ConsignmentState): readonly Telling[] {
  const entry = lastOf(state.chain)
  const told = new Tellings(entry)
  const { acting } = entry
  if (entry.notInEffect !== undefined) return told.tell('not-in-effect', closersOf(state)).all
  switch (acting.kind) {
    case 'pack':
      return before === undefined ? told.tell('announced', [state.consignee]).all : []
    case 'release':
      return 'party' in acting.body.to ? told.tell('coming', [acting.body.to.party]).all : []
    case 'receive':
      return ofReceipt(told, state, acting)
    case 'refuse': {
      const release = releaseOf(state, acting.body.release)
      return told.tell('refused', [release.giver, state.founder]).all
    }
    case 'withdraw': {
      const { to } = releaseOf(state, acting.body.release)
      return 'party' in to ? told.tell('withdrawn', [to.party]).all : []
    }
    case 'settle':
      return ofSettling(told, state, acting)
    case 'redirect': {
      // Whoever has the goods in hand, or is about to take them, must hear where they go now.
      const takers = state.releases.flatMap(({ status, to }) => (status === 'open' && 'party' in to ? [to.party] : []))
      told.tell('redirected-to', [state.consignee])
      return told.tell('redirected', [before?.consignee, ...holdersOf(state), ...takers, state.founder]).all
    }
    case 'write-off':
      return told.tell('written-off', [state.founder, ...donorsOf(state, acting.body.lines)]).all
    case 'adjust':
    case 'distribute':
    case 'move':
    case 'correct':
    case 'report':
      return []
    case 'restate':
      throw new Error('a restatement acts as the event inside it')
    default:
      return assertNever(acting)
  }
}

function ofReceipt(told: Tellings, state: ConsignmentState, receipt: EventOf<'consignment', 'receive'>) {
  const { giver } = releaseOf(state, receipt.body.release)
  if (differs(receipt)) told.tell('differs', [giver, state.founder])
  const isArrival = receipt.by === state.consignee && receipt.body.lines.some(line => quantityOf(line.received) > 0)
  if (isArrival) told.tell('arrived', [state.founder, ...donorsOf(state, receipt.body.lines)])
  return told.tell('received', [giver]).all
}

function differs({ body }: EventOf<'consignment', 'receive'>): boolean {
  const { lines, surplus = [] } = body
  return surplus.length > 0 || lines.some(({ damaged, missing, left }) => damaged || missing || left)
}

function ofSettling(told: Tellings, state: ConsignmentState, { body }: EventOf<'consignment', 'settle'>) {
  if ('handoff' in body) {
    const { giver, taker } = releaseOf(state, body.handoff)
    return told.tell('settled', [giver, state.founder, taker]).all
  }
  const closed = state.chain.findLast(each => each.actingHash === body.event)
  return told.tell('settled', [closed?.acting.by, ...closersOf(state)]).all
}

function releaseOf(state: ConsignmentState, hash: string): Release {
  const release = state.releases.findLast(each => each.hash === hash)
  if (!release) throw new Error(`an event in effect answers release ${hash}, which is not there`)
  return release
}

const holdersOf = (state: ConsignmentState) => [...new Set(state.holdings.map(holding => holding.party))]

/** Who may settle what is not in effect (PROTOCOL §4). */
const closersOf = (state: ConsignmentState) => [...holdersOf(state), state.founder, state.consignee]

/** Parties named as donors of these lines. */
function donorsOf(state: ConsignmentState, lines: readonly { readonly line: string }[]): readonly string[] {
  const named = new Set(lines.map(each => each.line))
  return state.lines.flatMap(({ id, donor }) => (named.has(id) && donor && 'party' in donor ? [donor.party] : []))
}

const DAY = 24 * 60 * 60 * 1000

/** Days after which both sides of a release that nobody answered are told, once each. */
export const WAITING_STEPS = [3, 7] as const

/** The last of {@link WAITING_STEPS} that a release of then has passed, in days; undefined before the first. Both in unix milliseconds. */
export function waitingStep({ since, now }: { since: number; now: number }): number | undefined {
  return WAITING_STEPS.findLast(days => now - since >= days * DAY)
}

/**
 * What both sides of an open release are told once it has waited for so many days; with a release to whoever shows its code the giver alone.
 * `step`: of {@link waitingStep}.
 */
export function waitingNotices(release: {
  readonly consignment: string
  readonly release: string
  readonly giver: string
  readonly taker?: string | undefined
}): readonly Telling[] {
  const { consignment, release: event, giver, taker } = release
  const told = { kind: 'waits', subject: `consignment/${consignment}`, event } as const
  if (taker === undefined) return [{ ...told, party: giver }]
  return [
    { ...told, party: giver, other: taker },
    { ...told, party: taker, other: giver },
  ]
}

/**
 * What names a telling for ever, so that the same cause tells nobody twice: the leaf that an event is, or the release that waits for `step` days. Leaves
 * first, for what is told one after another is then stored side by side.
 */
export function noticeId({ event, kind, party }: Telling, cause: { leaf: number } | { step: number }): string {
  return ('leaf' in cause ? [cause.leaf, kind, party] : [event, kind, cause.step, party]).join(':')
}
