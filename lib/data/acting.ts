import type { ConsignmentState } from '../core/custody/state.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { statesOf } from './states.ts'

/** What a form must know to be checked by the rules that append will ask (PROTOCOL §4): recorded, whether or not it is sealed. */
export type Acting = {
  readonly state: ConsignmentState
  /** Event hash that the next event names as `after`. */
  readonly head: string
  /** Indices from here on are recorded and not yet sealed. */
  readonly recorded: number
}

/** Several at once, by reference, without those of which nothing is recorded. */
export async function statesNow(
  references: readonly string[],
  on?: Log,
): Promise<ReadonlyMap<string, ConsignmentState>> {
  return statesOf(on ?? (await database()), references)
}

/** The consignment as it stands now; undefined where nothing of it is recorded. */
export async function actingOn(reference: string, on?: Log): Promise<Acting | undefined> {
  const log = on ?? (await database())
  const state = (await statesOf(log, [reference])).get(reference)
  if (!state) return undefined
  const last = state.chain.at(-1)
  return { state, head: last?.recorded.hash ?? '', recorded: (last?.recorded.index ?? -1) + 1 }
}
