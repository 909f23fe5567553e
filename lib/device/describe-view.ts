import { formatReference } from '../core/custody/reference.ts'
import type { ConsignmentView, LineView, Shown } from '../core/custody/views.ts'
import type { Voice } from './show-report.ts'
import { escapeHtml, say, sayCount } from './words.ts'

/** From one to the next, in the direction of reading: no browser turns an arrow. */
export const arrowOf = ({ locale }: Voice) => (locale === 'ar' ? '←' : '→')

/** What a verified file tells of, in a few lines: reference, state, parties, goods and who holds them. Derived from verified records only. */
export function describeView(voice: Voice, view: ConsignmentView): string {
  const { words } = voice
  const name = (shown: Shown) => ('value' in shown ? shown.value : say(words, `party.${shown.absent}`))
  const names = new Map(view.parties.map(party => [party.reference, name(party.name)]))
  const nameOf = (reference: string) => `<bdi>${escapeHtml(names.get(reference) ?? formatReference(reference))}</bdi>`
  const ends = [view.founder, ...(view.consignee === undefined ? [] : [view.consignee])]
  const lines = view.lines.map(line => {
    const held = (line.balance?.holdings ?? []).map(
      ({ party, quantity }) =>
        `${escapeHtml(sayCount({ ...voice, unit: line.unit, count: quantity }))}: ${nameOf(party)}`,
    )
    const all = sayCount({ ...voice, unit: line.unit, count: broughtIn(line) })
    return `<li><b><bdi>${escapeHtml(line.item)}</bdi></b>, ${escapeHtml(all)}<ul>${held.map(text => `<li>${text}</li>`).join('')}</ul></li>`
  })
  return `<section class="sheet panel tells"><h2>${escapeHtml(say(words, 'verify.about'))}</h2><p><bdi dir="ltr" class="code">${formatReference(view.reference)}</bdi> · ${escapeHtml(say(words, `stages.${view.stage}`))}</p><p>${ends.map(nameOf).join(` ${arrowOf(voice)} `)}</p><ul>${lines.join('')}</ul></section>`
}

function broughtIn({ balance, quantity }: LineView): number {
  return balance ? balance.packed + balance.surplus + balance.adjusted : (quantity ?? 0)
}
