import { formatReference } from '../../core/custody/reference.ts'
import type { ConsignmentView, EventView, Shown } from '../../core/custody/views.ts'
import type { Report } from '../../core/evidence/report.ts'
import { checksMarkup } from '../check-list.ts'
import { arrowOf, describeView } from '../describe-view.ts'
import { reportVerdict, type Voice } from '../show-report.ts'
import { verdictMarkup } from '../verdict.ts'
import { escapeHtml, find, say } from '../words.ts'
import type { ReceiptOutcome, Result } from './files.ts'

const text = ({ words }: Voice, path: string, values?: Readonly<Record<string, string | number>>) =>
  escapeHtml(say(words, path, values))

/** Every file's answer, and before them what two files say together. */
export function resultsMarkup(voice: Voice, results: readonly Result[]): string {
  const isForked = results.some(
    result => result.kind === 'evidence' && result.report.checks.some(check => check.code === 'checkpoint-forked'),
  )
  const alert = isForked
    ? `<section class="notice loud" role="alert"><p><strong>${text(voice, 'memory.title.forked')}</strong></p><p>${text(voice, 'memory.text.forked')}</p></section>`
    : ''
  return `${alert}${results.map(result => resultMarkup(voice, result)).join('')}`
}

/** One file's answer, as the site shows it: the verdict, what it tells of, its way, and every check. */
function resultMarkup(voice: Voice, result: Result): string {
  const title = `<h2 class="result-name"><bdi>${escapeHtml(result.name)}</bdi></h2>`
  const body =
    result.kind === 'evidence'
      ? evidenceMarkup(voice, result)
      : result.kind === 'receipt'
        ? receiptMarkup(voice, result.receipt)
        : `<p>${text(voice, result.isUsed ? 'verifier.record.used' : 'verifier.record.unused')}</p>`
  return `<article class="result" data-file="${escapeHtml(result.name)}">${title}${body}</article>`
}

function evidenceMarkup(voice: Voice, { report, milliseconds }: { report: Report; milliseconds: number }): string {
  const { view } = report
  const tells = view ? `${describeView(voice, view)}${wayMarkup(voice, view)}` : ''
  const log =
    report.origin === undefined
      ? ''
      : `<p class="result-log">${text(voice, 'verifier.log')}: <bdi dir="ltr" class="code">${escapeHtml(report.origin)}</bdi> · ${text(voice, 'verifier.size', { size: report.checkpointSize ?? 0 })}</p>`
  return `${reportVerdict(voice, report, { milliseconds, isFile: true })}${log}${tells}<section class="sheet panel"><h3>${text(voice, 'verify.report')}</h3>${checksMarkup(voice.words, report.checks)}</section>`
}

/** The way of the goods: every record in its order, who signed it, when and where by their own word. */
function wayMarkup(voice: Voice, view: ConsignmentView): string {
  const shown = (value: Shown) => ('value' in value ? value.value : say(voice.words, `party.${value.absent}`))
  const names = new Map(view.parties.map(party => [party.reference, shown(party.name)]))
  const nameOf = (reference: string) => `<bdi>${escapeHtml(names.get(reference) ?? formatReference(reference))}</bdi>`
  const rows = view.events.map(event => {
    const place =
      event.fields.place && 'value' in event.fields.place ? ` · <bdi>${escapeHtml(event.fields.place.value)}</bdi>` : ''
    const handoff = view.handoffs.find(each => each.releaseIndex === event.index)
    const to = handoff?.taker === undefined ? '' : ` ${arrowOf(voice)} ${nameOf(handoff.taker)}`
    return `<li><p><b>${escapeHtml(kindOf(voice, event))}</b> · ${nameOf(event.by)}${to}</p><p class="way-when"><bdi dir="ltr">${escapeHtml(event.at.replace('T', ' '))}</bdi>${place} · ${text(voice, 'verifier.record.place', { index: event.index })}</p>${without(voice, event)}</li>`
  })
  return `<section class="sheet panel"><h3>${text(voice, 'verifier.way')}</h3><ol class="way">${rows.join('')}</ol><p class="way-when">${text(voice, 'verifier.wayNote')}</p></section>`
}

function kindOf({ words }: Voice, { kind, restates }: EventView): string {
  return find(words, `kinds.${restates ?? kind}`) ?? kind
}

function without(voice: Voice, { notInEffect }: EventView): string {
  if (notInEffect === undefined) return ''
  const why = find(voice.words, `refusals.${notInEffect}`) ?? notInEffect
  return `<p class="way-not">${text(voice, 'verifier.notInEffect')}: ${escapeHtml(why)}</p>`
}

function receiptMarkup(voice: Voice, receipt: ReceiptOutcome): string {
  switch (receipt.outcome) {
    case 'pass': {
      const { index, size, origin } = receipt
      const held = say(voice.words, 'verifier.receipt.pass.text', { index, size, origin })
      return verdictMarkup({
        state: 'passed',
        title: say(voice.words, 'verifier.receipt.pass.title'),
        lines: [held, say(voice.words, 'verifier.receipt.not')],
      })
    }
    case 'fail': {
      const why = find(voice.words, `codes.${receipt.code}`) ?? receipt.code
      return verdictMarkup({
        state: 'failed',
        title: say(voice.words, 'verifier.receipt.fail.title'),
        lines: [say(voice.words, 'verifier.receipt.fail.text'), why],
      })
    }
    case 'no-record':
    case 'no-key':
      return verdictMarkup({
        state: 'not-checked',
        title: say(voice.words, 'verifier.receipt.open.title'),
        lines: [say(voice.words, `verifier.receipt.${receipt.outcome}`)],
      })
  }
}
