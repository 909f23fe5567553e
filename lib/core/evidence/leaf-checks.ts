import { deriveView } from '../custody/derive-view.ts'
import type { Event } from '../custody/event.ts'
import type { Openings } from '../custody/sealed.ts'
import type { Founding } from '../custody/state.ts'
import type { ConsignmentView } from '../custody/views.ts'
import type { Evidence } from './bundle.ts'
import { failed, notRun, passed } from './checks.ts'
import { checkComplete } from './complete.ts'
import type { Head } from './log-checks.ts'
import { checkOpenings } from './openings.ts'
import { actingEvent, type ReadLeaf } from './read-leaves.ts'
import { type Step, startReplay, type Undecided } from './replay.ts'
import type { Check, CheckCode, NotRunCode } from './report.ts'

/** What replaying the leaves of a file came to. */
export interface LeafChecks {
  readonly checks: readonly Check[]
  readonly founding?: Founding
  /** Records of the subject's own chain; absent where no leaf was read. */
  readonly events?: number
  readonly view?: ConsignmentView
}

type Cause = { readonly code: Exclude<CheckCode, 'ok' | NotRunCode>; readonly detail: string; readonly leaf?: number }

/** First cause per check, in log order, and what was counted on the way. */
interface Found {
  chain?: Cause
  signature?: Cause
  opening?: Cause
  rules?: Cause & { readonly refusal?: string }
  balance?: Cause
  undecided?: Undecided
  own: number
  decidedOwn: number
  inEffect: number
  notInEffect: number
}

/** `chain-unbroken`, `events-signed`, `custody-rules`, `balance`, `complete`, `attachments` over leaves that are included. */
export function checkLeaves(args: {
  evidence: Evidence
  head: Head
  reads: readonly ReadLeaf[]
  replayedBy: readonly string[]
}): LeafChecks {
  const { evidence, head, reads } = args
  const { subject } = evidence
  const found: Found = { own: 0, decidedOwn: 0, inEffect: 0, notInEffect: 0 }
  const replay = startReplay({ complete: false, omitted: evidence.omitted.length > 0 })
  if (reads[0]?.index !== 0)
    found.chain = { code: 'leaf-zero-missing', detail: 'leaf 0, which founds the log, is not in the file' }
  let newest = 0
  for (const { index, leafHash, leaf, signed, facts, indexLeaf } of reads) {
    if (indexLeaf) {
      if (!indexLeaf.ok) found.chain ??= { ...indexLeaf, leaf: index }
      else if (indexLeaf.value.at < newest) found.chain ??= timeDecreases(indexLeaf.value.at, index)
      else newest = indexLeaf.value.at
      continue
    }
    if (!leaf.ok) {
      found.chain ??= { ...leaf, leaf: index }
      continue
    }
    if (leaf.value.recordedAt < newest) found.chain ??= timeDecreases(leaf.value.recordedAt, index)
    newest = Math.max(newest, leaf.value.recordedAt)
    const step = replay.step({ index, leafHash, leaf: leaf.value, signed, facts })
    count(found, step, index, subject)
  }
  if (found.own === 0) found.chain ??= { code: 'subject-missing', detail: `no record of ${subject} is in the file` }

  const { founding } = replay.world
  if (founding && founding.origin !== head.origin) {
    found.signature ??= { code: 'origin-mismatch', detail: `leaf 0 is of ${founding.origin}`, leaf: 0 }
  }
  if (founding && (founding.mode === 'demo') !== founding.origin.startsWith('demo.invalid/')) {
    found.rules ??= {
      code: 'demo-origin',
      detail: `a log in mode ${founding.mode} is called ${founding.origin}`,
      leaf: 0,
    }
  }
  const openings = openingsThatFit(evidence, reads, found)
  const reference = subject.slice('consignment/'.length)
  const isWhole = !found.chain && !found.signature && found.decidedOwn === found.own
  const view = isWhole ? deriveView({ context: replay.world, reference, openings }) : undefined
  const isReported = replay.world.consignment(reference)?.mode === 'reported'
  return {
    checks: [
      ...reportFound(found, { reads, subjects: replay.subjects, isReported }),
      checkComplete({ ...args, founding }),
      notRun('attachments', 'no-attachments'),
    ],
    ...(founding && { founding }),
    events: found.own,
    ...(view && { view }),
  }
}

/** Over event and index leaves together. */
function timeDecreases(at: number, leaf: number): Cause {
  return { code: 'time-decreases', detail: `recorded at ${at}`, leaf }
}

function count(found: Found, step: Step, index: number, subject: string): void {
  if (step.chain) found.chain ??= { ...step.chain, leaf: index }
  if (step.signature) found.signature ??= { ...step.signature, leaf: index }
  if (step.refusable) {
    const { code, detail } = step.refusable
    found.rules ??= { code: 'refusable', detail: `${code}: ${detail}`, leaf: index, refusal: code }
  }
  if (step.unbalanced !== undefined)
    found.balance ??= { code: 'balance-broken', detail: `line ${step.unbalanced}`, leaf: index }
  if (step.undecided === 'newer' || (step.undecided && !found.undecided)) found.undecided = step.undecided
  if (step.subject === subject) {
    found.own++
    if (step.decision) found.decidedOwn++
    if (step.decision?.inEffect === true) found.inEffect++
    if (step.decision?.inEffect === false) found.notInEffect++
  }
}

/** Openings that fit what was signed and are for everyone, by leaf index; the first that is not is a cause. */
function openingsThatFit(evidence: Evidence, reads: readonly ReadLeaf[], found: Found): Map<number, Openings> {
  const acts = new Map<string, Event>()
  const byIndex = new Map<number, Event>()
  for (const read of reads) {
    const acting = actingEvent(read)
    if (!acting) continue
    acts.set(acting.hash, acting.event)
    byIndex.set(read.index, acting.event)
  }
  const targetOf = (event: Event) => (event.kind === 'correct' ? acts.get(event.body.event) : undefined)
  const fitting = new Map<number, Openings>()
  for (const [index, openings] of [...evidence.openings].sort(([a], [b]) => a - b)) {
    const acting = byIndex.get(index)
    if (!acting) continue
    const misfit = checkOpenings({ acting, openings, targetOf })
    if (misfit) found.opening ??= { ...misfit, leaf: index }
    else fitting.set(index, openings)
  }
  return fitting
}

function reportFound(
  found: Found,
  { reads, subjects, isReported }: { reads: readonly ReadLeaf[]; subjects: number; isReported: boolean },
): Check[] {
  const { own: events, inEffect, notInEffect } = found
  const chains = { facts: { chains: subjects } }
  const chain = found.chain ? failedBy('chain-unbroken', found.chain) : passed('chain-unbroken', chains)

  const cause = found.signature ?? found.opening
  const isNewerSigned = !cause && reads.some(read => read.facts && read.facts.note !== 'signature-ok')
  const signed = cause
    ? failedBy('events-signed', cause)
    : isNewerSigned
      ? notRun('events-signed', 'newer-than-this-verifier')
      : passed('events-signed', {
          facts: { events: reads.filter(read => !read.indexLeaf).length },
        })

  const why = found.chain
    ? 'chain-broken'
    : found.signature
      ? 'events-not-signed'
      : found.rules
        ? undefined
        : found.undecided === 'newer'
          ? 'newer-than-this-verifier'
          : found.undecided === 'omitted'
            ? 'quoted-beyond-limit'
            : isReported
              ? 'reported-not-witnessed'
              : undefined
  const facts = { events, inEffect, notInEffect }
  const rules = why
    ? notRun('custody-rules', why)
    : found.rules
      ? failedBy('custody-rules', found.rules, found.rules.refusal)
      : passed('custody-rules', { facts })
  const balance =
    why || found.rules
      ? notRun('balance', why ?? 'rules-not-passed')
      : found.balance
        ? failedBy('balance', found.balance)
        : passed('balance')
  return [chain, signed, rules, balance]
}

function failedBy(name: Check['name'], { code, detail, leaf }: Cause, refusal?: string): Check {
  return failed(name, code, detail, {
    ...(leaf !== undefined && { leaf }),
    ...(refusal !== undefined && { facts: { refusal } }),
  })
}
