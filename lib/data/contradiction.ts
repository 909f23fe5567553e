import { formatContradiction } from '../core/ledger/contradiction.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import { readOwnCheckpoint } from './guard-file.ts'
import type { Log } from './log-state.ts'
import { handedIn } from './rollback-guard.ts'
import { consistencyProof, hashesOf } from './tiles.ts'
import { cosignedNote } from './witness-rows.ts'

/**
 * The checkpoint that was handed in, by anyone or by a witness, beside the newest one of this database, as one file that `npm run verify` explains; where the
 * other is not the larger one, with the proof that ours begins otherwise. Undefined where nothing was handed in that this log does not lead on from.
 */
export async function contradictionFile(on?: Log): Promise<string | undefined> {
  const log = on ?? (await database())
  const note = handedIn(log)
  const ours = await readCheckpoint(log.adapter)
  if (note === undefined || !ours || !log.signer) return undefined
  const shown = await readOwnCheckpoint(note, log.signer)
  if (!shown.ok) return undefined
  const { vkey } = log.signer
  const own = await cosignedNote(log.adapter, ours)
  const { size } = shown.value
  if (size > ours.size) return formatContradiction({ vkey, proof: [], notes: [note, own] })
  const notes = [own, note] as const
  if (size === ours.size || size === 0) return formatContradiction({ vkey, proof: [], notes })
  const beginning = await hashesOf(log.adapter, { ranges: [{ start: 0, end: size }], treeSize: ours.size })
  const proof = await consistencyProof(log.adapter, { oldSize: size, newSize: ours.size })
  return formatContradiction({ vkey, proof: [...beginning, ...proof], notes })
}
