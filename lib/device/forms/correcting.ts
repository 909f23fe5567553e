import type { ConsignmentEvent } from '../../core/custody/event.ts'
import { type BodyOf, SEALED } from '../../core/custody/kinds.ts'
import type { ConsignmentState, Entry, Line } from '../../core/custody/state.ts'

type Body = BodyOf<'consignment', 'correct'>

/** Events of `party` that it may correct, the newest first. */
export function correctables(state: ConsignmentState, party: string): readonly Entry<ConsignmentEvent>[] {
  return state.chain.filter(entry => entry.acting.by === party && entry.acting.kind !== 'correct').toReversed()
}

/** Sealed fields that a correction of `event` may replace: every plain one of its kind, and of the promised ones those that it seals. */
export function replaceableFields(event: ConsignmentEvent): readonly string[] {
  const plain = (SEALED[event.kind] ?? []).filter(field => /^[a-z]+$/.test(field) && field !== 'via')
  const sealed = Object.keys(event.sealed ?? {})
  return [...new Set(['place', ...plain, ...sealed, 'remark'])]
}

/** Lines whose lot and expiry a correction of `event` may replace: those that it packed or reported. */
export function replaceableLines(state: ConsignmentState, event: ConsignmentEvent): readonly Line[] {
  if (event.kind !== 'pack' && event.kind !== 'report') return []
  const ids = (event.body.lines ?? []).map(line => line.id)
  return state.lines.filter(line => ids.includes(line.id))
}

/** What was typed: only what differs from what stands counts. */
export interface Correction {
  readonly at?: string
  readonly lots: Readonly<Record<string, string>>
  readonly expiries: Readonly<Record<string, string>>
}

/** Lines and time of a correction; lot and expiry can be replaced, not taken away. */
export function readCorrection(lines: readonly Line[], { at, lots, expiries }: Correction): Pick<Body, 'at' | 'lines'> {
  const changed = lines.flatMap(line => {
    const lot = lots[line.id]?.trim()
    const expiry = expiries[line.id]?.trim()
    const isLot = lot !== undefined && lot !== '' && lot !== line.lot
    const isExpiry = expiry !== undefined && expiry !== '' && expiry !== line.expiry
    return isLot || isExpiry ? [{ id: line.id, ...(isLot && { lot }), ...(isExpiry && { expiry }) }] : []
  })
  return { ...(at !== undefined && { at }), ...(changed.length > 0 && { lines: changed }) }
}
