import type { Trusted } from '../../core/evidence/log-checks.ts'
import { verifyEd25519Fallback } from '../../core/ledger/ed25519.ts'
import { nativeVerifier } from '../native-ed25519.ts'
import { redraw, type Voice } from '../show-report.ts'
import { parseTypedKey } from '../typed-key.ts'
import { escapeHtml, say, type Words } from '../words.ts'
import { type Chosen, checkFiles, isPolicy, type Result, textOf } from './files.ts'
import { pageMarkup } from './page-markup.ts'
import { resultsMarkup } from './result-markup.ts'

// The offline verifier: all of this is inside one HTML file, which is opened from a disk and asks no network for anything.

/** Every language that the file speaks, as `lib/cli/bundle-verifier.mjs` puts it in. */
type Languages = Readonly<Record<string, { readonly name: string; readonly dir: string; readonly words: Words }>>

const languages = JSON.parse(document.getElementById('languages')?.textContent ?? '{}') as Languages
const state: {
  locale: string
  files: readonly Chosen[]
  policy: Chosen | undefined
  key: string
  results: readonly Result[]
  said: string
} = { locale: firstLocale(), files: [], policy: undefined, key: '', results: [], said: '' }

function firstLocale(): string {
  const asked = navigator.languages.map(tag => tag.split('-')[0] ?? '')
  return asked.find(tag => Object.hasOwn(languages, tag)) ?? 'en'
}

const voice = (): Voice => ({ locale: state.locale, words: languages[state.locale]?.words ?? {} })

/** The whole page anew, in its language, with what was chosen and found. */
function draw(): void {
  const { locale } = state
  document.documentElement.lang = locale
  document.documentElement.dir = languages[locale]?.dir ?? 'ltr'
  document.title = say(voice().words, 'verifier.title')
  redraw('page', pageMarkup(voice(), languages))
  arm()
  drawState()
}

function drawState(): void {
  const { words } = voice()
  const names = state.files.map(({ name }) => `<li><bdi>${escapeHtml(name)}</bdi></li>`)
  redraw('chosen', names.length === 0 ? '' : `<ul>${names.join('')}</ul>`)
  redraw('policy-name', state.policy ? `<bdi>${escapeHtml(state.policy.name)}</bdi>` : '')
  redraw('said', state.said === '' ? '' : `<p>${escapeHtml(say(words, state.said))}</p>`)
  redraw('results', resultsMarkup(voice(), state.results))
  const print = document.getElementById('print')
  if (print) print.hidden = state.results.length === 0
}

const field = <Field extends HTMLElement>(id: string) => document.getElementById(id) as Field

function arm(): void {
  const [files, policy, key] = [
    field<HTMLInputElement>('files'),
    field<HTMLInputElement>('policy'),
    field<HTMLInputElement>('key'),
  ]
  key.value = state.key
  key.addEventListener('input', () => {
    state.key = key.value
  })
  files.addEventListener('change', () => void take(files.files))
  policy.addEventListener('change', () => void takePolicy(policy.files?.[0]))
  field('form').addEventListener('submit', event => {
    event.preventDefault()
    void check()
  })
  field('print').addEventListener('click', () => print())
  for (const button of document.querySelectorAll<HTMLElement>('[data-locale]'))
    button.addEventListener('click', () => {
      state.locale = button.dataset.locale ?? 'en'
      draw()
      document.querySelector<HTMLElement>(`[data-locale="${state.locale}"]`)?.focus()
    })
}

async function chosenOf(file: File): Promise<Chosen> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}

async function take(list: FileList | null): Promise<void> {
  if (!list?.length) return
  state.files = await Promise.all([...list].map(chosenOf))
  await check()
}

async function takePolicy(file: File | undefined): Promise<void> {
  state.policy = file && (await chosenOf(file))
  if (state.files.length > 0) await check()
  else drawState()
}

/** What stands in the fields, or the message to show instead. Witnesses that are asked for and cannot be read are never left out. */
function trusted(): Trusted | string {
  const key = parseTypedKey(state.key)
  field('key').setAttribute('aria-invalid', String(key === undefined))
  if (key === undefined) return 'verify.keyWrong'
  if (!state.policy) return key
  const policy = textOf(state.policy)
  return policy !== undefined && isPolicy(policy) ? { ...key, policy } : 'verifier.policyWrong'
}

async function check(): Promise<void> {
  const trust = trusted()
  const isReady = typeof trust !== 'string' && state.files.length > 0
  state.said = typeof trust === 'string' ? trust : isReady ? '' : 'verifier.none'
  state.results = []
  if (isReady) {
    const verify = (await nativeVerifier()) ?? verifyEd25519Fallback
    state.results = await checkFiles({ files: state.files, trusted: trust, verify })
  }
  drawState()
  if (isReady) document.getElementById('results')?.scrollIntoView({ block: 'nearest' })
}

document.addEventListener('dragover', event => event.preventDefault())
document.addEventListener('drop', event => {
  event.preventDefault()
  void take(event.dataTransfer?.files ?? null)
})
draw()
