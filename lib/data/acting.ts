import type { ConsignmentState } from '../core/custody/state.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { foldSubjects, readChains } from './overlay.ts'

/** What a form must know to be checked by the rules that append will ask (PROTOCOL §4): recorded, whether or not it is sealed. */
export type Acting = {
  readonly state: ConsignmentState
  /** Event hash that the next event names as `after`. */
  readonly head: string
  /** Indices from here on are recorded and not yet sealed. */
  readonly recorded: number
}

/** The consignment as it stands now; undefined where nothing of it is recorded. */
export async function actingOn(reference: string, on?: Log): Promise<Acting | undefined> {
  const log = on ?? (await database())
  const chains = await readChains(log.sqlite, [`consignment/${reference}`])
  const [subject] = await foldSubjects(log, log.sqlite, chains)
  if (subject?.about !== 'consignment') return undefined
  const last = subject.state.chain.at(-1)
  return { state: subject.state, head: last?.recorded.hash ?? '', recorded: (last?.recorded.index ?? -1) + 1 }
}
