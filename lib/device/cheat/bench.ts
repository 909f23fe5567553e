import type { ConsignmentView } from '../../core/custody/views.ts'
import { formatEvidence, parseEvidence } from '../../core/evidence/bundle.ts'
import { formatJson, type Json } from '../../core/json.ts'
import { signatureVerifier } from '../ed25519.ts'
import { readPin, trustedBy } from '../pin.ts'
import { redraw, type Voice } from '../show-report.ts'
import { fingerprintIn } from '../track.ts'
import { escapeHtml, say } from '../words.ts'
import { fieldsMarkup, formMarkup, resultMarkup, wholeMarkup } from './bench-markup.ts'
import { type Bench, isOffered, layOut, OFFERS, type Offer, tamper, type Wish } from './offers.ts'
import { type HeldTo, tryOut } from './try.ts'

/** Opens the bench below the page's checks: a copy of the evidence, and everything a visitor may do to it. Loaded when it is asked for. */
export async function openBench(): Promise<void> {
  const place = document.getElementById('bench')
  const shown = document.getElementById('view')
  if (!place || !shown || place.dataset.open !== undefined) return
  place.dataset.open = ''
  const voice = { ...voiceIn('words'), words: { ...voiceIn('words').words, ...voiceIn('more-words').words } }
  const tell = (path: string) => redraw('bench', `<p class="bench-how">${escapeHtml(say(voice.words, path))}</p>`)
  tell('cheat.opening')
  try {
    const { evidence = '', size } = shown.dataset
    const answer = await fetch(`${evidence}?size=${size}`)
    const parsed = parseEvidence(new Uint8Array(await answer.arrayBuffer()))
    const view = JSON.parse(shown.textContent) as ConsignmentView
    const bench = parsed.ok ? layOut(parsed.value, view) : undefined
    if (!bench) return tell('cheat.broken')
    const held = await heldHere()
    const before = await tryOut(untouched(bench), held)
    if (before.verdict === 'failed') return tell('cheat.broken')
    arm({ place, voice, bench, held })
  } catch (error) {
    delete place.dataset.open
    tell('cheat.failed')
    throw error
  }
}

/** What the visitor's browser holds this log to by now: the label's fingerprint, and what the page's own seal has pinned. */
async function heldHere(): Promise<HeldTo> {
  const verify = await signatureVerifier()
  const fingerprint = fingerprintIn(location.hash)
  let pin: ReturnType<typeof readPin>
  try {
    pin = readPin(localStorage, location.host)
  } catch {
    // A browser that keeps nothing has no pin.
  }
  return { trusted: trustedBy({ pin, fingerprint }), seen: pin && { checkpointNote: pin.checkpointNote }, verify }
}

function voiceIn(id: string): Voice {
  return JSON.parse(document.getElementById(id)?.textContent ?? '{}') as Voice
}

const untouched = ({ evidence, view }: Bench) => ({
  file: new TextEncoder().encode(formatEvidence(evidence)),
  pageView: formatJson(view as unknown as Json),
})

function arm(args: { place: HTMLElement; voice: Voice; bench: Bench; held: HeldTo }): void {
  const { place, voice, bench, held } = args
  const first = OFFERS.find(offer => isOffered(bench, offer)) ?? 'byte'
  place.innerHTML = formMarkup(voice, bench, first)
  const form = place.querySelector('form') as HTMLFormElement
  const part = (name: string) => place.querySelector(`.bench-${name}`) as HTMLElement
  form.addEventListener('change', event => {
    const { name, value } = event.target as HTMLInputElement
    if (name === 'offer') part('fields').innerHTML = fieldsMarkup(voice, bench, value as Offer)
    part('said').textContent = ''
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    void cheat()
  })
  place.addEventListener('click', event => {
    const act =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-bench]')?.dataset.bench : undefined
    if (act === 'back') void putBack()
  })

  const show = (markup: string) => {
    part('result').innerHTML = markup
    place.querySelector<HTMLElement>('.bench-verdict')?.focus()
  }
  const cheat = async () => {
    const filled = new FormData(form)
    const offer = String(filled.get('offer')) as Offer
    const seed = crypto.getRandomValues(new Uint8Array(32))
    const done = tamper({ bench, offer, wish: wishIn(filled, bench, offer), seed })
    part('said').textContent = done ? '' : say(voice.words, 'cheat.cannot')
    if (!done) return
    const report = await tryOut(done, held)
    show(resultMarkup(voice, { report, done, offer }))
    const save = place.querySelector<HTMLAnchorElement>('[data-bench="save"]')
    if (save)
      save.href = URL.createObjectURL(new Blob([done.file as Uint8Array<ArrayBuffer>], { type: 'application/json' }))
  }
  const putBack = async () => show(wholeMarkup(voice, await tryOut(untouched(bench), held)))
  form.querySelector<HTMLInputElement>('input')?.focus()
}

function wishIn(filled: FormData, bench: Bench, offer: Offer): Wish {
  const text = (name: string) => String(filled.get(name) ?? '').trim()
  const record = Number(text(offer === 'name' ? 'party' : 'record'))
  if (offer === 'byte') return { record, place: Number(text('byte')) }
  if (offer === 'date') {
    const at = String(bench.own.find(taken => taken.index === record)?.event.at ?? '')
    return { record, value: text('date') === '' ? '' : text('date') + at.slice(10) }
  }
  const value = ['taker', 'name', 'page'].includes(offer) ? text(offer) : text('quantity')
  return { record, value }
}
