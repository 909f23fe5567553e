import { freeOf } from '../../core/custody/balance.ts'
import type { Condition, ConsignmentState, Line, Quantity } from '../../core/custody/state.ts'
import { readCount } from './counts.ts'

/** Part of a line that a party holds. */
export interface Held {
  readonly line: Line
  readonly condition: Condition
  /** Base units, offered or not. */
  readonly held: number
  /** Not offered in an open release: what may be handed over, written off, given out. */
  readonly free: number
}

/** What was typed, by {@link partKey}. */
export type Counts = Readonly<Record<string, string>>
type Moved = { readonly line: string; readonly condition: Condition; readonly quantity: string }

/** Names one part of a line in a form's values. */
export function partKey({ line, condition }: Pick<Quantity, 'line' | 'condition'>): string {
  return `${line} ${condition}`
}

/** What `party` holds, in the order of the lines, sound before damaged. */
export function heldGoods(state: ConsignmentState, party: string): readonly Held[] {
  const own = state.holdings.filter(each => each.party === party)
  return state.lines.flatMap(line =>
    (['sound', 'damaged'] as const).flatMap(condition => {
      const held = own.find(each => each.line === line.id && each.condition === condition)?.quantity
      if (held === undefined) return []
      return [{ line, condition, held, free: freeOf(state, { party, line: line.id, condition }) }]
    }),
  )
}

/** The parts that leave, as a body spells them; what is zero is not named. `unread`: keys of what was typed and is no count. */
export function readGoods({
  goods,
  counts,
  unlessTyped,
}: {
  goods: readonly Held[]
  counts: Counts
  /** The count of a part that nobody touched. */
  unlessTyped: (part: Held) => number
}): { readonly lines: readonly Moved[]; readonly unread: readonly string[] } {
  const lines: Moved[] = []
  const unread: string[] = []
  for (const part of goods) {
    const at = { line: part.line.id, condition: part.condition }
    const typed = counts[partKey(at)]
    const count = typed === undefined ? unlessTyped(part) : readCount(typed)
    if (count === undefined) unread.push(partKey(at))
    else if (count > 0) lines.push({ ...at, quantity: String(count) })
  }
  return { lines, unread }
}

/** What nobody touched when handing over: all that is sound and free. Damaged goods go only when somebody says so. */
export function allThatIsSound({ condition, free }: Held): number {
  return condition === 'sound' ? free : 0
}
