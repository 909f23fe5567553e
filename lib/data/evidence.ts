import { type Evidence, formatEvidence } from '../core/evidence/bundle.ts'
import { multiProofRanges } from '../core/ledger/multi-proof.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { gather, readPublicOpenings } from './leaf-source.ts'
import type { Log } from './log-state.ts'
import { consistencyProof, hashesOf } from './tiles.ts'

/**
 * The evidence file of a consignment under the newest checkpoint, in its one spelling. With `seen`, the size of a checkpoint that the caller
 * knows, it brings the consistency proof from there. Codes: `unknown-reference` (no leaf of it is sealed), `seen-ahead` (larger than anything
 * this log has signed: the caller should hand that checkpoint in).
 */
export async function evidenceFile(
  reference: string,
  seen?: number,
  on?: Log,
): Promise<Result<string, 'unknown-reference' | 'seen-ahead'>> {
  const log = on ?? (await database())
  const checkpoint = await readCheckpoint(log.sqlite)
  if (!checkpoint || !log.signer) return fail('unknown-reference', 'the log is empty')
  const treeSize = checkpoint.size
  if (seen !== undefined && seen > treeSize)
    return fail('seen-ahead', `the newest checkpoint covers ${treeSize} leaves`)
  const subject = `consignment/${reference}`
  const { leaves, omitted, acting } = await gather(log, { subject, treeSize })
  if (
    ![...acting.values()].some(event => event.subject === subject) &&
    !(await hasSealedChain(log, subject, treeSize))
  ) {
    return fail('unknown-reference', subject)
  }
  const leafIndices = leaves.map(leaf => leaf.index)
  const evidence: Evidence = {
    subject,
    checkpoint: checkpoint.note,
    vkey: log.signer.vkey,
    leaves,
    proof: await hashesOf(log.sqlite, { ranges: multiProofRanges({ leafIndices, treeSize }), treeSize }),
    openings: await readPublicOpenings(log, leafIndices),
    ...(seen !== undefined && {
      seen: { size: seen, proof: await consistencyProof(log.sqlite, { oldSize: seen, newSize: treeSize }) },
    }),
    omitted,
  }
  return pass(formatEvidence(evidence))
}

/** Leaves of the subject may be there although none of them can be read any more. */
async function hasSealedChain(log: Log, subject: string, treeSize: number): Promise<boolean> {
  const leaf = await log.prisma.leaf.findFirst({ where: { subject, seq: 0, leafIndex: { lt: treeSize } } })
  return leaf !== null
}
