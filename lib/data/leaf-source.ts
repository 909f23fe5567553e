import type { Refusal } from '../core/custody/refusals.ts'
import type { Opening, Openings } from '../core/custody/sealed.ts'
import type { EvidenceLeaf } from '../core/evidence/bundle.ts'
import { type LeafSource, type Selection, selectLeaves } from '../core/evidence/select.ts'
import type { Log } from './log-state.ts'
import { subjectsOfEvents } from './overlay.ts'
import { isIntact } from './scrub.ts'
import { bytesOf, marks, query } from './sql.ts'

/** What evidence of a consignment is made of, and what the database says beside it. */
export type Gathered = Selection & {
  /** Stored verdicts of the leaves that are not in effect. */
  readonly reasons: ReadonlyMap<number, Refusal>
}

/**
 * The leaves that show one consignment in the tree of `treeSize`, as they lie; one whose bytes lost their hash makes the log read-only. `indexLeaf`
 * comes with them where it is given.
 */
export async function gather(
  log: Log,
  { subject, treeSize, indexLeaf }: { subject: string; treeSize: number; indexLeaf?: EvidenceLeaf | undefined },
): Promise<Gathered> {
  const reasons = new Map<number, Refusal>()
  const source = leafSource(log, (index, reason) => reasons.set(index, reason))
  return { ...(await selectLeaves({ subject, source, treeSize, indexLeaf })), reasons }
}

/** The leaves of this log, as they lie; one whose bytes lost their hash makes it read-only. `onReason` hears of each that is not in effect. */
export function leafSource(log: Log, onReason?: (leafIndex: number, reason: Refusal) => void): LeafSource {
  return {
    async chains(subjects) {
      const sql = `SELECT "subject", "leafIndex", "bytes", "leafHash", "reason" FROM "Leaf" WHERE "subject" IN (${marks(subjects.length)}) ORDER BY "leafIndex"`
      const chains = new Map<string, EvidenceLeaf[]>()
      for (const row of await query(log.adapter, sql, subjects)) {
        const leaf = { leafIndex: Number(row[1]), bytes: bytesOf(row[2]), leafHash: bytesOf(row[3]) }
        isIntact(log, leaf)
        if (row[4] !== null) onReason?.(leaf.leafIndex, row[4] as Refusal)
        const chain = chains.get(String(row[0])) ?? []
        chain.push({ index: leaf.leafIndex, bytes: leaf.bytes })
        chains.set(String(row[0]), chain)
      }
      return chains
    },
    consignmentsOf: hashes => subjectsOfEvents(log.adapter, hashes),
  }
}

/** Public openings of these leaves, by leaf index. */
export async function readPublicOpenings(
  log: Log,
  leafIndices: readonly number[],
): Promise<ReadonlyMap<number, Openings>> {
  const openings = new Map<number, Record<string, Opening>>()
  const sql = `SELECT "leafIndex", "field", "salt", "value" FROM "Opening" WHERE "isPublic" AND "leafIndex" IN (${marks(leafIndices.length)})`
  for (const [index, field, salt, value] of await query(log.adapter, sql, leafIndices)) {
    const fields = openings.get(Number(index)) ?? {}
    fields[String(field)] = { salt: String(salt), value: String(value) }
    openings.set(Number(index), fields)
  }
  return openings
}
