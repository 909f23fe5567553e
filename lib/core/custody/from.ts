import { fail, pass, type Result } from '../result.ts'
import { findAct } from './consignment.ts'
import type { EventOf } from './event.ts'
import { quantityOf } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { ConsignmentState, Context, Line } from './state.ts'

type Packing = EventOf<'consignment', 'pack'>
type PackedLine = Packing['body']['lines'][number]

/**
 * Goods that come from another consignment are what its move says, to the unit, once (PROTOCOL §4, `from`): the move names this
 * consignment as its target, so that "quoted once" is seen from the two chains.
 * Codes: `from-unknown`, `from-party`, `from-target`, `from-line`, `from-quoted`.
 */
export function checkFrom({
  event,
  context,
  state,
}: {
  event: Packing
  context: Context
  state: ConsignmentState | undefined
}): Result<true, Refusal> {
  const quoted = new Set((state?.lines ?? []).flatMap(quotationOf))
  for (const line of event.body.lines) {
    if (!line.from || 'reported' in line.from) {
      if (line.condition !== undefined) return fail('from-line', `line ${line.id}: only moved goods are packed damaged`)
      continue
    }
    const moved = checkMoved({ line, from: line.from, event, context })
    if (!moved.ok) return moved
    const [quotation] = quotationOf({ ...line, condition: line.condition ?? 'sound' }) as [string]
    if (quoted.has(quotation)) return fail('from-quoted', `line ${line.id}`)
    quoted.add(quotation)
  }
  return pass(true)
}

function quotationOf({ from, condition }: Pick<Line, 'from' | 'condition'>): string[] {
  return from && 'event' in from ? [`${from.event} ${from.line} ${condition}`] : []
}

function checkMoved({
  line,
  from,
  event,
  context,
}: {
  line: PackedLine
  from: { event: string; line: string }
  event: Packing
  context: Context
}): Result<true, Refusal> {
  const source = context.consignmentOf(from.event)
  const entry = source && findAct(source, from.event)
  if (!source || !entry || entry.notInEffect !== undefined || entry.acting.kind !== 'move')
    return fail('from-unknown', from.event)
  if (entry.acting.by !== event.by) return fail('from-party', `moved by ${entry.acting.by}`)
  if (entry.acting.body.to !== event.subject) return fail('from-target', `moved to ${entry.acting.body.to}`)
  const condition = line.condition ?? 'sound'
  const moved = entry.acting.body.lines.find(each => each.line === from.line && each.condition === condition)
  const original = source.lines.find(each => each.id === from.line)
  const isSame = moved && original && original.item === line.item && original.unit === line.unit
  if (!isSame || quantityOf(moved.quantity) !== quantityOf(line.quantity)) return fail('from-line', `line ${line.id}`)
  return pass(true)
}
