import type { Voice } from '../show-report.ts'
import type { Finding, Shown } from './findings.ts'
import { fingerprintMarkup, noteLink, records, said, when } from './words.ts'

/** What did not fit, in plain words: what was seen when, what is shown now, both notes, and what somebody can do with them. */
export function findingMarkup(voice: Voice, finding: Finding): string {
  const { outcome, first, second, knownAt, answer } = finding
  const known = knownAt === undefined ? '' : `<p>${said(voice, 'memory.knownAt', { when: when(voice, knownAt) })}</p>`
  const answered = answer === undefined ? '' : `<p>${said(voice, `memory.answer.${answer}`)}</p>`
  const steps = ['keep', 'ask', 'compare', 'rely'].map(step => `<li>${said(voice, `memory.do.${step}`)}</li>`)
  return `<section class="notice loud memory" role="alert" data-finding="${outcome}"><h2><strong>${said(voice, `memory.title.${outcome}`)}</strong></h2><p>${said(voice, `memory.text.${outcome}`)}</p>${known}<dl class="facts">${fact(voice, 'first', first)}${fact(voice, 'second', second)}</dl>${answered}<h3>${said(voice, 'memory.do.title')}</h3><ul class="memory-list">${steps.join('')}</ul><p class="memory-links no-print">${links(voice, finding)}</p><p class="memory-note">${said(voice, 'memory.stays')}</p></section>`
}

function fact(voice: Voice, name: 'first' | 'second', { size, fingerprint, at }: Shown): string {
  const time = at === undefined ? '' : ` · ${said(voice, 'memory.at', { when: when(voice, at) })}`
  return `<div><dt>${said(voice, `memory.${name}`)}</dt><dd>${records(voice, size)}${time} · ${fingerprintMarkup(fingerprint)}</dd></div>`
}

function links(voice: Voice, { first, second }: Finding): string {
  const note = (shown: Shown, name: 'first' | 'second') =>
    noteLink({
      note: shown.note,
      file: `${name}-${shown.size}.checkpoint.txt`,
      label: said(voice, `memory.notes.${name}`),
    })
  return `${note(first, 'first')}${note(second, 'second')}<button type="button" class="btn quiet" data-memory="away">${said(voice, 'memory.away')}</button>`
}

/** A stored copy was shown: nothing is lost, and nothing to be alarmed about. */
export function olderMarkup(voice: Voice, { shown, seen }: { shown: number; seen: number }): string {
  const sizes = { shown: records(voice, shown), seen: records(voice, seen) }
  return `<section class="notice memory" data-finding="older"><p><strong>${said(voice, 'memory.title.older')}</strong></p><p>${said(voice, 'memory.text.older', sizes)}</p></section>`
}
