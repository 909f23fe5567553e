import { escapeHtml } from './words.ts'

/** The five drawings. `unknown` is what a server renders: nobody has checked anything yet. */
export type SealState = 'unknown' | 'checking' | 'passed' | 'failed' | 'not-checked'

const RING = '<circle cx="26" cy="26" r="23" stroke-width="2.5"'

/** What is inside the 52×52 drawing of each state; told apart by line and mark, not by colour alone. */
const DRAWINGS: Readonly<Record<SealState, string>> = {
  unknown: `${RING} stroke-dasharray="3 6"/>`,
  checking: `${RING} opacity=".25"/><circle data-turns cx="26" cy="26" r="23" stroke-width="2.5" stroke-dasharray="36 109" stroke-linecap="round"/><circle cx="26" cy="26" r="18.5" stroke-width="1" stroke-dasharray="1.5 3"/>`,
  passed: `${RING} data-drawn pathLength="1"/><circle cx="26" cy="26" r="18.5" stroke-width="1" stroke-dasharray="1.5 3"/><path data-drawn pathLength="1" d="M17 27l6.5 6.5L36 20" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/>`,
  failed:
    '<path d="M30 3.4A23 23 0 0 1 48.6 30M44 40A23 23 0 0 1 8 40M3.4 30A23 23 0 0 1 22 3.4" stroke-width="2.5" stroke-linecap="round"/><path data-drawn pathLength="1" d="M18 18l16 16" stroke-width="3.5" stroke-linecap="round"/><path data-drawn pathLength="1" d="M34 18L18 34" stroke-width="3.5" stroke-linecap="round"/>',
  'not-checked': `${RING}/><circle cx="26" cy="26" r="18.5" stroke-width="1"/><path d="M18 26h16" stroke-width="3.5" stroke-linecap="round"/>`,
}

/** The seal and the words beside it. One markup for the server, which only ever draws `unknown`, and for the browser. */
export function verdictMarkup({
  state,
  title,
  lines,
}: {
  state: SealState
  title: string
  lines: readonly string[]
}): string {
  const said = lines.map(line => `<p class="verdict-line">${escapeHtml(line)}</p>`).join('')
  return `<div class="verdict" data-state="${state}"><svg class="seal" viewBox="0 0 52 52" fill="none" stroke="currentColor" aria-hidden="true">${DRAWINGS[state]}</svg><div><p class="verdict-title">${escapeHtml(title)}</p>${said}</div></div>`
}
