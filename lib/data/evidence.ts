import { type Evidence, type EvidenceLeaf, formatEvidence } from '../core/evidence/bundle.ts'
import { mapKey } from '../core/ledger/map.ts'
import { proveMap } from '../core/ledger/map-proof.ts'
import { multiProofRanges } from '../core/ledger/multi-proof.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { gather, readPublicOpenings } from './leaf-source.ts'
import type { Log } from './log-state.ts'
import { askMap } from './map-at.ts'
import { isIntact } from './scrub.ts'
import { consistencyProof, hashesOf, readLeaves } from './tiles.ts'
import { cosignedNote } from './witness-rows.ts'

/** Tree sizes of checkpoints: `seen` is one that the caller keeps, `size` the one to prove under, by default the newest. */
export type EvidenceSizes = { readonly seen?: number | undefined; readonly size?: number | undefined }

/**
 * The evidence file of a consignment, in its one spelling. With `seen` it brings the consistency proof between the two sizes, whichever is
 * older; with `size` it tells of exactly the tree that a page was rendered from, whatever was recorded since. Codes: `unknown-reference` (no leaf
 * of it is sealed), `unknown-size` (no checkpoint of that size was signed, or it lies too far back for its map), `seen-ahead` (larger than anything this log has signed: the caller
 * should hand that checkpoint in).
 */
export async function evidenceFile(
  reference: string,
  { seen, size }: EvidenceSizes = {},
  on?: Log,
): Promise<Result<string, 'unknown-reference' | 'unknown-size' | 'seen-ahead'>> {
  const log = on ?? (await database())
  const newest = await readCheckpoint(log.adapter)
  if (!newest || !log.signer) return fail('unknown-reference', 'the log is empty')
  if (seen !== undefined && seen > newest.size)
    return fail('seen-ahead', `the newest checkpoint covers ${newest.size} leaves`)
  const checkpoint = size === undefined ? newest : await readCheckpoint(log.adapter, size)
  if (!checkpoint) return fail('unknown-size', `no checkpoint covers exactly ${size} leaves`)
  const treeSize = checkpoint.size
  const subject = `consignment/${reference}`
  const indexLeaf = log.founding?.index ? await indexLeafAt(log, treeSize) : undefined
  const { leaves, omitted, acting, subjects } = await gather(log, { subject, treeSize, indexLeaf })
  if (
    ![...acting.values()].some(event => event.subject === subject) &&
    !(await hasSealedChain(log, subject, treeSize))
  ) {
    return fail('unknown-reference', subject)
  }
  const keys = subjects.map(mapKey)
  const asked = indexLeaf && (await askMap(log, treeSize, tiles => proveMap(tiles, keys)))
  if (asked && !asked.ok) return asked
  const map = asked?.value
  const leafIndices = leaves.map(leaf => leaf.index)
  const evidence: Evidence = {
    subject,
    checkpoint: await cosignedNote(log.adapter, checkpoint),
    vkey: log.signer.vkey,
    leaves,
    proof: await hashesOf(log.adapter, { ranges: multiProofRanges({ leafIndices, treeSize }), treeSize }),
    // Without it, where one was to be, the stored map is lost: the log is read-only, and `complete` fails before the reader's eyes.
    ...(map && { map }),
    openings: await readPublicOpenings(log, leafIndices),
    ...(seen !== undefined && {
      seen: { size: seen, proof: await consistencyProof(log.adapter, between(seen, treeSize)) },
    }),
    omitted,
  }
  return pass(formatEvidence(evidence))
}

function between(seen: number, treeSize: number): { oldSize: number; newSize: number } {
  return { oldSize: Math.min(seen, treeSize), newSize: Math.max(seen, treeSize) }
}

/** The last leaf of a tree that was signed: the index leaf, as it lies. */
async function indexLeafAt(log: Log, treeSize: number): Promise<EvidenceLeaf | undefined> {
  const [leaf] = await readLeaves(log.adapter, { from: treeSize - 1, to: treeSize })
  if (leaf) isIntact(log, leaf)
  return leaf && { index: leaf.leafIndex, bytes: leaf.bytes }
}

/** Leaves of the subject may be there although none of them can be read any more. */
async function hasSealedChain(log: Log, subject: string, treeSize: number): Promise<boolean> {
  const leaf = await log.prisma.leaf.findFirst({ where: { subject, seq: 0, leafIndex: { lt: treeSize } } })
  return leaf !== null
}
