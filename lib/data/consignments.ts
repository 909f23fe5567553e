import { deriveView } from '../core/custody/derive-view.ts'
import type { Event } from '../core/custody/event.ts'
import type { Unit } from '../core/custody/quantity.ts'
import { type Openings, verifyOpenings } from '../core/custody/sealed.ts'
import type { Context } from '../core/custody/state.ts'
import type { ConsignmentView, EventView, PartyView, Stage } from '../core/custody/views.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { foldLeaves } from './fold-leaves.ts'
import { readHead } from './head.ts'
import { type Gathered, gather, readPublicOpenings } from './leaf-source.ts'
import type { Log } from './log-state.ts'
import { readChains } from './overlay.ts'
import { caughtUp } from './projected.ts'

/** A consignment in a list. `title` is its first line's item, `quantity` and `unit` are of that line; `recordedAt` of its newest event. */
export type ConsignmentCard = {
  readonly reference: string
  readonly title: string
  readonly lines: number
  readonly quantity: number
  readonly unit: Unit
  readonly stage: Stage
  readonly recordedAt: number
  readonly founder: PartyView
  readonly consignee?: PartyView
}

/** What a consignment's page shows: `view` of what a checkpoint of `sealedSize` leaves covers, and the events recorded since. */
export type ConsignmentPage = {
  readonly view: ConsignmentView
  readonly sealedSize: number
  readonly notSealed: readonly EventView[]
  /** The view of all that is recorded, where that is more: it names whom and what those events are about. */
  readonly recorded?: ConsignmentView
}

/** The consignments with the newest events, newest first. */
export async function recentConsignments(limit: number, on?: Log): Promise<readonly ConsignmentCard[]> {
  const log = on ?? (await database())
  await caughtUp(log)
  return cardsOf(log, await log.prisma.consignment.findMany({ orderBy: { leafIndex: 'desc' }, take: limit }))
}

/** The same without reported histories, which an import brings by the thousand. */
export async function recentLiveConsignments(limit: number, on?: Log): Promise<readonly ConsignmentCard[]> {
  const log = on ?? (await database())
  await caughtUp(log)
  const where = { stage: { not: 'reported' } }
  return cardsOf(log, await log.prisma.consignment.findMany({ where, orderBy: { leafIndex: 'desc' }, take: limit }))
}

/** Those of `references` that are recorded, newest events first, as anyone may see them. */
export async function consignmentCards(references: readonly string[], on?: Log): Promise<readonly ConsignmentCard[]> {
  const log = on ?? (await database())
  await caughtUp(log)
  const where = { reference: { in: [...references] } }
  return cardsOf(log, await log.prisma.consignment.findMany({ where, orderBy: { leafIndex: 'desc' } }))
}

type Row = Awaited<ReturnType<Log['prisma']['consignment']['findMany']>>[number]

async function cardsOf(log: Log, rows: readonly Row[]): Promise<readonly ConsignmentCard[]> {
  const names = await partyViews(
    log,
    rows.flatMap(row => [row.founder, ...(row.consignee === null ? [] : [row.consignee])]),
  )
  return rows.map(row => ({
    reference: row.reference,
    title: row.title,
    lines: row.lines,
    quantity: Number(row.quantity),
    unit: row.unit as Unit,
    stage: row.stage as Stage,
    recordedAt: Number(row.recordedAt),
    founder: names(row.founder),
    ...(row.consignee !== null && { consignee: names(row.consignee) }),
  }))
}

/** Names of parties as anyone may see them. */
async function partyViews(log: Log, references: readonly string[]): Promise<(reference: string) => PartyView> {
  const parties = await log.prisma.party.findMany({ where: { reference: { in: [...new Set(references)] } } })
  const openings = await log.prisma.opening.findMany({
    where: { field: 'name', leafIndex: { in: parties.map(party => party.nameLeaf) } },
  })
  const byLeaf = new Map(openings.map(opening => [opening.leafIndex, opening]))
  const byReference = new Map(parties.map(party => [party.reference, byLeaf.get(party.nameLeaf)]))
  return reference => {
    const opening = byReference.get(reference)
    return { reference, name: opening?.isPublic ? { value: opening.value } : { absent: 'withheld' } }
  }
}

/**
 * The public page of a consignment; undefined for a reference that the log does not know. The view is derived from the same leaves as its
 * evidence, as they lie: where one was altered, the page still comes, and whoever checks the evidence sees the difference.
 */
export async function consignmentPage(reference: string, on?: Log): Promise<ConsignmentPage | undefined> {
  const log = on ?? (await database())
  const sealedSize = (await readCheckpoint(log.adapter))?.size ?? 0
  const { size } = await readHead(log.adapter)
  const subject = `consignment/${reference}`
  const end = (await readChains(log.adapter, [subject])).get(subject)
  if (!end) return undefined
  const sealed = await viewAt(log, reference, sealedSize)
  const whole = end.leafIndex < sealedSize ? undefined : await viewAt(log, reference, size)
  return {
    view: sealed ?? emptyView(log, reference),
    sealedSize,
    notSealed: whole?.events.filter(event => event.index >= sealedSize) ?? [],
    ...(whole && { recorded: whole }),
  }
}

/**
 * The same for members, who act on what is recorded: the view of every leaf. Events at `sealedSize` and after are not under a signed checkpoint
 * yet. Undefined for a reference that the log does not know, or whose first leaf cannot be read.
 */
export async function recordedConsignment(
  reference: string,
  on?: Log,
): Promise<Pick<ConsignmentPage, 'view' | 'sealedSize'> | undefined> {
  const log = on ?? (await database())
  const subject = `consignment/${reference}`
  const end = (await readChains(log.adapter, [subject])).get(subject)
  if (!end) return undefined
  const sealedSize = (await readCheckpoint(log.adapter))?.size ?? 0
  const { size } = await readHead(log.adapter)
  const view = await viewAt(log, reference, size)
  return view && { view, sealedSize }
}

/** What leaves come to, which never changes. Openings do: they may be erased, and an erased name is to be gone at once. */
type Known = Pick<Gathered, 'leaves' | 'acting'> & { readonly context: Context }

const MOST_VIEWS = 200

async function knownAt(log: Log, reference: string, treeSize: number): Promise<Known> {
  const key = `${reference} ${treeSize}`
  const kept = log.views.get(key) as Known | undefined
  if (kept) return kept
  const gathered = await gather(log, { subject: `consignment/${reference}`, treeSize })
  const known = { leaves: gathered.leaves, acting: gathered.acting, context: foldLeaves(gathered) }
  if (log.views.size >= MOST_VIEWS) log.views.clear()
  log.views.set(key, known)
  return known
}

async function viewAt(log: Log, reference: string, treeSize: number): Promise<ConsignmentView | undefined> {
  const { leaves, acting, context } = await knownAt(log, reference, treeSize)
  const stored = await readPublicOpenings(
    log,
    leaves.map(leaf => leaf.index),
  )
  // One that no longer fits what was signed is not shown; the evidence carries it, and the verifier names it.
  const openings = new Map([...stored].filter(([index, fields]) => fits(acting.get(index), fields)))
  return deriveView({ context, reference, openings })
}

function fits(acting: Event | undefined, openings: Openings): boolean {
  return acting !== undefined && verifyOpenings(acting, openings).ok
}

/** Nothing is sealed yet, or the first leaf cannot be read any more. */
function emptyView(log: Log, reference: string): ConsignmentView {
  return {
    reference,
    origin: log.founding?.origin ?? '',
    demo: log.founding?.mode === 'demo',
    mode: 'live',
    stage: 'packed',
    founder: '',
    parties: [],
    lines: [],
    events: [],
    handoffs: [],
    head: '',
  }
}
