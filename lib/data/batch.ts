import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { findEntry } from '../core/custody/consignment.ts'
import { decide } from '../core/custody/decide.ts'
import { noticesOf } from '../core/custody/notices.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import { speaker } from '../core/custody/speaker.ts'
import type { Decision, Recorded, Subject } from '../core/custody/state.ts'
import { keep } from '../core/custody/world.ts'
import { formatLeaf } from '../core/evidence/leaf.ts'
import { checkSignatures, claimKeyIn, recordedOf } from '../core/evidence/obligations.ts'
import { isOpeningPublic } from '../core/evidence/openings.ts'
import { rootOfEdge } from '../core/ledger/edge.ts'
import { growEdge } from '../core/ledger/hash-tiles.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { verifyNow } from './ed25519.ts'
import { hexOf } from './hash.ts'
import { type Head, moveHead, readHead } from './head.ts'
import { type Folded, heedAlarm, type Log } from './log-state.ts'
import { NOTICE, noticeRow } from './notice-rows.ts'
import { NowReadOnly, type Overlay, openOverlay } from './overlay.ts'
import { previousOf } from './previous-log.ts'
import { SIGNING, writeProjections } from './projections.ts'
import { insert, marks, query, type Row } from './sql.ts'
import { refuse, type Submission, type Waiting } from './waiting.ts'

/** What one transaction has decided and not yet written. */
type Batch = {
  readonly log: Log
  readonly overlay: Overlay
  readonly head: Head
  /** Leaf index by event hash: of the database and of this batch. */
  readonly names: Map<string, number>
  readonly verdicts: Map<number, { inEffect: boolean; reason?: Refusal }>
  readonly leaves: Row[]
  readonly leafHashes: Uint8Array[]
  readonly newNames: Row[]
  /** Who signed each of the leaves. */
  readonly signings: Row[]
  readonly openings: Row[]
  readonly notices: Row[]
  readonly changed: Map<string, Folded>
  recordedAt: number
}

export type Written = {
  /** Tree sizes before and after. */
  readonly from: number
  readonly to: number
  readonly submissions: readonly Submission[]
  readonly changed: ReadonlyMap<string, Folded>
  readonly hasNotices: boolean
}

/**
 * Decides and writes up to 256 events inside one transaction whose lock the gate has taken; nothing of it may be told to anyone before the
 * commit. `found` is called once leaf 0 was decided, before it is written.
 */
export async function writeBatch(args: {
  log: Log
  on: SqlQueryable
  waiting: readonly Waiting[]
  found: (origin: string) => Promise<void>
}): Promise<Written> {
  const { log, on, waiting, found } = args
  const signed = waiting.map(each => each.signed)
  const hashes = signed.map(each => each.hash)
  // Asked together: under the lock every way to a database server and back counts.
  const [head, names, overlay] = await Promise.all([readHead(on), readNames(on, hashes), openOverlay(log, on, signed)])
  if (heedAlarm(log, head)) throw new NowReadOnly('an alarm stands in the database')
  const batch: Batch = {
    log,
    head,
    overlay,
    names,
    verdicts: await readVerdicts(on, [...names.values()]),
    leaves: [],
    leafHashes: [],
    newNames: [],
    signings: [],
    openings: [],
    notices: [],
    changed: new Map(),
    recordedAt: head.recordedAt,
  }
  const submissions = waiting.map(each => takeAlone(batch, each))
  const founding = batch.overlay.world.founding
  if (head.size === 0 && batch.leaves.length > 0 && founding) await found(founding.origin)
  await write(on, batch)
  const to = head.size + batch.leaves.length
  return { from: head.size, to, submissions, changed: batch.changed, hasNotices: batch.notices.length > 0 }
}

async function readNames(on: SqlQueryable, hashes: readonly string[]): Promise<Map<string, number>> {
  const sql = `SELECT "hash", "leafIndex" FROM "EventName" WHERE "hash" IN (${marks(hashes.length)})`
  return new Map((await query(on, sql, hashes)).map(row => [String(row[0]), Number(row[1])]))
}

async function readVerdicts(on: SqlQueryable, indices: readonly number[]): Promise<Batch['verdicts']> {
  if (indices.length === 0) return new Map()
  const sql = `SELECT "leafIndex", "reason" FROM "Leaf" WHERE "leafIndex" IN (${marks(indices.length)})`
  const rows = await query(on, sql, indices)
  return new Map(rows.map(row => [Number(row[0]), verdictOf(row[1] === null ? undefined : (row[1] as Refusal))]))
}

function verdictOf(reason: Refusal | undefined) {
  return { inEffect: reason === undefined, ...(reason !== undefined && { reason }) }
}

/** A bug of ours that one event wakes is told to its sender; the others are recorded. */
function takeAlone(batch: Batch, waiting: Waiting): Submission {
  try {
    return take(batch, waiting)
  } catch (error) {
    waiting.reject(error)
    return refuse('storage', String(error))
  }
}

/** One event's fate. It touches nothing of the batch unless it is recorded. */
function take(batch: Batch, waiting: Waiting): Submission {
  const { signed } = waiting
  const known = batch.names.get(signed.hash)
  if (known !== undefined) {
    // A device that lost our answer, or another phone that delivers the same event: openings may come now that were missing.
    addOpenings(batch, waiting, known)
    return { outcome: 'repeated', index: known, eventHash: signed.hash, ...verdictAt(batch, known) }
  }
  const { world } = batch.overlay
  const index = batch.head.size + batch.leaves.length
  if (index <= 3 && !waiting.founding) return refuse('log-not-founded', 'the log is being founded')
  const recordedAt = Math.max(batch.log.clock(), batch.recordedAt)
  const recorded = recordedOf({ signed, facts: factsOf(batch, waiting), index, recordedAt })
  const speaks = speaker({ context: world, recorded })
  if (!speaks.ok) return refuse(speaks.code, speaks.detail)
  if (index > 1 && !world.party(recorded.event.by)) return refuse('party-unknown', recorded.event.by)
  if (index === 0) {
    const unfit = checkFounding(batch.log, recorded)
    if (unfit) return unfit
  }
  const decision = decide({ context: world, recorded })
  if (decision.outcome === 'refused') return refuse(decision.code, decision.detail, headHash(batch, recorded))
  if (!decision.inEffect && waiting.mend) {
    const detail = `recorded now it would not be in effect: ${decision.reason}`
    return refuse('behind-head', detail, headHash(batch, recorded))
  }
  return add({ batch, waiting, recorded, decision })
}

/** Signatures were checked before queueing; a claim on a release that stands in this very batch could not be. */
function factsOf({ overlay }: Batch, { signed, facts }: Waiting): Waiting['facts'] {
  if (facts.proven !== false || signed.event.about !== 'consignment') return facts
  const checked = checkSignatures({
    signed,
    verify: verifyNow,
    keyring: {
      publicKey: () => undefined,
      claimKey: release => {
        const state = overlay.world.consignment(signed.event.id)
        const entry = state && findEntry(state, release)
        return entry && claimKeyIn(entry.acting)
      },
    },
  })
  if (checked instanceof Promise) throw new Error('the native check answers at once')
  return { ...facts, ...(checked.proven !== undefined && { proven: checked.proven }) }
}

/** Leaf 0 must be that of the log this process is set to. */
function checkFounding({ settings }: Log, { event }: Recorded): Submission | undefined {
  if (event.kind !== 'found') return undefined
  const { origin, mode } = event.body
  const { logOrigin, isDemo } = settings
  const previous = previousOf(settings)
  if (previous?.origin === origin) return refuse('origin-mismatch', `${origin} is the log that this one succeeds`)
  if (previous && previous.named !== event.body.previous)
    return refuse('founding-order', `leaf 0 is to name the last checkpoint of ${previous.origin}`)
  if (logOrigin !== undefined && logOrigin !== origin) return refuse('origin-mismatch', `LOG_ORIGIN is ${logOrigin}`)
  if ((mode === 'demo') !== isDemo) return refuse('founding-order', `this process does not found logs of mode ${mode}`)
  const isNamedDemo = origin.startsWith('demo.invalid/')
  if (isNamedDemo !== isDemo) return refuse('origin-mismatch', 'demo.invalid/ is for demo logs, and for them alone')
  return undefined
}

function headHash({ overlay }: Batch, { event }: Recorded): string | undefined {
  const { world } = overlay
  const state =
    event.about === 'consignment'
      ? world.consignment(event.id)
      : event.about === 'party'
        ? world.party(event.id)
        : event.about === 'key'
          ? world.key(event.id)
          : undefined
  return state?.chain.at(-1)?.recorded.hash
}

function verdictAt({ verdicts }: Batch, index: number) {
  return verdicts.get(index) ?? verdictOf(undefined)
}

function add(args: {
  batch: Batch
  waiting: Waiting
  recorded: Recorded
  decision: Extract<Decision, { outcome: 'recorded' }>
}): Submission {
  const { batch, waiting, recorded, decision } = args
  const { event, hash, index, recordedAt, restated } = recorded
  const chain = batch.overlay.chains.get(event.subject)
  const seq = chain?.count ?? 0
  const bytes = formatLeaf({ recordedAt, seq, previous: chain?.leafHash ?? '-', note: waiting.note })
  const stored = leafHash(bytes)
  const reason = decision.inEffect ? undefined : decision.reason
  const end = { count: seq + 1, leafHash: hexOf(stored), leafIndex: index }

  tell(batch, recorded, decision.subject)
  keep(batch.overlay.world, decision.subject)
  batch.overlay.chains.set(event.subject, end)
  batch.changed.set(event.subject, { leafHash: end.leafHash, subject: decision.subject })
  batch.leaves.push([index, event.subject, seq, bytes, stored, recordedAt, decision.inEffect, reason ?? null])
  batch.leafHashes.push(stored)
  batch.signings.push([index, event.key])
  batch.recordedAt = recordedAt
  batch.verdicts.set(index, verdictOf(reason))
  for (const name of restated ? [hash, restated.hash] : [hash]) {
    batch.names.set(name, index)
    batch.newNames.push([name, index])
  }
  addOpenings(batch, waiting, index)
  return { outcome: 'recorded', index, eventHash: hash, ...verdictOf(reason) }
}

/** Before the state is kept: a notice may depend on what was there until now. */
function tell({ overlay, notices }: Batch, { event, index, recordedAt }: Recorded, after: Subject): void {
  const state = overlay.world.consignment(event.id)
  const before: Subject | undefined = event.about === 'consignment' && state ? { about: event.about, state } : undefined
  for (const telling of noticesOf({ before, after })) notices.push(noticeRow(telling, { at: recordedAt, leaf: index }))
}

function addOpenings({ overlay, openings }: Batch, waiting: Waiting, index: number): void {
  const { event, restated } = waiting.signed
  const acting = restated?.event ?? event
  const state = overlay.world.consignment(acting.id)
  const targetOf = () => (acting.kind === 'correct' && state ? findEntry(state, acting.body.event)?.acting : undefined)
  for (const [field, { salt, value }] of Object.entries(waiting.openings)) {
    openings.push([index, field, salt, value, isOpeningPublic({ acting, field, targetOf })])
  }
}

/** All rows, then the head. A crash anywhere here leaves nothing: the transaction is not committed. */
async function write(on: SqlQueryable, batch: Batch): Promise<void> {
  const { head, leafHashes, overlay } = batch
  if (batch.openings.length > 0) {
    const columns = ['leafIndex', 'field', 'salt', 'value', 'isPublic']
    await insert(on, { table: 'Opening', columns, onConflict: 'ON CONFLICT DO NOTHING' }, batch.openings)
  }
  if (leafHashes.length === 0) return
  const columns = ['leafIndex', 'subject', 'seq', 'bytes', 'leafHash', 'recordedAt', 'inEffect', 'reason']
  await insert(on, { table: 'Leaf', columns }, batch.leaves)
  await insert(on, { table: 'EventName', columns: ['hash', 'leafIndex'] }, batch.newNames)
  await insert(on, SIGNING, batch.signings)
  const grown = growEdge({ edge: head.edge, size: head.size, leafHashes })
  const nodes = grown.nodes.map(({ level, index, hash }): Row => [level, index, hash])
  if (nodes.length > 0) await insert(on, { table: 'Node', columns: ['level', 'position', 'hash'] }, nodes)
  if (batch.notices.length > 0) await insert(on, NOTICE, batch.notices)
  // Consignments' follow soon after (projected.ts); keys and parties are read by the next batch.
  await writeProjections(on, actors(batch.changed), head.size)
  const size = head.size + leafHashes.length
  const root = rootOfEdge({ edge: grown.edge, size })
  await moveHead(on, { from: head, to: { size, root, edge: grown.edge, recordedAt: batch.recordedAt } })
  if (!overlay.world.founding) throw new Error('leaves without leaf 0')
}

function actors(changed: ReadonlyMap<string, Folded>): Subject[] {
  return [...changed.values()].map(folded => folded.subject).filter(({ about }) => about !== 'consignment')
}
