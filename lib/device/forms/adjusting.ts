import type { BodyOf } from '../../core/custody/kinds.ts'
import type { Condition, ConsignmentState, Line } from '../../core/custody/state.ts'
import { readCount } from './counts.ts'
import { heldGoods, partKey } from './goods.ts'
import type { Share } from './receipt.ts'

type Changes = BodyOf<'consignment', 'adjust'>['lines']
/** A count that may be set right; `held` is what the log says. */
export interface Countable {
  readonly line: Line
  readonly condition: Condition
  readonly held: number
}

/** Both conditions of every line of which `party` holds anything: goods may have been damaged where they stand. */
export function countables(state: ConsignmentState, party: string): readonly Countable[] {
  const held = heldGoods(state, party)
  const lines = state.lines.filter(line => held.some(each => each.line.id === line.id))
  return lines.flatMap(line =>
    (['sound', 'damaged'] as const).map(condition => ({
      line,
      condition,
      held: held.find(each => each.line.id === line.id && each.condition === condition)?.held ?? 0,
    })),
  )
}

/** The difference between what was counted and what the log says; undefined where what was typed is no count. */
export function changeOf({ held }: Countable, counted: Share | undefined): number | undefined {
  if (counted === undefined) return 0
  const count = readCount(counted.count)
  return count === undefined ? undefined : count - held
}

/** Lines of an adjustment; what was not changed is not named. Undefined where something is no count or has no reason. */
export function readAdjustment(
  goods: readonly Countable[],
  counted: Readonly<Record<string, Share>>,
): Changes | undefined {
  const lines: { line: string; condition: Condition; change: string; reason: string | undefined }[] = []
  for (const part of goods) {
    const at = { line: part.line.id, condition: part.condition }
    const share = counted[partKey(at)]
    const change = changeOf(part, share)
    if (change === undefined || (change !== 0 && share?.reason === undefined)) return undefined
    if (change !== 0) lines.push({ ...at, change: String(change), reason: share?.reason })
  }
  return lines as Changes
}
