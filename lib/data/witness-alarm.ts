import { readOwnCheckpoint } from './guard-file.ts'
import { goReadOnly, type Log, type ReadOnlyCode, type Signer } from './log-state.ts'
import { handIn } from './rollback-guard.ts'
import { latestOf } from './witness-client.ts'
import type { AskedWitness } from './witness-state.ts'

/**
 * A witness knows more of this log than its database, or another history of it: nothing more is signed. What it signed is asked for first: with our own
 * signature on it that is the evidence, kept through every restart (`handIn`). Without, its word alone stops this process, and the next one that asks it.
 */
export async function alarm(args: {
  log: Log
  witness: AskedWitness
  signer: Signer
  code: Extract<ReadOnlyCode, 'witness-ahead' | 'witness-differs'>
  said: string
}): Promise<void> {
  const { log, witness, signer, code, said } = args
  const signal = AbortSignal.any([])
  const note = await latestOf({ url: witness.url, signal }, signer.origin)
  const shown = note === undefined ? undefined : await readOwnCheckpoint(note, signer)
  const proof = shown?.ok
    ? `it shows a checkpoint of ${shown.value.size} leaves with our signature`
    : 'it shows no checkpoint'
  goReadOnly(log, code, `the witness ${witness.name}: ${said}; ${proof}`)
  if (note !== undefined && shown?.ok) await handIn(log, note)
}
