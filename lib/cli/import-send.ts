import type { ImportEntry, ShipmentPlan } from './import-plan.ts'
import { planReports, signReports } from './import-reports.ts'
import type { Journal } from './journal.ts'
import type { Actor, Desk, Posted } from './scribe.ts'

/** What became of an import. */
export interface Imported {
  /** Shipments all of whose reports are in the log, by whether this run recorded any of them. */
  readonly recorded: number
  readonly before: number
  /** Reports that this run recorded. */
  readonly reports: number
  /** Shipments that the log refused, with the lines of the file they stand on. */
  readonly refused: readonly {
    readonly shipment: string
    readonly fileLines: readonly number[]
    readonly why: string
  }[]
}

/** Shipments whose notes are made durable together: one wait for the disk each. */
const BATCH = 64
const IN_FLIGHT = 16

/**
 * Signs what no note tells of yet, keeps it, sends it: every note lies in the journal before it leaves, so that a run that is killed is
 * continued with the same notes. Reports of one shipment go one after the other, sixteen shipments at a time. Rejects where `post` does;
 * what was sent stays recorded.
 */
export async function sendImport(args: {
  plans: readonly ShipmentPlan[]
  actor: Actor
  desk: Pick<Desk, 'origin' | 'clock' | 'random' | 'post'>
  journal: Journal<ImportEntry>
  onShipment?: (done: number) => void
}): Promise<Imported> {
  const { plans, actor, desk, journal, onShipment } = args
  const tally = { recorded: 0, before: 0, reports: 0, refused: [] as Imported['refused'][number][] }
  let done = 0
  for (let from = 0; from < plans.length; from += BATCH) {
    const batch = await Promise.all(plans.slice(from, from + BATCH).map(plan => sign(plan, actor, desk)))
    journal.keep(batch.flatMap(({ entry }) => (entry ? [entry] : [])))
    const waiting = batch.values()
    const work = async () => {
      for (const signed of waiting) {
        await sendShipment(signed, desk, journal, tally)
        onShipment?.(++done)
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  }
  return tally
}

interface Signed {
  readonly plan: ShipmentPlan
  readonly notes: readonly Posted[]
  readonly entry: ImportEntry | undefined
}

async function sign(
  plan: ShipmentPlan,
  actor: Actor,
  desk: Parameters<typeof signReports>[0]['desk'],
): Promise<Signed> {
  const { shipment, fresh, unsent, standing } = plan
  if (fresh.length === 0) return { plan, notes: unsent, entry: undefined }
  const reports = planReports(fresh, (standing?.lines ?? 0) + 1)
  const signed = await signReports({ reports, actor, desk, standing })
  const rows = Object.fromEntries(fresh.map(row => [row.id, row.hash]))
  const entry = { shipment, rows, standing: signed.standing, notes: signed.notes }
  return { plan, notes: [...unsent, ...signed.notes], entry }
}

async function sendShipment(
  { plan, notes }: Signed,
  desk: Pick<Desk, 'post'>,
  journal: Journal<ImportEntry>,
  tally: { recorded: number; before: number; reports: number; refused: Imported['refused'][number][] },
): Promise<void> {
  const { shipment, fileLines } = plan
  let recorded = plan.recorded
  let isNew = false
  for (const posted of notes) {
    const submission = await desk.post(posted)
    if (submission.outcome === 'refused') {
      tally.refused.push({ shipment, fileLines, why: `${submission.code}: ${submission.detail}` })
      return
    }
    recorded++
    if (submission.outcome === 'recorded') {
      isNew = true
      tally.reports++
    }
    // Not waited for: where this line is lost, the note is sent again and the log says that it has it.
    journal.keep([{ shipment, recorded }], { durable: false })
  }
  if (isNew) tally.recorded++
  else tally.before++
}
