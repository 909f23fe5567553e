import { findAct } from './consignment.ts'
import type { ConsignmentEvent, Place } from './event.ts'
import { quantityOf } from './quantity.ts'
import { correctionsOf, type OpeningsAt, shownField, signedField } from './shown.ts'
import type { ConsignmentState, Context, Entry, KeyState } from './state.ts'
import type { EventView, QuantityView, Shown } from './views.ts'

/** Every recorded event of the chain in log order, in effect or not, as last corrected and beside it as first signed. */
export function eventViews({
  context,
  state,
  openings,
}: {
  context: Context
  state: ConsignmentState
  openings: OpeningsAt
}): readonly EventView[] {
  return state.chain.map(entry => {
    const { event, hash, index, recordedAt } = entry.recorded
    const corrected = correctedStatement(state, entry)
    const isCorrected = entry.correctedBy.length > 0
    const place = corrected.place ?? entry.acting.place
    return {
      hash,
      index,
      kind: event.kind,
      ...(event.kind === 'restate' && { restates: entry.acting.kind }),
      by: event.by,
      key: event.key,
      ...keyMarks(context.key(event.key), index),
      at: corrected.at ?? entry.acting.at,
      recordedAt,
      ...(place && { place }),
      fields: fieldsOf(state, entry, openings),
      correctedBy: entry.correctedBy,
      ...(isCorrected && { original: originalOf(state, entry, corrected, openings) }),
      ...detailOf(state, entry.acting),
      ...(entry.notInEffect !== undefined && { notInEffect: entry.notInEffect }),
      ...(entry.settledBy !== undefined && { settledBy: entry.settledBy }),
    }
  })
}

function keyMarks(
  key: KeyState | undefined,
  index: number,
): Pick<EventView, 'keyHeld' | 'keyByOperator' | 'keyStolen'> {
  const isStolen = key?.revoked?.reason === 'stolen' && index >= (key.revoked.from ?? 0)
  return { keyHeld: key?.held ?? 'device', keyByOperator: key?.byOperator ?? false, keyStolen: isStolen }
}

interface Corrected {
  readonly at?: string
  readonly place?: Place
}
function correctedStatement(state: ConsignmentState, entry: Entry<ConsignmentEvent>): Corrected {
  let corrected: Corrected = {}
  for (const { acting } of correctionsOf(state, entry)) {
    if (acting.kind !== 'correct') continue
    const { at, place } = acting.body
    corrected = { ...corrected, ...(at !== undefined && { at }), ...(place && { place: place as Place }) }
  }
  return corrected
}

function fieldsOf(
  state: ConsignmentState,
  entry: Entry<ConsignmentEvent>,
  openings: OpeningsAt,
): Readonly<Record<string, Shown>> {
  const names = [entry, ...correctionsOf(state, entry)].flatMap(each => Object.keys(each.acting.sealed ?? {}))
  const fields: Record<string, Shown> = {}
  for (const field of names) {
    const shown = shownField({ state, entry, field, openings })
    if (shown) fields[field] = shown
  }
  return fields
}

function originalOf(
  state: ConsignmentState,
  entry: Entry<ConsignmentEvent>,
  corrected: Corrected,
  openings: OpeningsAt,
): NonNullable<EventView['original']> {
  const replaced = correctionsOf(state, entry).flatMap(each => Object.keys(each.acting.sealed ?? {}))
  const fields: Record<string, Shown> = {}
  for (const field of replaced) {
    const signed = signedField({ entry, field, openings })
    if (signed) fields[field] = signed
  }
  return {
    ...(corrected.at !== undefined && { at: entry.acting.at }),
    ...(corrected.place && entry.acting.place && { place: entry.acting.place }),
    ...(Object.keys(fields).length > 0 && { fields }),
  }
}

type Detail = Pick<EventView, 'about' | 'quantities' | 'reason' | 'party' | 'consignment'>
function detailOf(state: ConsignmentState, event: ConsignmentEvent): Detail {
  switch (event.kind) {
    case 'adjust': {
      const quantities = event.body.lines.map(({ line, condition, change }) => ({
        line,
        condition,
        quantity: quantityOf(change),
      }))
      const [first] = event.body.lines
      return { quantities, ...(first && { reason: first.reason }) }
    }
    case 'write-off':
      return { quantities: quantitiesOf(event.body.lines), reason: event.body.reason }
    case 'distribute':
      return { quantities: quantitiesOf(event.body.lines) }
    case 'move':
      return { quantities: quantitiesOf(event.body.lines), consignment: event.body.to.slice('consignment/'.length) }
    case 'redirect':
      return { party: event.body.consignee, reason: event.body.reason }
    case 'refuse':
      return { reason: event.body.reason }
    case 'correct':
      return aboutOf(state, event.body.event)
    case 'settle':
      return 'event' in event.body
        ? { ...aboutOf(state, event.body.event), reason: event.body.reason }
        : aboutOf(state, event.body.handoff)
    default:
      return {}
  }
}

function aboutOf(state: ConsignmentState, hash: string): Pick<EventView, 'about'> {
  const entry = findAct(state, hash)
  return entry ? { about: entry.recorded.index } : {}
}

function quantitiesOf(
  lines: readonly { line: string; condition: 'sound' | 'damaged'; quantity: string }[],
): readonly QuantityView[] {
  return lines.map(({ line, condition, quantity }) => ({ line, condition, quantity: quantityOf(quantity) }))
}
