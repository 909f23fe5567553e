import { failed, passed } from '../../core/evidence/checks.ts'
import type { Check, Report } from '../../core/evidence/report.ts'
import { rootFingerprint } from '../../core/ledger/root-fingerprint.ts'
import type { Pin } from '../pin.ts'
import { redraw } from '../show-report.ts'
import { armCompared } from './compared.ts'
import { fetchNewest, readSigned } from './fetch-log.ts'
import { fetchTile } from './fetch-tile.ts'
import { findingMarkup, olderMarkup } from './finding-markup.ts'
import { bodyOf, type Finding, keepFinding, putAway, readFindings } from './findings.ts'
import { handIn } from './hand-in.ts'
import { type Judgement, judge, type Misfit, type Signed } from './judge.ts'
import { armRemembered } from './remembered.ts'
import { voiceHere } from './words.ts'

// Loaded where a server's own proof did not show that its past is unchanged, where something was found here before, and on the pages about the log.

const CODES = { behind: 'checkpoint-behind', unproven: 'checkpoint-unproven' } as const

/**
 * What `checkpoint-consistent` comes to for a page of this site, worked out from the log's tiles; what is found is drawn and kept. Undefined
 * where the two checkpoints are not of one log, which other checks say. Rejects where the site does not answer: nothing was checked then.
 */
export async function settle(pin: Pin, report: Report): Promise<Check | undefined> {
  const judged = await hold(pin, report.checkpointNote)
  if (!judged) return undefined
  const { judgement, seen, shown } = judged
  const facts = { size: shown.size, seen: seen.size }
  if (!('first' in judgement)) {
    if (judgement.outcome === 'unreachable') throw new Error('the log did not answer')
    if (judgement.outcome === 'older')
      redraw('memory', olderMarkup(voiceHere(), { shown: shown.size, seen: seen.size }))
    return passed('checkpoint-consistent', { facts })
  }
  await found(pin, judgement)
  return failed('checkpoint-consistent', codeOf(judgement), '', { facts })
}

function codeOf({ outcome, first, second }: Misfit) {
  if (outcome !== 'forked') return CODES[outcome]
  return first.size === second.size ? 'checkpoint-forked' : 'checkpoint-inconsistent'
}

/** Holds a checkpoint that is shown (by default the site's newest) to what `pin` has seen. Undefined where it is of another log, or of none. */
export async function hold(
  pin: Pin,
  shownNote?: string,
): Promise<{ judgement: Judgement; seen: Signed; shown: Signed } | undefined> {
  const seen = await readSigned(pin.checkpointNote, pin.vkey)
  const given = shownNote === undefined ? undefined : await readSigned(shownNote, pin.vkey)
  const newest = await fetchNewest(pin.vkey).catch(() => null)
  const shown = given ?? (shownNote === undefined ? (newest ?? undefined) : undefined)
  // That nothing answers says nothing of which log this is.
  if (newest === null && seen && (given || shownNote === undefined))
    return { judgement: { outcome: 'unreachable' }, seen, shown: given ?? seen }
  if (!seen || !shown || seen.origin !== shown.origin) return undefined
  const tip = newest?.origin === seen.origin ? newest : shown
  const judgement = await judge({ seen, shown, newest: tip, fetchTile })
  // Tiles may come from a store in between that outlived what it is a copy of: the server itself is asked.
  const isGone = judgement.outcome === 'older' && tip.size < seen.size && (await handIn(seen.note)) === 'alarm'
  return { judgement: isGone ? { outcome: 'behind', first: seen, second: tip } : judgement, seen, shown }
}

/** What a file's checkpoint and the one seen here come to by themselves; undefined where both are not by the pinned key. */
export async function misfitOf(pin: Pin, note: string): Promise<Misfit | undefined> {
  const [first, second] = [await readSigned(pin.checkpointNote, pin.vkey), await readSigned(note, pin.vkey)]
  return first && second && { outcome: 'forked', first, second }
}

/** Keeps what was found and shows it. Hands in what was seen, unless the page has promised to send nothing. */
export async function found(pin: Pin, judgement: Misfit, isHandedIn = true): Promise<void> {
  const { outcome, first, second } = judgement
  const now = Date.now()
  const knownAt = pin.earlier?.find(({ checkpointNote }) => checkpointNote.startsWith(bodyOf(second.note)))?.at
  const finding: Finding = {
    outcome,
    vkey: pin.vkey,
    first: { ...shownOf(first), ...timeOf(first.note === pin.checkpointNote ? pin.at : now) },
    second: { ...shownOf(second), at: now },
    ...(isHandedIn && { answer: await handIn(first.note) }),
    ...(outcome === 'behind' && knownAt !== undefined && { knownAt }),
  }
  showFinding(keepFinding(localStorage, location.host, finding).at(-1) as Finding)
}

const timeOf = (at: number | undefined) => (at === undefined ? {} : { at })

function shownOf({ note, size, rootHash }: Signed) {
  return { note, size, fingerprint: rootFingerprint(rootHash) }
}

function showFinding(finding: Finding): void {
  redraw('memory', findingMarkup(voiceHere(), finding))
  document.querySelector('[data-memory="away"]')?.addEventListener('click', () => {
    putAway(localStorage, location.host)
    redraw('memory', '')
  })
}

/** Shows again what was found on this site, until it is put away. */
export function showKept(): void {
  const finding = readFindings(localStorage, location.host).at(-1)
  if (finding && !document.querySelector('#memory [data-finding]')) showFinding(finding)
}

/** A page about the log or about files: what was found here before, what this browser remembers and how that holds, wherever the page has a place for it. */
export function armMemory(): void {
  const means = { hold, found, misfitOf }
  showKept()
  armRemembered(means)
  armCompared(means)
}
