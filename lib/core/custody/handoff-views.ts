import type { ConsignmentEvent } from './event.ts'
import { quantityOf } from './quantity.ts'
import { type OpeningsAt, shownField } from './shown.ts'
import type { ConsignmentState, Entry, Release } from './state.ts'
import type { HandoffView, QuantityView } from './views.ts'

/** Releases in effect in log order, each with its answer. */
export function handoffViews(state: ConsignmentState, openings: OpeningsAt): readonly HandoffView[] {
  // The consignee when a receipt was signed decides how it reads, not the one of today.
  let consignee: string | undefined
  const consigneeAt = new Map<number, string | undefined>()
  const byIndex = new Map<number, Entry<ConsignmentEvent>>()
  for (const entry of state.chain) {
    byIndex.set(entry.recorded.index, entry)
    if (entry.notInEffect !== undefined) continue
    if (entry.acting.kind === 'pack' && entry.acting.body.consignee !== undefined)
      consignee = entry.acting.body.consignee
    if (entry.acting.kind === 'redirect') consignee = entry.acting.body.consignee
    consigneeAt.set(entry.recorded.index, consignee)
  }
  return state.releases.map(release => {
    const answer = release.answeredBy === undefined ? undefined : byIndex.get(release.answeredBy)
    const entry = byIndex.get(release.index)
    const via = entry && shownField({ state, entry, field: 'via', openings })
    const answered = answerOf(answer, release)
    const isTaken = [answered.took, answered.damaged, answered.surplus].some(part => part.length > 0)
    const taker = release.taker ?? ('party' in release.to ? release.to.party : undefined)
    return {
      release: release.hash,
      releaseIndex: release.index,
      giver: release.giver,
      ...(taker !== undefined && { taker }),
      ...(via && { via }),
      gave: release.lines,
      status: release.status,
      ...answered,
      open: release.missing,
      ...(isTaken && {
        reads: readsAs({
          taker: release.taker,
          consignee: consigneeAt.get(release.answeredBy ?? -1),
          consignor: state.founder,
        }),
      }),
    }
  })
}

function readsAs({
  taker,
  consignee,
  consignor,
}: {
  taker: string | undefined
  consignee: string | undefined
  consignor: string
}): 'delivered' | 'returned' | 'passed-on' {
  if (taker === consignee) return 'delivered'
  return taker === consignor ? 'returned' : 'passed-on'
}

type Answered = Pick<HandoffView, 'receiptIndex' | 'took' | 'damaged' | 'missing' | 'left' | 'surplus'>
function answerOf(answer: Entry<ConsignmentEvent> | undefined, release: Release): Answered {
  const nothing = { took: [], damaged: [], missing: [], left: [], surplus: [] }
  if (!answer) return nothing
  const event = answer.acting
  const receiptIndex = answer.recorded.index
  if (event.kind === 'refuse') return { ...nothing, receiptIndex, left: release.lines }
  if (event.kind !== 'receive') return nothing
  const part = (name: 'damaged' | 'missing' | 'left'): readonly QuantityView[] =>
    event.body.lines.flatMap(({ line, condition, [name]: part }) =>
      part
        ? [
            {
              line,
              condition: name === 'damaged' ? 'damaged' : condition,
              quantity: quantityOf(part.quantity),
            } as const,
          ]
        : [],
    )
  const took = event.body.lines.flatMap(({ line, condition, received }) =>
    received === '0' ? [] : [{ line, condition, quantity: quantityOf(received) }],
  )
  const surplus = (event.body.surplus ?? []).map(({ line, quantity }) => ({
    line,
    condition: 'sound' as const,
    quantity: quantityOf(quantity),
  }))
  return { receiptIndex, took, damaged: part('damaged'), missing: part('missing'), left: part('left'), surplus }
}
