import type { ConsignmentView } from '../core/custody/views.ts'
import { handInDaily } from './memory/hand-in.ts'
import { pluralOf } from './plural.ts'
import { redraw, type Voice } from './show-report.ts'
import { readVisits, type Visit, visitsAfter, writeVisits } from './visits.ts'
import { whenOf } from './when.ts'
import { escapeHtml, say } from './words.ts'

/** Address of the bundle of `memory/memory.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const MEMORY_MODULE: string

// What a page does once its verdict stands: nothing here is needed for it.

/** Says what is new to this browser, how many events there are of how many, and offers the device's own way of sharing. */
export function afterVerdict(): void {
  const share = document.querySelector<HTMLElement>('[data-does="share"]')
  if (share && typeof navigator.share === 'function') share.hidden = false
  remember()
  const view = JSON.parse(document.getElementById('view')?.textContent ?? 'null') as ConsignmentView | null
  if (!view) return
  const passed = (name: string) =>
    document.querySelector(`#checks [data-check="${name}"][data-outcome="pass"]`) !== null
  if (passed('complete')) sayWhole(voice(), view)
  // Only what was checked is remembered as seen: a page that fails shows nothing worth keeping.
  if (passed('page-agrees')) sayNew(voice(), view)
}

/** Shows again what did not fit on this site before, and shows the site what this browser holds, once a day: whoever set it back may not know. */
function remember(): void {
  try {
    void handInDaily(localStorage, location.host, Date.now())
    if ((localStorage.getItem(`throughline/findings/v1/${location.host}`) ?? '[]') === '[]') return
    void (import(MEMORY_MODULE) as Promise<typeof import('./memory/memory.ts')>).then(module => module.showKept())
  } catch {
    // Storage is denied: nothing is remembered, so nothing is to be shown.
  }
}

/** `6 of 6` is said only here, where the log's index has been checked. */
function sayWhole(voice: Voice, { events }: ConsignmentView): void {
  redraw('count', escapeHtml(say(voice.words, 'visit.whole', { count: events.length })))
}

function sayNew(voice: Voice, view: ConsignmentView): void {
  let store: Storage
  try {
    store = localStorage
  } catch {
    return
  }
  const kept = readVisits(store, location.host)
  const seen: Visit = { at: Date.now(), newest: Math.max(...view.events.map(event => event.index)) }
  const { visits, since } = visitsAfter(kept[view.reference], seen)
  writeVisits(store, location.host, { ...kept, [view.reference]: visits })
  if (since) showNew(voice, { view, since, now: seen.at })
}

function showNew({ locale, words }: Voice, args: { view: ConsignmentView; since: Visit; now: number }): void {
  const { view, since, now } = args
  const fresh = view.events.filter(event => event.index > since.newest).map(event => event.index)
  const isToday = now - since.at < 86_400_000
  const when = whenOf({ locale, milliseconds: since.at, isTimed: isToday })
  const events = pluralOf({ message: say(words, 'visit.events'), locale, count: fresh.length })
  const said = fresh.length === 0 ? say(words, 'visit.nothing', { when }) : say(words, 'visit.since', { events, when })
  const links = new Map<string, string>()
  for (const index of fresh) {
    const mark = document.querySelector(`[data-record="${index}"]`)
    if (mark) mark.innerHTML = `<span class="new-mark">${escapeHtml(say(words, 'visit.new'))}</span>`
    const row = mark?.closest('[id^="record-"]')
    const title = row?.querySelector('[data-title]')?.textContent
    if (row && title) links.set(row.id, title)
  }
  const list = [...links].map(([id, title]) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`)
  redraw(
    'visit',
    `<div class="visit"><p>${escapeHtml(said)}</p>${list.length === 0 ? '' : `<ul>${list.join('')}</ul>`}</div>`,
  )
}

/** Puts the page's address on the clipboard, its fragment with it: who gets it is held to the same key. Where that is refused, shows it to be copied by hand. */
export async function copyAddress(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href)
    tell('share.copied')
  } catch {
    const { words } = voice()
    const label = escapeHtml(say(words, 'share.byHand'))
    redraw(
      'shared',
      `<label class="said-label">${label}<input class="input code" dir="ltr" readonly value="${escapeHtml(location.href)}"></label>`,
    )
    document.querySelector<HTMLInputElement>('#shared input')?.select()
  }
}

/** The device's own way of sharing; closing it without a choice is no failure. */
export async function shareAddress(): Promise<void> {
  try {
    await navigator.share({ title: document.title, url: location.href })
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) await copyAddress()
  }
}

const voice = () => JSON.parse(document.getElementById('more-words')?.textContent ?? '{}') as Voice

function tell(path: string): void {
  redraw('shared', `<p>${escapeHtml(say(voice().words, path))}</p>`)
}
