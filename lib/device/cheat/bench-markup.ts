import type { Check, Report } from '../../core/evidence/report.ts'
import { checkSentence } from '../check-list.ts'
import type { Voice } from '../show-report.ts'
import { type SealState, verdictMarkup } from '../verdict.ts'
import { escapeHtml, find, say } from '../words.ts'
import { type Bench, isOffered, namesIn, OFFERS, type Offer, quantityIn, type Tampered, takerIn } from './offers.ts'
import { type Taken, textAt } from './records.ts'

const escaped = (voice: Voice, path: string, values?: Readonly<Record<string, string | number>>) =>
  escapeHtml(say(voice.words, path, values))

/** The form: what may be changed, one choice of many, and the fields of the one that is chosen. */
export function formMarkup(voice: Voice, bench: Bench, chosen: Offer): string {
  const choices = OFFERS.filter(offer => isOffered(bench, offer)).map(
    offer =>
      `<label class="bench-choice"><input type="radio" name="offer" value="${offer}"${offer === chosen ? ' checked' : ''}><span>${escaped(voice, `cheat.offer.${offer}`)}</span></label>`,
  )
  return `<form class="bench-form"><fieldset><legend>${escaped(voice, 'cheat.what')}</legend><div class="bench-choices">${choices.join('')}</div></fieldset><div class="bench-fields">${fieldsMarkup(voice, bench, chosen)}</div><div><button type="submit" class="btn primary">${escaped(voice, 'cheat.go')}</button></div><p class="bench-said" role="alert"></p></form><div class="bench-result"></div>`
}

/** What the chosen offer does, and what it needs to know. */
export function fieldsMarkup(voice: Voice, bench: Bench, offer: Offer): string {
  const how = `<p class="bench-how">${escaped(voice, `cheat.how.${offer}`)}</p>`
  return how + FIELDS[offer](voice, bench)
}

type Fields = (voice: Voice, bench: Bench) => string

const quantityFields: Fields = (voice, bench) => {
  const records = bench.own.filter(quantityIn)
  const first = records[0]
  const was = Number(first && textAt(first.event, quantityIn(first) ?? []))
  return (
    recordField(voice, records) +
    inputField(voice, 'quantity', String(was > 1 ? Math.floor(was / 2) : was + 1), 'inputmode="numeric"')
  )
}

const middle: Fields = (voice, bench) => recordField(voice, bench.own.slice(1, -1))
const none: Fields = () => ''

const FIELDS: Readonly<Record<Offer, Fields>> = {
  quantity: quantityFields,
  signature: quantityFields,
  'own-log': quantityFields,
  taker: (voice, bench) => {
    const records = bench.own.filter(takerIn)
    const now = records[0] && takerIn(records[0])
    const others = bench.view.parties.filter(party => party.reference !== now)
    const options = others.map(
      ({ reference, name }) =>
        [reference, 'value' in name ? name.value : `${say(voice.words, 'party.withheld')} (${reference})`] as const,
    )
    return recordField(voice, records) + selectField(voice, 'taker', options)
  },
  date: (voice, bench) => {
    const at = textAt(bench.own[0]?.event ?? {}, ['at']) ?? ''
    const before = new Date(Date.parse(`${at.slice(0, 10)}T00:00:00Z`) - 7 * 86_400_000)
    const day = Number.isNaN(before.getTime()) ? '' : before.toISOString().slice(0, 10)
    return recordField(voice, bench.own) + inputField(voice, 'date', day, 'type="date"')
  },
  name: (voice, bench) => {
    const options = [...namesIn(bench)].map(([index, name]) => [String(index), name] as const)
    return selectField(voice, 'party', options) + inputField(voice, 'name', 'Harbor Relief Inc.')
  },
  byte: (voice, bench) => {
    const most = longest(bench)
    return (
      recordField(voice, bench.own) +
      inputField(voice, 'byte', String(Math.min(most, 200)), `type="number" min="1" max="${most}"`, { most })
    )
  },
  'drop-middle': middle,
  'drop-last': none,
  swap: (voice, bench) => recordField(voice, bench.own.slice(0, -1)),
  checkpoint: none,
  page: (voice, bench) => inputField(voice, 'page', `${bench.view.lines[0]?.item ?? ''} ×2`),
}

function longest({ evidence, own }: Bench): number {
  const of = new Set(own.map(taken => taken.index))
  return Math.min(...evidence.leaves.filter(leaf => of.has(leaf.index)).map(leaf => leaf.bytes.length))
}

function recordField(voice: Voice, records: readonly Taken[]): string {
  const options = records.map(({ index, event }) => {
    const kind = find(voice.words, `kinds.${textAt(event, ['kind'])}`) ?? say(voice.words, 'kinds.newer')
    return [String(index), say(voice.words, 'cheat.recordNumber', { index, kind })] as const
  })
  return field('record', escaped(voice, 'cheat.record'), selectMarkup('record', options))
}

function selectField(voice: Voice, name: 'taker' | 'party', options: readonly (readonly [string, string])[]): string {
  return field(name, escaped(voice, `cheat.field.${name}`), selectMarkup(name, options))
}

function selectMarkup(name: string, options: readonly (readonly [string, string])[]): string {
  const list = options.map(([value, text]) => `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`)
  return `<select id="cheat-${name}" name="${name}" class="input">${list.join('')}</select>`
}

function inputField(
  voice: Voice,
  name: 'quantity' | 'date' | 'name' | 'byte' | 'page',
  value: string,
  attributes = '',
  values: Readonly<Record<string, number>> = {},
): string {
  const label = escaped(voice, `cheat.field.${name}`, values)
  return field(
    name,
    label,
    `<input id="cheat-${name}" name="${name}" class="input" value="${escapeHtml(value)}" required autocomplete="off" dir="auto" ${attributes}>`,
  )
}

const field = (name: string, label: string, control: string) =>
  `<div class="bench-field"><label for="cheat-${name}">${label}</label>${control}</div>`

/** What the changed copy came to: the verdict, what was changed, and each check that fails with what it means. */
export function resultMarkup(voice: Voice, args: { report: Report; done: Tampered; offer: Offer }): string {
  const { report, done, offer } = args
  const failing = report.checks.filter(check => check.outcome === 'fail')
  const isCaught = report.verdict === 'failed'
  const said = report.unusable
    ? [say(voice.words, 'cheat.result.unusable'), say(voice.words, `seal.unusable.${report.unusable.code}`)]
    : isCaught
      ? [say(voice.words, 'cheat.result.caughtText', { failed: failing.length, all: report.checks.length })]
      : [say(voice.words, 'cheat.result.missedText'), say(voice.words, gapOf(offer))]
  const title = say(voice.words, isCaught ? 'cheat.result.caught' : 'cheat.result.missed')
  return [
    heading(isCaught ? 'failed' : 'not-checked', title, said),
    changeMarkup(voice, done, offer),
    isCaught && !report.unusable
      ? `<h3>${escaped(voice, 'cheat.result.failing')}</h3><ul class="bench-failing">${failing.map(check => failingMarkup(voice, check)).join('')}</ul>`
      : '',
    listMarkup(
      voice,
      'cheat.result.passing',
      report.checks.filter(check => check.outcome === 'pass'),
    ),
    listMarkup(
      voice,
      'cheat.result.skipped',
      report.checks.filter(check => check.outcome === 'not-run'),
    ),
    `<div class="bench-actions"><button type="button" class="btn" data-bench="back">${escaped(voice, 'cheat.result.back')}</button><a class="btn quiet" data-bench="save" download="forged.evidence.json">${escaped(voice, 'cheat.result.save')}</a></div>`,
  ].join('')
}

const gapOf = (offer: Offer) =>
  offer === 'drop-last' || offer === 'checkpoint' ? `cheat.gap.${offer}` : 'cheat.gap.other'

/** The copy put back, checked again: what the untouched evidence comes to. */
export function wholeMarkup(voice: Voice, report: Report): string {
  const states: Readonly<Record<Report['verdict'], SealState>> = {
    verified: 'passed',
    failed: 'failed',
    'not-verified': 'not-checked',
  }
  return heading(states[report.verdict], say(voice.words, `seal.sentence.${report.sentence}.title`), [
    say(voice.words, 'cheat.result.wholeText'),
  ])
}

/** The verdict, which focus goes to, so that who does not see it hears it next. */
function heading(state: SealState, title: string, lines: readonly string[]): string {
  return `<div class="bench-verdict" tabindex="-1">${verdictMarkup({ state, title, lines })}</div>`
}

function changeMarkup(voice: Voice, { record, was, is }: Tampered, offer: Offer): string {
  const isCount = offer === 'drop-middle' || offer === 'drop-last'
  const title = isCount ? say(voice.words, 'cheat.result.records') : say(voice.words, 'cheat.result.changed')
  const at = record === undefined ? '' : ` · ${say(voice.words, 'codes.atRecord', { index: record })}`
  const shown = (value: string) => `<bdi class="code">${escapeHtml(value)}</bdi>`
  return `<h3>${escapeHtml(title + at)}</h3><dl class="bench-change"><div><dt>${escaped(voice, 'cheat.result.was')}</dt><dd><del>${shown(was)}</del></dd></div><div><dt>${escaped(voice, 'cheat.result.is')}</dt><dd><ins>${shown(is)}</ins></dd></div></dl>`
}

function failingMarkup({ words }: Voice, check: Check): string {
  const text = (path: string) => escapeHtml(say(words, path))
  return `<li data-check="${escapeHtml(check.name)}"><span class="check-mark" aria-hidden="true">✗</span><div><h4>${text(`checks.${check.name}.title`)}</h4><p>${escapeHtml(checkSentence(words, check))}</p><p class="check-not">${text('cheat.result.means')}: ${text(`checks.${check.name}.proves`)}</p></div></li>`
}

function listMarkup(voice: Voice, title: string, checks: readonly Check[]): string {
  const names = checks.map(check => say(voice.words, `checks.${check.name}.title`))
  return `<p class="bench-list"><b>${escaped(voice, title)}:</b> ${names.length === 0 ? escaped(voice, 'cheat.result.none') : escapeHtml(names.join(' · '))}</p>`
}
