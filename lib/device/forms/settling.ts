import type { ConsignmentEvent } from '../../core/custody/event.ts'
import type { BodyOf } from '../../core/custody/kinds.ts'
import type { ConsignmentState, Entry, Release } from '../../core/custody/state.ts'
import { readCount } from './counts.ts'
import { partKey } from './goods.ts'

/** What was typed about one missing part. */
export interface Settled {
  readonly lost?: string
  readonly found?: string
}
type Settle = Extract<BodyOf<'consignment', 'settle'>, { readonly handoff: string }>

/** Handoffs whose difference `party` may settle: as the giver or as the consignor. */
export function openDifferences(state: ConsignmentState, party: string): readonly Release[] {
  return state.releases.filter(each => each.missing.length > 0 && (each.giver === party || state.founder === party))
}

/** Signed events that are not in effect and that nobody has settled yet. */
export function openStrays(state: ConsignmentState): readonly Entry<ConsignmentEvent>[] {
  return state.chain.filter(entry => entry.notInEffect !== undefined && entry.settledBy === undefined)
}

/** Whether `party` may close such an event: it holds something, or is the consignee or the consignor. */
export function mayCloseStrays(state: ConsignmentState, party: string): boolean {
  return state.consignee === party || state.founder === party || state.holdings.some(holding => holding.party === party)
}

/** Lines of a settlement; what is neither lost nor found is left open and not named. Undefined where something typed is no count. */
export function readSettlement(
  release: Release,
  typed: Readonly<Record<string, Settled>>,
): Settle['lines'] | undefined {
  const lines: Settle['lines'][number][] = []
  for (const { line, condition } of release.missing) {
    const { lost = '0', found = '0' } = typed[partKey({ line, condition })] ?? {}
    const [isLost, isFound] = [readCount(lost), readCount(found)]
    if (isLost === undefined || isFound === undefined) return undefined
    if (isLost + isFound > 0) lines.push({ line, condition, lost: String(isLost), found: String(isFound) })
  }
  return lines
}
