import type { ConsignmentState, Holding, Quantity, Terms } from './state.ts'
import type { BalanceView } from './views.ts'

export const NO_TERMS: Terms = {
  packed: 0,
  surplus: 0,
  adjusted: 0,
  missing: 0,
  lost: 0,
  writtenOff: 0,
  distributed: 0,
  movedOn: 0,
}

/** Quantity that `party` holds of a line in one condition, offered or not. */
export function heldBy(
  state: ConsignmentState,
  { party, line, condition }: Pick<Holding, 'party' | 'line' | 'condition'>,
): number {
  return (
    state.holdings.find(each => each.party === party && each.line === line && each.condition === condition)?.quantity ??
    0
  )
}

/** What `party` holds and has not offered in an open release. */
export function freeOf(state: ConsignmentState, at: Pick<Holding, 'party' | 'line' | 'condition'>): number {
  let free = heldBy(state, at)
  for (const release of state.releases) {
    if (release.status === 'open' && release.giver === at.party) free -= quantityIn(release.lines, at)
  }
  return free
}

/** The quantity a list names for a line in one condition; zero when it names none. */
export function quantityIn(quantities: readonly Quantity[], at: Pick<Quantity, 'line' | 'condition'>): number {
  return quantities.find(each => each.line === at.line && each.condition === at.condition)?.quantity ?? 0
}

/** The balance of every line (PROTOCOL §4): packed + surplus ± adjusted = Σ holdings + missing + lost + written off + distributed + moved on. */
export function balanceOf(state: ConsignmentState): ReadonlyMap<string, BalanceView> {
  const balances = new Map<string, BalanceView>()
  for (const line of state.lines) {
    const terms = state.terms.get(line.id) ?? NO_TERMS
    const holdings = state.holdings
      .filter(each => each.line === line.id)
      .map(({ party, condition, quantity }) => ({ party, condition, quantity }))
    const came = terms.packed + terms.surplus + terms.adjusted
    const held = holdings.reduce((sum, each) => sum + each.quantity, 0)
    const gone = terms.missing + terms.lost + terms.writtenOff + terms.distributed + terms.movedOn
    balances.set(line.id, {
      ...terms,
      holdings,
      balanced: came === held + gone && holdings.every(each => each.quantity > 0),
    })
  }
  return balances
}
