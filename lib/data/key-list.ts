import { formatKeyList, selectKeyList } from '../core/evidence/key-list.ts'
import { mapKey } from '../core/ledger/map.ts'
import { proveMap } from '../core/ledger/map-proof.ts'
import { multiProofRanges } from '../core/ledger/multi-proof.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { leafSource } from './leaf-source.ts'
import type { Log } from './log-state.ts'
import { askMap } from './map-at.ts'
import { query } from './sql.ts'
import { hashesOf, readLeaves } from './tiles.ts'

/**
 * All keys ever enrolled in a party's name under the newest checkpoint, proven whole, in the one spelling of a key list. Codes: `party-unknown`
 * (no such party is sealed), `index-not-promised` (this log proves no list whole), `unknown-size` (the map of that checkpoint cannot be had; the
 * log is read-only then).
 */
export async function keyListFile(
  party: string,
  on?: Log,
): Promise<Result<string, 'party-unknown' | 'index-not-promised' | 'unknown-size'>> {
  const log = on ?? (await database())
  const checkpoint = await readCheckpoint(log.adapter)
  if (!checkpoint || checkpoint.size === 0 || !log.signer) return fail('party-unknown', 'the log is empty')
  if (!log.founding?.index) return fail('index-not-promised', 'this log promises no index')
  const { size: treeSize, note } = checkpoint
  const subject = `party/${party}`
  const chain = 'SELECT 1 FROM "Leaf" WHERE "subject" = ? AND "seq" = 0 AND "leafIndex" < ?'
  if ((await query(log.adapter, chain, [subject, treeSize])).length === 0) return fail('party-unknown', subject)
  const [last] = await readLeaves(log.adapter, { from: treeSize - 1, to: treeSize })
  if (!last) return fail('unknown-size', `leaf ${treeSize - 1} is not there`)
  const rows = await query(log.adapter, 'SELECT "key" FROM "Key" WHERE "party" = ?', [party])
  const { leaves, subjects } = await selectKeyList({
    party,
    keys: rows.map(row => String(row[0])),
    source: leafSource(log),
    treeSize,
    indexLeaf: { index: last.leafIndex, bytes: last.bytes },
  })
  const map = await askMap(log, treeSize, tiles => proveMap(tiles, subjects.map(mapKey)))
  if (!map.ok) return map
  if (!map.value) return fail('unknown-size', 'the stored map is not that of this checkpoint')
  const leafIndices = leaves.map(leaf => leaf.index)
  const proof = await hashesOf(log.adapter, { ranges: multiProofRanges({ leafIndices, treeSize }), treeSize })
  return pass(formatKeyList({ party, checkpoint: note, vkey: log.signer.vkey, leaves, proof, map: map.value }))
}
