import type { Check } from '../core/evidence/report.ts'
import { escapeHtml, find, say, type Words } from './words.ts'

const MARKS = { pass: '✓', fail: '✗', 'not-run': '–' } as const

/** A check that has not answered yet: what a server renders, and what a browser shows while it works. */
export type Waiting = { readonly name: string; readonly outcome?: undefined }

/** What a check came to, in a sentence: by its code, with the record that fails it. */
export function checkSentence(words: Words, check: Check): string {
  const said =
    check.outcome === 'pass'
      ? say(
          words,
          check.facts?.by === undefined ? `checks.${check.name}.ok` : `checks.${check.name}.confirmed`,
          check.facts,
        )
      : (find(words, `codes.${check.code}`, check.facts) ?? find(words, `refusals.${check.code}`) ?? check.detail)
  return check.leaf === undefined ? said : `${say(words, 'codes.atRecord', { index: check.leaf })}: ${said}`
}

/** Every check in plain words: its name, what it came to, what it proves and what it does not. One markup for server and browser. */
export function checksMarkup(words: Words, checks: readonly (Check | Waiting)[]): string {
  return `<ul class="checks">${checks.map(check => itemMarkup(words, check)).join('')}</ul>`
}

function itemMarkup(words: Words, check: Check | Waiting): string {
  const text = (path: string) => escapeHtml(say(words, path))
  const outcome = check.outcome ?? 'waiting'
  const mark = check.outcome === undefined ? '·' : MARKS[check.outcome]
  const attribute = check.outcome === undefined ? '' : ` data-outcome="${outcome}"`
  const said =
    check.outcome === undefined
      ? text(`checks.${check.name}.proves`)
      : `<span class="sr-only">${text(`outcomes.${outcome}`)}: </span>${escapeHtml(checkSentence(words, check))}`
  return `<li data-check="${escapeHtml(check.name)}"${attribute}><span class="check-mark" aria-hidden="true">${mark}</span><div><h3>${text(`checks.${check.name}.title`)}</h3><p class="check-said">${said}</p><p class="check-not">${text('checks.aboutNot')}: ${text(`checks.${check.name}.not`)}</p></div></li>`
}
