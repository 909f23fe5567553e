import { rootFingerprint } from '../../core/ledger/root-fingerprint.ts'
import { forgetPin, type Pin, pinnedOn, readPin, writePin } from '../pin.ts'
import { redraw, type Voice } from '../show-report.ts'
import { putAway } from './findings.ts'
import { forgetHeld } from './hand-in.ts'
import { fingerprintMarkup, noteLink, records, said, voiceHere, when } from './words.ts'

/** Given rather than imported: they import this file. */
export interface Means {
  readonly hold: typeof import('./memory.ts').hold
  readonly found: typeof import('./memory.ts').found
  readonly misfitOf: typeof import('./memory.ts').misfitOf
}

/** Fills the place on `/log` that says what this browser remembers: compares it with the site's newest checkpoint, and moves on with it. */
export function armRemembered(means: Means): void {
  if (!document.getElementById('remembered')) return
  const voice = voiceHere()
  const pin = readPin(localStorage, location.host)
  if (pin) {
    draw(voice, pin, `<p>${said(voice, 'memory.remembered.checking')}</p>`)
    void compare(voice, pin, means)
  } else redraw('remembered', `<p>${said(voice, 'memory.remembered.none')}</p>`)
}

async function compare(voice: Voice, pin: Pin, { hold, found }: Means): Promise<void> {
  const judged = await hold(pin)
  if (!judged) return draw(voice, pin, `<p data-remembered="other">${said(voice, 'memory.remembered.other')}</p>`)
  const { judgement, seen, shown } = judged
  switch (judgement.outcome) {
    case 'unreachable':
      return draw(voice, pin, `<p data-remembered="unreachable">${said(voice, 'memory.remembered.unreachable')}</p>`)
    case 'consistent': {
      // As it stands now: something else on this page, or another tab, may have changed it meanwhile.
      const kept = readPin(localStorage, location.host) ?? pin
      const isSame = kept.checkpointNote === pin.checkpointNote
      const isMore = isSame && shown.size > seen.size
      const next = isMore ? pinnedOn(kept, { checkpointNote: shown.note, at: Date.now() }) : kept
      if (isMore) writePin(localStorage, location.host, next)
      const sizes = { seen: records(voice, seen.size), shown: records(voice, shown.size) }
      return draw(voice, next, line('done', 'consistent', said(voice, 'memory.remembered.consistent', sizes)))
    }
    case 'older': {
      const sizes = { shown: records(voice, shown.size), seen: records(voice, seen.size) }
      return draw(voice, pin, line('', 'older', said(voice, 'memory.text.older', sizes)))
    }
    case 'behind':
    case 'forked':
    case 'unproven':
      await found(pin, judgement)
      return draw(voice, pin, line('loud', judgement.outcome, said(voice, `memory.title.${judgement.outcome}`)))
  }
}

const line = (look: string, outcome: string, text: string) =>
  `<p class="notice ${look}" data-remembered="${outcome}">${text}</p>`

function draw(voice: Voice, pin: Pin, state: string): void {
  const kept = [pin, ...(pin.earlier ?? [])].map(({ checkpointNote, at }) => {
    const [, size = '', root = ''] = checkpointNote.split('\n')
    const time = at === undefined ? '' : `${when(voice, at)} · `
    return `<li>${time}${records(voice, Number(size))} · ${fingerprintMarkup(fingerprintOf(root))}</li>`
  })
  const download = noteLink({
    note: pin.checkpointNote,
    file: 'kept.checkpoint.txt',
    label: said(voice, 'memory.remembered.download'),
  })
  redraw(
    'remembered',
    `<div aria-live="polite">${state}</div><h3>${said(voice, 'memory.remembered.kept')}</h3><ul class="memory-kept">${kept.join('')}</ul><p class="memory-links">${download}</p><details><summary>${said(voice, 'memory.remembered.forget')}</summary><p>${said(voice, 'memory.remembered.forgetText')}</p><p class="memory-links"><button type="button" class="btn" data-memory="forget">${said(voice, 'memory.remembered.forget')}</button></p></details>`,
  )
  document.querySelector('[data-memory="forget"]')?.addEventListener('click', () => {
    forgetPin(localStorage, location.host)
    forgetHeld(localStorage, location.host)
    putAway(localStorage, location.host)
    redraw('memory', '')
    redraw('remembered', `<p role="status">${said(voice, 'memory.remembered.forgotten')}</p>`)
  })
}

/** Of a root as the note's third line has it. */
function fingerprintOf(base64: string): string {
  return rootFingerprint(Uint8Array.from(atob(base64), character => character.charCodeAt(0)))
}
