import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import type { ConsignmentState } from '../core/custody/state.ts'
import type { Log } from './log-state.ts'
import { foldSubjects, NowReadOnly, readChains } from './overlay.ts'

/**
 * The states of consignments as recorded, by reference, mostly from memory. One that the log does not know is left out, and so is one with an
 * altered leaf: the log is read-only then, and nobody acts on it. `on`: a transaction to read in.
 */
export async function statesOf(
  log: Log,
  references: readonly string[],
  on: SqlQueryable = log.adapter,
): Promise<ReadonlyMap<string, ConsignmentState>> {
  if (references.length === 0) return new Map()
  const subjects = [...new Set(references)].map(reference => `consignment/${reference}`)
  const states = new Map<string, ConsignmentState>()
  const keep = (chains: Awaited<ReturnType<typeof readChains>>) =>
    foldSubjects(log, on, chains).then(folded => {
      for (const { about, state } of folded) if (about === 'consignment') states.set(state.reference, state)
    })
  const chains = await readChains(on, subjects)
  try {
    await keep(chains)
  } catch (error) {
    if (!(error instanceof NowReadOnly)) throw error
    for (const chain of chains) {
      await keep(new Map([chain])).catch(each => {
        if (!(each instanceof NowReadOnly)) throw each
      })
    }
  }
  return states
}
