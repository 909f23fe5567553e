import type { Taken } from '../audit/replay.ts'
import { INDEX_SUBJECT } from '../core/evidence/map-changes.ts'
import type { Finding } from './fsck.ts'

/** A row of `Leaf`, as it lies. */
export type StoredRow = {
  readonly leafIndex: number
  readonly subject: string
  readonly seq: number
  readonly bytes: Uint8Array
  readonly leafHash: Uint8Array
  readonly recordedAt: number
  readonly inEffect: boolean
  readonly reason: string | undefined
}

/** What the replay of a leaf found, and the columns beside its bytes. `indexSeq`: index leaves before it. */
export function compareRow(row: StoredRow, taken: Taken, indexSeq: number): Finding[] {
  const { leaf, indexLeaf, step } = taken
  const findings: Finding[] = taken.findings.map(each => each as Finding)
  if (indexLeaf) {
    const columns = { subject: INDEX_SUBJECT, seq: indexSeq, recordedAt: indexLeaf.at }
    return [...findings, ...compareColumns(row, columns), ...compareVerdict(row, undefined)]
  }
  if (!leaf || !step) return findings
  const columns = { subject: step.subject ?? row.subject, seq: leaf.seq, recordedAt: leaf.recordedAt }
  findings.push(...compareColumns(row, columns))
  if (step.decision) findings.push(...compareVerdict(row, step.decision.inEffect ? undefined : step.decision.reason))
  return findings
}

type Columns = { readonly subject: string; readonly seq: number; readonly recordedAt: number }

function compareColumns(row: StoredRow, columns: Columns): Finding[] {
  return (['subject', 'seq', 'recordedAt'] as const).flatMap((name): Finding[] => {
    const detail = `${name} is ${columns[name]}, stored as ${row[name]}`
    return row[name] === columns[name] ? [] : [{ code: 'leaf-column', leaf: row.leafIndex, detail }]
  })
}

function compareVerdict(row: StoredRow, reason: string | undefined): Finding[] {
  if (row.inEffect === (reason === undefined) && row.reason === reason) return []
  const stored = row.reason ?? (row.inEffect ? 'in effect' : 'not in effect')
  const detail = `the rules say ${reason ?? 'in effect'}, stored is ${stored}`
  return [{ code: 'verdict-differs', leaf: row.leafIndex, detail }]
}
