import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { openSnapshot } from './connection.ts'
import { compareProjections } from './fsck-projections.ts'
import { startRulesCheck } from './fsck-rules.ts'
import { startTreeCheck } from './fsck-tree.ts'
import { verifyGuards } from './guards.ts'
import { projectedSize } from './projected.ts'
import { bytesOf, query } from './sql.ts'

/** Something that is not as the leaves say. `leaf`: the index of the leaf it is about, where there is one. */
export type Finding = { readonly code: FindingCode; readonly leaf?: number; readonly detail: string }

export type FindingCode =
  | 'leaf-missing'
  | 'leaf-altered'
  | 'leaf-unreadable'
  | 'leaf-column'
  | 'chain-broken'
  | 'event-wrong'
  | 'rules-broken'
  | 'verdict-differs'
  | 'node-differs'
  | 'head-differs'
  | 'checkpoint-differs'
  | 'opening-wrong'
  | 'name-differs'
  | 'projection-differs'
  | 'guards-missing'

/** How far it is, or something found. */
export type FsckStep =
  | { readonly step: 'progress'; readonly done: number; readonly of: number }
  | { readonly step: 'finding'; readonly finding: Finding }
  | { readonly step: 'end'; readonly leaves: number; readonly findings: number }

/** Leaves read at a time. */
const SLICE = 256

/**
 * Derives everything in the database at `url` again from the leaf bytes and compares: hashes, chains, nodes, head, checkpoints' roots,
 * signatures and rules with the whole log known, names, projections, openings. Reads only; needs no server and no key. Throws where there is
 * no database to read.
 */
export async function* fsck(url: string): AsyncGenerator<FsckStep> {
  // One snapshot: a server that goes on recording meanwhile changes nothing of what is compared here.
  const adapter = await openSnapshot(url)
  try {
    yield* check(adapter)
  } finally {
    await adapter.dispose()
  }
}

/** The same over what a connection or a transaction sees. */
export async function* check(adapter: SqlQueryable): AsyncGenerator<FsckStep> {
  const [last] = await query(adapter, 'SELECT MAX("leafIndex") FROM "Leaf"')
  const size = last?.[0] === null || last?.[0] === undefined ? 0 : Number(last[0]) + 1
  let findings = 0
  const told = (finding: Finding): FsckStep => {
    findings++
    return { step: 'finding', finding }
  }
  const signed = await query(adapter, 'SELECT "size" FROM "Checkpoint"')
  const tree = startTreeCheck(new Set(signed.map(row => Number(row[0]))))
  const projected = await projectedSize(adapter)
  if (projected > size) {
    const detail = `lists speak of ${projected} leaves, there are ${size}`
    yield told({ code: 'projection-differs', detail })
  }
  const rules = startRulesCheck({ projected })
  for (let at = 0; at < size; at += SLICE) {
    const rows = await query(
      adapter,
      'SELECT "leafIndex", "subject", "seq", "bytes", "leafHash", "recordedAt", "inEffect", "reason" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? ORDER BY "leafIndex"',
      [at, at + SLICE],
    )
    const stored = rows.map(row => ({
      leafIndex: Number(row[0]),
      subject: String(row[1]),
      seq: Number(row[2]),
      bytes: bytesOf(row[3]),
      leafHash: bytesOf(row[4]),
      recordedAt: Number(row[5]),
      inEffect: Number(row[6]) === 1,
      reason: row[7] === null ? undefined : String(row[7]),
    }))
    for (const leaf of stored) {
      for (const finding of tree.take(leaf)) yield told(finding)
      for (const finding of await rules.take(leaf)) yield told(finding)
    }
    yield { step: 'progress', done: Math.min(at + SLICE, size), of: size }
  }
  for (const finding of await tree.compare(adapter, size)) yield told(finding)
  for await (const finding of compareProjections(adapter, rules)) yield told(finding)
  try {
    await verifyGuards(adapter)
  } catch (error) {
    yield told({ code: 'guards-missing', detail: String(error) })
  }
  yield { step: 'end', leaves: size, findings }
}
