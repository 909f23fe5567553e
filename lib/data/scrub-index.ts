import { equalBytes } from '../core/bytes.ts'
import { INDEX_SUBJECT } from '../core/evidence/map-changes.ts'
import { parseIndexLeaf } from '../core/ledger/index-leaf.ts'
import { mapKey } from '../core/ledger/map.ts'
import { proveMap, verifyMapProof } from '../core/ledger/map-proof.ts'
import { readIndexed } from './index-leaves.ts'
import { goReadOnly, type Log } from './log-state.ts'
import { askMap } from './map-at.ts'
import { endsBelow } from './map-since.ts'
import { bytesOf, query } from './sql.ts'

const NOTHING = new Uint8Array(0)

/**
 * Whether the index says of leaves [from, to) what they are: each index leaf what stands beside it, and of each subject that ends here the newest map
 * as many leaves and this last one. Read-only where it does not: a false index must not be signed over again. A stored map that was changed is derived
 * again on the way.
 */
export async function isIndexTrue(log: Log, { from, to }: { from: number; to: number }): Promise<boolean> {
  const newest = await readIndexed(log.adapter)
  if (!log.founding?.index || !newest) return true
  const sql =
    'SELECT "leafIndex", "subject", "bytes", "leafHash" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ?'
  const leaves = (await query(log.adapter, sql, [from, Math.min(to, newest.size)])).map(row => ({
    size: Number(row[0]) + 1,
    subject: String(row[1]),
    bytes: bytesOf(row[2]),
    leafHash: bytesOf(row[3]),
  }))
  for (const { size, subject, bytes } of leaves) {
    if (subject !== INDEX_SUBJECT) continue
    const [leaf, beside] = [parseIndexLeaf(bytes), await readIndexed(log.adapter, size)]
    if (leaf.ok && beside && equalBytes(leaf.value.mapRoot, beside.mapRoot)) continue
    goReadOnly(log, 'index-differs', `leaf ${size - 1} is not the index leaf that stands beside it`)
    return false
  }
  const events = leaves.filter(({ subject }) => subject !== INDEX_SUBJECT)
  const ends = await endsBelow(log.adapter, [...new Set(events.map(({ subject }) => subject))], newest.size)
  const last = events.filter(({ subject, leafHash }) => equalBytes(leafHash, ends.get(subject)?.leafHash ?? NOTHING))
  const subjects = [...new Set(last.map(({ subject }) => subject))]
  if (subjects.length === 0) return true
  const keys = subjects.map(mapKey)
  const asked = await askMap(log, newest.size, tiles => proveMap(tiles, keys))
  if (!asked.ok) return true
  const proven = asked.value && verifyMapProof({ root: newest.mapRoot, keys, proof: asked.value })
  if (!proven?.ok) return false
  for (const [i, subject] of subjects.entries()) {
    const [entry, end] = [proven.value[i], ends.get(subject)]
    if (entry && end && entry.count === end.count && equalBytes(entry.leafHash, end.leafHash)) continue
    goReadOnly(log, 'index-differs', `the index says of ${subject} what its leaves do not`)
    return false
  }
  return true
}
