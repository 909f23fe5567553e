import type { Report } from '../core/evidence/report.ts'
import { checksMarkup } from './check-list.ts'
import { type SealState, verdictMarkup } from './verdict.ts'
import { say, type Words } from './words.ts'

/** Language and messages that the page brought. */
export interface Voice {
  readonly locale: string
  readonly words: Words
}

const STATES: Readonly<Record<Report['verdict'], SealState>> = {
  verified: 'passed',
  failed: 'failed',
  'not-verified': 'not-checked',
}

/** Redraws one of the parts that the server left to the seal. */
export function redraw(id: string, markup: string): void {
  const part = document.getElementById(id)
  if (part) part.innerHTML = markup
}

export function showState({ words }: Voice, state: 'ready' | 'checking' | 'unreachable'): void {
  const drawn = state === 'checking' ? 'checking' : 'not-checked'
  redraw(
    'verdict',
    verdictMarkup({
      state: drawn,
      title: say(words, `seal.${state}.title`),
      lines: [say(words, `seal.${state}.text`)],
    }),
  )
}

/** What a verdict says beside its title: `milliseconds` is what verifying took; `isPinned`: this browser remembers the log from now on; `isFile`: a file was checked, and no site shows it. */
type More = { readonly milliseconds: number; readonly isPinned?: boolean; readonly isFile?: boolean }

/** Draws the verdict and every check. */
export function showReport(voice: Voice, report: Report, more: More): void {
  redraw('verdict', reportVerdict(voice, report, more))
  redraw('checks', checksMarkup(voice.words, report.checks))
}

/** The seal of a report and the words beside it. */
export function reportVerdict({ locale, words }: Voice, report: Report, more: More): string {
  const number = new Intl.NumberFormat(`${locale}-u-nu-latn`, { maximumFractionDigits: 2, minimumFractionDigits: 2 })
  const seconds = number.format(more.milliseconds / 1000)
  const lines = [
    sentenceOf(words, report, more.isFile ?? false),
    ...(report.demo ? [say(words, 'seal.demo')] : []),
    ...(more.isPinned ? [say(words, 'seal.pinned')] : []),
    ...(report.events === undefined ? [] : [say(words, 'seal.measured', { events: report.events, seconds })]),
  ]
  return verdictMarkup({
    state: STATES[report.verdict],
    title: say(words, `seal.sentence.${report.sentence}.title`),
    lines,
  })
}

function sentenceOf(words: Words, report: Report, isFile: boolean): string {
  if (report.unusable) return say(words, `seal.unusable.${report.unusable.code}`)
  if (isFile && report.sentence === 'verified-no-witness') return say(words, 'seal.file')
  return say(
    words,
    `seal.sentence.${report.sentence}.text`,
    report.checks.find(check => check.name === 'witnesses')?.facts,
  )
}
