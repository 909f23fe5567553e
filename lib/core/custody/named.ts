import { fail, pass, type Result } from '../result.ts'
import { freeOf, NO_TERMS } from './balance.ts'
import { MAX_QUANTITY, quantityOf } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { ConsignmentState, Context } from './state.ts'

type Verdict = Result<true, Refusal>
const yes: Verdict = pass(true)

export function checkParty(context: Context, reference: string): Verdict {
  const party = context.party(reference)
  if (!party) return fail('party-unknown', reference)
  return party.suspended ? fail('named-suspended', reference) : yes
}

export function checkNewLines(state: ConsignmentState | undefined, lines: readonly { id: string }[]): Verdict {
  const ids = new Set<string>()
  for (const { id } of lines) {
    if (ids.has(id)) return fail('line-repeated', `line ${id}`)
    if (state?.lines.some(line => line.id === id)) return fail('line-exists', `line ${id}`)
    ids.add(id)
  }
  return yes
}

/** Every (line, condition) stands once and the line exists. */
export function checkLines(state: ConsignmentState, lines: readonly { line: string; condition: string }[]): Verdict {
  const named = new Set<string>()
  for (const { line, condition } of lines) {
    if (!state.lines.some(each => each.id === line)) return fail('line-unknown', `line ${line}`)
    if (named.has(`${line} ${condition}`)) return fail('line-repeated', `line ${line}, ${condition}`)
    named.add(`${line} ${condition}`)
  }
  return yes
}

type Moved = { line: string; condition: 'sound' | 'damaged'; quantity: string }
export function checkFree(state: ConsignmentState, party: string, lines: readonly Moved[]): Verdict {
  const named = checkLines(state, lines)
  if (!named.ok) return named
  for (const { line, condition, quantity } of lines) {
    const free = freeOf(state, { party, line, condition })
    if (free < quantityOf(quantity))
      return fail('quantity-not-free', `line ${line}: ${free} ${condition} are free, ${quantity} named`)
  }
  return yes
}

export function isOverflow(state: ConsignmentState, line: string, more: number): boolean {
  const terms = state.terms.get(line) ?? NO_TERMS
  return terms.packed + terms.surplus + terms.adjusted + more > MAX_QUANTITY
}
