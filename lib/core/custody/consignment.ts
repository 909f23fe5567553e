import { assertNever } from '../result.ts'
import { NO_TERMS } from './balance.ts'
import { chained, entryNamed } from './chain-index.ts'
import type { ConsignmentEvent, EventOf } from './event.ts'
import { partiesNamed } from './needs.ts'
import { quantityOf } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { Condition, ConsignmentState, Entry, Holding, Line, Quantity, Recorded, Release, Terms } from './state.ts'

/** The event that acts at this place and the hash by which later events name it: inside a restatement, the refused one. */
export function actOf(recorded: Recorded): { acting: ConsignmentEvent; actingHash: string } {
  const { event, hash } = recorded.restated ?? recorded
  if (event.about !== 'consignment') throw new Error(`${event.subject} is no consignment`)
  return { acting: event, actingHash: hash }
}

/** The entry that an `after` names, by either of its hashes. */
export function findEntry(state: ConsignmentState, hash: string): Entry<ConsignmentEvent> | undefined {
  return entryNamed(state.chain, hash)
}

/** The entry that a body names as an act: a restated event by the refused note's hash, never by the restatement's (PROTOCOL §4). */
export function findAct(state: ConsignmentState, actingHash: string): Entry<ConsignmentEvent> | undefined {
  return state.chain.findLast(entry => entry.actingHash === actingHash)
}

/** Takes an event into the chain. With `notInEffect` it moves nothing: it stands there, gives standing, and can be corrected or settled. */
export function record(
  state: ConsignmentState | undefined,
  recorded: Recorded,
  notInEffect?: Refusal,
): ConsignmentState {
  const { acting, actingHash } = actOf(recorded)
  const base = state ?? emptyConsignment(acting)
  const entry: Entry<ConsignmentEvent> = {
    recorded,
    acting,
    actingHash,
    correctedBy: [],
    ...(notInEffect !== undefined && { notInEffect }),
  }
  const next = { ...base, chain: chained(base.chain, entry), standing: withStanding(base.standing, acting) }
  return notInEffect === undefined ? apply(next, { acting, actingHash, index: recorded.index }) : next
}

function emptyConsignment(founding: ConsignmentEvent): ConsignmentState {
  return {
    reference: founding.id,
    mode: founding.kind === 'report' ? 'reported' : 'live',
    founder: founding.by,
    ...(founding.kind === 'pack' && founding.body.consignee !== undefined && { consignee: founding.body.consignee }),
    ...(founding.kind === 'pack' && founding.body.need !== undefined && { need: founding.body.need }),
    lines: [],
    reportedQuantities: [],
    holdings: [],
    releases: [],
    terms: new Map(),
    standing: new Set(),
    chain: [],
  }
}

function withStanding(standing: ReadonlySet<string>, event: ConsignmentEvent): ReadonlySet<string> {
  const parties = [event.by, ...partiesNamed(event)].filter(party => !standing.has(party))
  return parties.length === 0 ? standing : new Set([...standing, ...parties])
}

type Act = { readonly acting: ConsignmentEvent; readonly actingHash: string; readonly index: number }

/** What an event in effect does to the goods; every change of a holding has its term, so the balance holds by construction. */
function apply(state: ConsignmentState, { acting, actingHash, index }: Act): ConsignmentState {
  const by = acting.by
  switch (acting.kind) {
    case 'pack': {
      const packed: ConsignmentState = { ...state, lines: [...state.lines, ...acting.body.lines.map(lineOf)] }
      return acting.body.lines.reduce<ConsignmentState>((next, line) => {
        const quantity = quantityOf(line.quantity)
        return gain(next, { line: line.id, party: by, condition: line.condition ?? 'sound', quantity }, 'packed')
      }, packed)
    }
    case 'release': {
      const release: Release = {
        hash: actingHash,
        index,
        giver: by,
        to: acting.body.to,
        lines: quantities(acting.body.lines),
        status: 'open',
        missing: [],
      }
      return { ...state, releases: [...state.releases, release] }
    }
    case 'receive':
      return receive(state, acting, index)
    case 'refuse':
      return replaceRelease(state, acting.body.release, { status: 'refused', taker: by, answeredBy: index })
    case 'withdraw':
      return replaceRelease(state, acting.body.release, { status: 'withdrawn', answeredBy: index })
    case 'settle':
      return settle(state, acting, index)
    case 'adjust':
      return acting.body.lines.reduce<ConsignmentState>(
        (next, { line, condition, change }) =>
          gain(next, { line, condition, party: by, quantity: quantityOf(change) }, 'adjusted'),
        state,
      )
    case 'write-off':
      return leave(state, by, acting.body.lines, 'writtenOff')
    case 'distribute':
      return leave(state, by, acting.body.lines, 'distributed')
    case 'move':
      return leave(state, by, acting.body.lines, 'movedOn')
    case 'redirect':
      return { ...state, consignee: acting.body.consignee }
    case 'correct':
      return replaceEntry(state, acting.body.event, entry => ({ ...entry, correctedBy: [...entry.correctedBy, index] }))
    case 'report': {
      const lines = acting.body.lines ?? []
      return {
        ...state,
        lines: [...state.lines, ...lines.map(lineOf)],
        reportedQuantities: [
          ...state.reportedQuantities,
          ...lines.map(({ id, quantity }) => ({ line: id, quantity: quantityOf(quantity) })),
        ],
      }
    }
    case 'restate':
      throw new Error('a restatement acts as the event inside it')
    default:
      return assertNever(acting)
  }
}

type PackedLine = EventOf<'consignment', 'pack'>['body']['lines'][number]
function lineOf({ id, item, lot, expiry, unit, packSize, condition, donor, from }: Omit<PackedLine, 'quantity'>): Line {
  return {
    id,
    item,
    unit,
    condition: condition ?? 'sound',
    ...(lot !== undefined && { lot }),
    ...(expiry !== undefined && { expiry }),
    ...(packSize !== undefined && { packSize: quantityOf(packSize) }),
    ...(donor !== undefined && { donor }),
    ...(from !== undefined && { from }),
  }
}

function quantities(lines: readonly { line: string; condition: Condition; quantity: string }[]): readonly Quantity[] {
  return lines.map(({ line, condition, quantity }) => ({ line, condition, quantity: quantityOf(quantity) }))
}

function receive(state: ConsignmentState, event: EventOf<'consignment', 'receive'>, index: number): ConsignmentState {
  const taker = event.by
  const release = state.releases.findLast(each => each.hash === event.body.release) as Release
  const missing: Quantity[] = []
  let next = state
  for (const { line, condition, received, damaged, missing: lacking, left: _left } of event.body.lines) {
    const sound = quantityOf(received)
    const broken = damaged ? quantityOf(damaged.quantity) : 0
    const lost = lacking ? quantityOf(lacking.quantity) : 0
    next = hold(next, { line, condition, party: release.giver, quantity: -(sound + broken + lost) })
    next = hold(next, { line, condition, party: taker, quantity: sound })
    next = hold(next, { line, condition: 'damaged', party: taker, quantity: broken })
    next = term(next, line, { missing: lost })
    if (lost > 0) missing.push({ line, condition, quantity: lost })
  }
  for (const { line, quantity } of event.body.surplus ?? []) {
    next = gain(next, { line, condition: 'sound', party: taker, quantity: quantityOf(quantity) }, 'surplus')
  }
  return replaceRelease(next, release.hash, { status: 'received', taker, answeredBy: index, missing })
}

function settle(state: ConsignmentState, event: EventOf<'consignment', 'settle'>, index: number): ConsignmentState {
  const body = event.body
  if (!('handoff' in body)) return replaceEntry(state, body.event, entry => ({ ...entry, settledBy: index }))
  const release = state.releases.findLast(each => each.hash === body.handoff) as Release
  let next = state
  let missing = release.missing
  for (const { line, condition, ...settled } of body.lines) {
    const lost = quantityOf(settled.lost)
    const found = quantityOf(settled.found)
    next = hold(next, { line, condition, party: release.giver, quantity: found })
    next = term(next, line, { missing: -(lost + found), lost })
    missing = missing.map(each =>
      each.line === line && each.condition === condition ? { ...each, quantity: each.quantity - lost - found } : each,
    )
  }
  return replaceRelease(next, release.hash, { missing: missing.filter(each => each.quantity > 0) })
}

function leave(
  state: ConsignmentState,
  party: string,
  lines: readonly { line: string; condition: Condition; quantity: string }[],
  to: 'writtenOff' | 'distributed' | 'movedOn',
): ConsignmentState {
  return quantities(lines).reduce((next, { line, condition, quantity }) => {
    return term(hold(next, { line, condition, party, quantity: -quantity }), line, { [to]: quantity })
  }, state)
}

function gain(state: ConsignmentState, holding: Holding, by: 'packed' | 'surplus' | 'adjusted'): ConsignmentState {
  return term(hold(state, holding), holding.line, { [by]: holding.quantity })
}

/** Adds to a holding (a negative quantity takes away); what reaches zero is no holding. */
function hold(state: ConsignmentState, { line, party, condition, quantity }: Holding): ConsignmentState {
  if (quantity === 0) return state
  const place = state.holdings.findIndex(
    each => each.line === line && each.party === party && each.condition === condition,
  )
  const before = state.holdings[place]?.quantity ?? 0
  const after = { line, party, condition, quantity: before + quantity }
  const holdings = place < 0 ? [...state.holdings, after] : state.holdings.with(place, after)
  return { ...state, holdings: holdings.filter(each => each.quantity !== 0) }
}

function term(state: ConsignmentState, line: string, changes: Partial<Terms>): ConsignmentState {
  const terms = { ...(state.terms.get(line) ?? NO_TERMS) }
  for (const [name, change] of Object.entries(changes)) terms[name as keyof Terms] += change
  return { ...state, terms: new Map(state.terms).set(line, terms) }
}

function replaceRelease(state: ConsignmentState, hash: string, changes: Partial<Release>): ConsignmentState {
  const at = state.releases.findLastIndex(each => each.hash === hash)
  return { ...state, releases: state.releases.with(at, { ...(state.releases[at] as Release), ...changes }) }
}

function replaceEntry(
  state: ConsignmentState,
  hash: string,
  change: (entry: Entry<ConsignmentEvent>) => Entry<ConsignmentEvent>,
): ConsignmentState {
  const entry = findAct(state, hash)
  return { ...state, chain: state.chain.map(each => (each === entry ? change(each) : each)) }
}
