import { fail, pass, type Result } from '../result.ts'
import { quantityIn } from './balance.ts'
import type { EventOf } from './event.ts'
import { checkLines, isOverflow } from './named.ts'
import { quantityOf } from './quantity.ts'
import type { Refusal } from './refusals.ts'
import type { ConsignmentState, Recorded, Release } from './state.ts'

type Verdict = Result<true, Refusal>
const yes: Verdict = pass(true)

type Answer = EventOf<'consignment', 'receive'> | EventOf<'consignment', 'refuse'>
export function checkAnswer(state: ConsignmentState, event: Answer, recorded: Recorded): Result<Release, Refusal> {
  const release = state.releases.findLast(each => each.hash === event.body.release)
  if (!release) return fail('release-unknown', event.body.release)
  if (release.status !== 'open') return fail('release-closed', `it is ${release.status}`)
  if (release.giver === event.by) return fail('release-self', 'the giver does not take its own release')
  if ('claim' in release.to) {
    if (event.body.claim === undefined) return fail('claim-missing', release.hash)
    return recorded.proven ? pass(release) : fail('claim-wrong', release.hash)
  }
  if (release.to.party !== event.by) return fail('not-taker', `released to ${release.to.party}`)
  return event.body.claim === undefined ? pass(release) : fail('claim-unexpected', release.hash)
}

export function checkReceipt(
  state: ConsignmentState,
  event: EventOf<'consignment', 'receive'>,
  release: Release,
): Verdict {
  const named = checkLines(state, event.body.lines)
  if (!named.ok) return named
  for (const { line, condition, received, damaged, missing, left } of event.body.lines) {
    const released = quantityIn(release.lines, { line, condition })
    if (released === 0) return fail('line-unknown', `line ${line}, ${condition} was not released`)
    if (damaged && condition === 'damaged') return fail('receipt-damaged', `line ${line}`)
    const sum =
      quantityOf(received) +
      [damaged, missing, left].reduce((all, part) => all + (part ? quantityOf(part.quantity) : 0), 0)
    if (sum !== released) return fail('receipt-sum', `line ${line}: ${released} released, ${sum} accounted for`)
  }
  if (event.body.lines.length !== release.lines.length)
    return fail('receipt-incomplete', 'every released line is answered')
  const surplus = (event.body.surplus ?? []).map(({ line }) => ({ line, condition: 'sound' }))
  const extra = checkLines(state, surplus)
  if (!extra.ok) return extra
  for (const { line, quantity } of event.body.surplus ?? []) {
    if (isOverflow(state, line, quantityOf(quantity))) return fail('total-overflow', `line ${line}`)
  }
  return yes
}
