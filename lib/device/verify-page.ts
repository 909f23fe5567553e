import type { Trusted } from '../core/evidence/log-checks.ts'
import type { Report } from '../core/evidence/report.ts'
import { describeView } from './describe-view.ts'
import { noteLink } from './memory/words.ts'
import { pinHere } from './pin.ts'
import { redraw, showReport, showState, type Voice } from './show-report.ts'
import { parseTypedKey } from './typed-key.ts'
import { escapeHtml, say } from './words.ts'

/** The verifier that the seal brings: this form is a module of its own, so that a consignment's page is spared it. */
export type Verify = (args: {
  bytes: Uint8Array
  trusted: Trusted
  seen: { readonly checkpointNote: string } | undefined
}) => Promise<Report>

/** Makes the form of the verify page work: choose, drop or paste a file, check it here. Nothing is fetched and nothing is sent. */
export function armVerifyForm(voice: Voice, form: HTMLFormElement, verify: Verify): void {
  const field = <Field extends HTMLElement>(id: string) => form.querySelector(`#${id}`) as Field
  const [file, text, key] = [
    field<HTMLInputElement>('file'),
    field<HTMLTextAreaElement>('text'),
    field<HTMLInputElement>('key'),
  ]
  const check = async () => {
    const bytes = await chosenBytes(file, text)
    const trusted = parseTypedKey(key.value)
    key.setAttribute('aria-invalid', String(trusted === undefined))
    if (trusted === undefined) return tell(voice, 'keyWrong')
    if (bytes === undefined) return tell(voice, 'empty')
    tell(voice)
    await checkFile({ voice, bytes, trusted, verify })
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    void check()
  })
  file.addEventListener('change', () => {
    text.value = ''
    void check()
  })
  text.addEventListener('input', () => {
    file.value = ''
  })
  document.addEventListener('dragover', event => event.preventDefault())
  document.addEventListener('drop', event => {
    event.preventDefault()
    if (!event.dataTransfer?.files.length) return
    file.files = event.dataTransfer.files
    text.value = ''
    void check()
  })
  showState(voice, 'ready')
  offerPolicy(voice)
}

async function chosenBytes(file: HTMLInputElement, text: HTMLTextAreaElement): Promise<Uint8Array | undefined> {
  const chosen = file.files?.[0]
  if (chosen) return new Uint8Array(await chosen.arrayBuffer())
  // A pasted file often loses its last newline, which says nothing about its content.
  const pasted = text.value.trim()
  return pasted === '' ? undefined : new TextEncoder().encode(`${pasted}\n`)
}

async function checkFile(args: { voice: Voice; bytes: Uint8Array; trusted: Trusted; verify: Verify }): Promise<void> {
  const { voice, bytes, trusted, verify } = args
  const since = performance.now()
  const pin = pinHere()
  const seen = pin && { checkpointNote: pin.checkpointNote }
  const report = await verify({ bytes, trusted, seen }).catch(error => {
    showState(voice, 'unreachable')
    throw error
  })
  showReport(voice, report, { milliseconds: performance.now() - since, isFile: true })
  document.dispatchEvent(new CustomEvent('throughline-report', { detail: report }))
  redraw('held', heldMarkup(voice, report))
  redraw('about', report.view ? describeView(voice, report.view) : '')
  // On a phone the form fills the screen, and the answer stands below it.
  document.getElementById('report')?.scrollIntoView({ block: 'nearest' })
}

/** That a file was held to witnesses nobody named on this page is said, and how many of them signed it. */
function heldMarkup({ words }: Voice, { checks }: Report): string {
  const { facts, outcome } = checks.find(({ name }) => name === 'witnesses') ?? {}
  if (!facts) return ''
  const look = outcome === 'pass' ? 'notice done' : 'notice'
  const names = facts.names === '' ? '' : ` ${escapeHtml(say(words, 'verify.heldNames', facts))}`
  return `<p class="${look}" data-held="${facts.k}/${facts.n}">${escapeHtml(say(words, 'verify.held', facts))}${names}</p>`
}

/** The file that checks offline knows nothing of this browser: whom the site is held to is handed to it as a file. */
function offerPolicy({ words }: Voice): void {
  const policy = pinHere()?.policy
  if (policy === undefined) return
  const text = (path: string) => escapeHtml(say(words, `verify.${path}`))
  const link = noteLink({ note: policy, file: 'witnesses.policy.txt', label: text('policyLink') })
  redraw('held-policy', `<div class="grid gap-2"><p>${text('policyText')}</p><p>${link}</p></div>`)
}

function tell({ words }: Voice, message?: 'empty' | 'keyWrong'): void {
  redraw('verify-said', message === undefined ? '' : `<p>${escapeHtml(say(words, `verify.${message}`))}</p>`)
}
