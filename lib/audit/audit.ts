import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Failure } from '../core/result.ts'
import { readShownHead, type ShownHead, type Trusted } from './checkpoint.ts'
import type { AuditCode, AuditFinding } from './findings.ts'
import { writeWhole } from './mirror.ts'
import { compareSeen, keepSeen } from './seen.ts'
import type { Source } from './source.ts'
import { openWalk } from './walk.ts'

/** What an audit came to. Nothing is wrong where `findings` is empty and there is no `failure`. */
export interface AuditReport {
  /** Absent where not even a checkpoint could be read. */
  readonly head?: ShownHead
  readonly leaves: number
  /** Of them, taken over from an earlier run. */
  readonly resumedAt: number
  readonly events: number
  readonly indexLeaves: number
  readonly subjects: number
  /** Checkpoints of earlier runs that were compared. */
  readonly seen: number
  /** The first of them; `found` says how many there are in all. */
  readonly findings: readonly AuditFinding[]
  readonly found: number
  /** Why it could not be finished. */
  readonly failure?: Failure
  readonly interrupted?: true
}

export type AuditStep =
  | { readonly step: 'progress'; readonly done: number; readonly of: number }
  | { readonly step: 'finding'; readonly finding: AuditFinding }
  | { readonly step: 'end'; readonly report: AuditReport }

/** A hostile log can have as many as it has leaves. */
const MOST_FINDINGS = 1000

/**
 * Checks the whole log at `source`: who signed its checkpoint, that the entries come to the tiles and the root, that it is one log with every
 * checkpoint an earlier run saw, and every leaf by every rule. What was fetched and how far it came is kept in `folder`, which is for this log
 * alone; a later run goes on there. `signal` ends it in order. Failure codes: those of {@link readShownHead} and of {@link openWalk}, and
 * `folder-of-other-log`.
 */
export async function* auditLog(args: {
  source: Source
  folder: string
  trusted: Trusted
  signal?: AbortSignal
}): AsyncGenerator<AuditStep> {
  const { source, folder, trusted, signal } = args
  const nothing = { leaves: 0, resumedAt: 0, events: 0, indexLeaves: 0, subjects: 0, seen: 0, findings: [], found: 0 }
  const shown = await readShownHead(source, trusted)
  if (!shown.ok) return yield { step: 'end', report: { ...nothing, failure: shown } }
  const head = shown.value
  const other = await ownerOf(folder)
  if (other !== undefined && other !== head.vkey) {
    const detail = `${folder} holds the audit of ${other}`
    const failure = { ok: false, code: 'folder-of-other-log', detail } as const
    return yield { step: 'end', report: { ...nothing, head, failure } }
  }
  await writeWhole(join(folder, 'log.vkey'), `${head.vkey}\n`)

  const findings: AuditFinding[] = []
  let found = 0
  const tell = (finding: AuditFinding): AuditStep => {
    if (++found <= MOST_FINDINGS) findings.push(finding)
    return { step: 'finding', finding }
  }
  const walk = await openWalk({ source, folder })
  const { replay, resumedAt, mirror } = walk
  let failure: Failure | undefined
  let interrupted = false
  // A checkpoint of fewer leaves than were replayed before is told by what was seen.
  const steps = head.size >= replay.size ? walk.advance(head, signal) : []
  for await (const each of steps) {
    if (each.step === 'failed') failure = each.failure
    else if (each.step === 'interrupted') interrupted = true
    else yield each.step === 'finding' ? tell(each.finding) : each
  }
  const origin = replay.states.world.founding?.origin
  if (origin !== undefined && origin !== head.origin) {
    yield tell({ code: 'origin-differs', leaf: 0, detail: `leaf 0 founds ${origin}, signed is ${head.origin}` })
  }
  if (head.witnesses && !head.witnesses.isEnough) {
    yield tell({ code: 'witnesses-missing', detail: head.witnesses.detail })
  }
  let seen = 0
  if (!failure && !interrupted) {
    const compared = await compareSeen({ folder, head, mirror })
    seen = compared.compared
    for (const finding of compared.findings) yield tell(finding)
  }
  await keepSeen(folder, head)
  await walk.save()
  const { events, indexLeaves } = replay.counts
  const subjects = replay.states.places.subjects.length
  yield {
    step: 'end',
    report: {
      head,
      leaves: replay.size,
      resumedAt,
      events,
      indexLeaves,
      subjects,
      seen,
      findings,
      found,
      ...(failure && { failure }),
      ...(interrupted && { interrupted }),
    },
  }
}

/** Verifier key of the log that a folder's audit is of; undefined for an empty one. */
async function ownerOf(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'log.vkey'), 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What each code means, in words. */
export const FINDING_WORDS: Readonly<Record<AuditCode, string>> = {
  'leaf-unreadable': 'a leaf of no known kind',
  'event-wrong': 'a record whose signature does not hold, or whose signer may not speak',
  'chain-broken': 'a record out of its place',
  'rules-broken': 'a record that the log had to refuse',
  'event-unknown': 'a record of a later version: nothing can be said of its meaning',
  'index-false': 'an index that does not say what the records before it come to',
  'index-missing': 'a signed size without the index that leaf 0 promises',
  'index-unpromised': 'an index in a log that promises none',
  'founding-missing': 'leaf 0 founds no log',
  'tile-differs': 'a tile that is not of these records',
  'root-differs': 'the records do not come to the tree that was signed',
  'origin-differs': 'the checkpoint is of a log of another name',
  'checkpoint-forked': 'two trees were signed for one log',
  'checkpoint-behind': 'the log has become smaller',
  'witnesses-missing': 'the witnesses that you ask for have not all signed',
}
