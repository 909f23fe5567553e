import type { Report } from '../../core/evidence/report.ts'
import { type Pin, pinHere } from '../pin.ts'
import { redraw } from '../show-report.ts'
import type { Misfit } from './judge.ts'
import type { Means } from './remembered.ts'
import { said, voiceHere } from './words.ts'

/**
 * Holds the files that are checked on `/verify` to what this browser has seen of their log. What can be told without a network is told at once;
 * for the rest the site is asked, and only when somebody says so: nothing about a file leaves this browser by itself.
 */
export function armCompared(means: Means): void {
  if (!document.getElementById('compared')) return
  document.addEventListener('throughline-report', event => {
    const report = (event as CustomEvent<Report>).detail
    const pin = pinHere()
    redraw('compared', '')
    if (pin) void compare(pin, report, means)
  })
}

async function compare(pin: Pin, report: Report, means: Means): Promise<void> {
  const code = report.checks.find(check => check.name === 'checkpoint-consistent')?.code
  if (code === 'checkpoint-forked' || code === 'checkpoint-inconsistent') return show(pin, report, means)
  if (code === 'no-consistency-proof') offer(pin, report, means)
}

/** The two notes themselves say it: no tile and no server is needed. */
async function show(pin: Pin, report: Report, means: Means): Promise<void> {
  const misfit = await means.misfitOf(pin, report.checkpointNote ?? '')
  if (misfit) await means.found(pin, misfit, false)
}

function offer(pin: Pin, report: Report, means: Means): void {
  const voice = voiceHere()
  redraw(
    'compared',
    `<div class="notice done"><p>${said(voice, 'memory.file.ask')}</p><p class="memory-links"><button type="button" class="btn" data-memory="compare">${said(voice, 'memory.file.compare')}</button></p></div>`,
  )
  document.querySelector('[data-memory="compare"]')?.addEventListener('click', () => void ask(pin, report, means))
}

async function ask(pin: Pin, report: Report, { hold, found }: Means): Promise<void> {
  const voice = voiceHere()
  redraw('compared', `<p>${said(voice, 'memory.remembered.checking')}</p>`)
  const judgement = (await hold(pin, report.checkpointNote))?.judgement
  const isFound = judgement !== undefined && 'first' in judgement
  if (isFound) await found(pin, judgement as Misfit)
  const path =
    judgement === undefined || judgement.outcome === 'unreachable'
      ? 'memory.file.unreachable'
      : 'memory.file.consistent'
  redraw(
    'compared',
    isFound ? '' : `<p class="notice done" data-compared="${judgement?.outcome ?? 'other'}">${said(voice, path)}</p>`,
  )
}
