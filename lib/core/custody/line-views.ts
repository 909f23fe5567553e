import type { ConsignmentEvent } from './event.ts'
import { correctionsOf, type OpeningsAt, shownField } from './shown.ts'
import type { ConsignmentState, Context, Entry, Line } from './state.ts'
import type { BalanceView, LineView } from './views.ts'

/** The lines of a consignment in the order they were packed, lot and expiry as last corrected. */
export function lineViews({
  context,
  state,
  openings,
  balances,
}: {
  context: Context
  state: ConsignmentState
  openings: OpeningsAt
  balances: ReadonlyMap<string, BalanceView>
}): readonly LineView[] {
  return state.lines.map(line => {
    const packing = state.chain.find(entry => entry.notInEffect === undefined && packs(entry, line.id))
    const corrected = packing ? correctedLine(state, packing, line.id) : {}
    const isCorrected = corrected.lot !== undefined || corrected.expiry !== undefined
    const { lot, expiry } = { ...line, ...corrected }
    const donor = donorOf({ state, line, packing, openings })
    const balance = state.mode === 'live' ? balances.get(line.id) : undefined
    const quantity = state.reportedQuantities.find(each => each.line === line.id)?.quantity
    return {
      id: line.id,
      item: line.item,
      unit: line.unit,
      ...(lot !== undefined && { lot }),
      ...(expiry !== undefined && { expiry }),
      ...(isCorrected && {
        original: { ...(line.lot && { lot: line.lot }), ...(line.expiry && { expiry: line.expiry }) },
      }),
      ...(line.packSize !== undefined && { packSize: line.packSize }),
      ...(donor && { donor }),
      ...(line.from && { from: fromOf(context, line.from) }),
      ...(quantity !== undefined && { quantity }),
      ...(balance && { balance }),
    }
  })
}

function packs(entry: Entry<ConsignmentEvent>, line: string): boolean {
  const event = entry.acting
  return (event.kind === 'pack' || event.kind === 'report') && (event.body.lines ?? []).some(each => each.id === line)
}

function correctedLine(
  state: ConsignmentState,
  packing: Entry<ConsignmentEvent>,
  line: string,
): { lot?: string; expiry?: string } {
  let corrected: { lot?: string; expiry?: string } = {}
  for (const { acting } of correctionsOf(state, packing)) {
    if (acting.kind !== 'correct') continue
    const { id: _id, ...replaced } = acting.body.lines?.find(each => each.id === line) ?? { id: line }
    corrected = { ...corrected, ...replaced }
  }
  return corrected
}

function donorOf({
  state,
  line,
  packing,
  openings,
}: {
  state: ConsignmentState
  line: Line
  packing: Entry<ConsignmentEvent> | undefined
  openings: OpeningsAt
}): LineView['donor'] {
  if (!line.donor || !packing) return undefined
  if ('party' in line.donor) return { party: line.donor.party }
  const name = shownField({ state, entry: packing, field: `donor/${line.id}`, openings })
  return { name: name ?? { absent: 'withheld' } }
}

function fromOf(context: Context, from: NonNullable<Line['from']>): NonNullable<LineView['from']> {
  if ('reported' in from) return { reported: from.reported.slice('consignment/'.length) }
  const source = context.consignmentOf(from.event)
  return source ? { consignment: source.reference } : {}
}
