import { MOST_LINES, type Standing } from './import-reports.ts'
import { type ReportedRow, readRow } from './import-row.ts'
import type { Problem, Table } from './import-table.ts'
import type { Posted } from './scribe.ts'

/** Kept before anything of it is sent. */
export interface KeptShipment {
  readonly shipment: string
  /** Hash of each row's cells by the file's own number of the row. */
  readonly rows: Readonly<Record<string, string>>
  readonly standing: Standing
  readonly notes: readonly Posted[]
}
/** What the journal of an import holds; `recorded`: so many notes of this shipment, over all its entries, are in the log. */
export type ImportEntry = KeptShipment | { readonly shipment: string; readonly recorded: number }

/** What is to be done for one shipment. */
export interface ShipmentPlan {
  readonly shipment: string
  /** Lines of the file, for the words of a refusal. */
  readonly fileLines: readonly number[]
  /** Rows that no note tells of yet. */
  readonly fresh: readonly ReportedRow[]
  /** Signed before and not known to be recorded. */
  readonly unsent: readonly Posted[]
  /** Notes known to be recorded. */
  readonly recorded: number
  readonly standing?: Standing | undefined
}

interface Known {
  readonly rows: Map<string, string>
  readonly notes: Posted[]
  recorded: number
  standing: Standing
}

/** The shipments of a table beside what was kept of earlier runs, in the order of the file, and every row that is not imported. */
export function planImport(
  table: Table,
  kept: readonly ImportEntry[],
): { plans: readonly ShipmentPlan[]; problems: readonly Problem[]; lines: number } {
  const problems: Problem[] = [...table.problems]
  const shipments = new Map<string, ReportedRow[]>()
  const lineOfId = new Map<string, number>()
  for (const raw of table.rows) {
    const read = readRow(raw)
    if ('reasons' in read) {
      problems.push({ line: raw.line, reason: read.reasons.join('; ') })
      continue
    }
    const { row } = read
    const earlier = lineOfId.get(row.id)
    if (earlier !== undefined) {
      problems.push({ line: row.line, reason: `ID ${row.id} stands on line ${earlier} already` })
      continue
    }
    lineOfId.set(row.id, row.line)
    const rows = shipments.get(row.shipment) ?? []
    if (rows.length === MOST_LINES) {
      problems.push({ line: row.line, reason: `a shipment has at most ${MOST_LINES} lines` })
      continue
    }
    shipments.set(row.shipment, rows)
    rows.push(row)
  }
  const known = knownShipments(kept)
  const plans = [...shipments].map(([shipment, rows]) =>
    planShipment({ shipment, rows, known: known.get(shipment), problems }),
  )
  const lines = [...shipments.values()].reduce((sum, rows) => sum + rows.length, 0)
  return { plans, problems: problems.sort((a, b) => a.line - b.line), lines }
}

function knownShipments(kept: readonly ImportEntry[]): Map<string, Known> {
  const known = new Map<string, Known>()
  for (const entry of kept) {
    const before = known.get(entry.shipment)
    if ('recorded' in entry) {
      if (before) before.recorded = Math.max(before.recorded, entry.recorded)
      continue
    }
    const { rows, notes, standing } = entry
    known.set(entry.shipment, {
      rows: new Map([...(before?.rows ?? []), ...Object.entries(rows)]),
      notes: [...(before?.notes ?? []), ...notes],
      recorded: before?.recorded ?? 0,
      standing,
    })
  }
  return known
}

function planShipment(args: {
  shipment: string
  rows: readonly ReportedRow[]
  known: Known | undefined
  problems: Problem[]
}): ShipmentPlan {
  const { shipment, rows, known, problems } = args
  const fileLines = rows.map(row => row.line)
  if (!known) return { shipment, fileLines, fresh: rows, unsent: [], recorded: 0 }
  const room = MOST_LINES - known.standing.lines
  const unknown = rows.filter(row => !known.rows.has(row.id))
  const fresh = unknown.slice(0, room)
  for (const { line } of unknown.slice(room))
    problems.push({ line, reason: `${shipment} has ${MOST_LINES} lines already` })
  for (const { line, id, hash } of rows) {
    const before = known.rows.get(id)
    if (before === undefined || before === hash) continue
    const reason = `ID ${id} of ${shipment} was imported before with other content; what is recorded stays, this row was not imported`
    problems.push({ line, reason })
  }
  const { recorded, standing } = known
  return { shipment, fileLines, fresh, unsent: known.notes.slice(recorded), recorded, standing }
}
