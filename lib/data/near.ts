import { nearReferences } from '../core/custody/near.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { readChains } from './overlay.ts'

const MOST = 3

/** Consignments of this log whose reference is one slip away from what was typed: two of some dozens of guesses being real is next to impossible. */
export async function knownNear(typed: string, on?: Log): Promise<readonly string[]> {
  const near = nearReferences(typed)
  if (near.length === 0) return []
  const log = on ?? (await database())
  const known = await readChains(
    log.adapter,
    near.map(reference => `consignment/${reference}`),
  )
  return near.filter(reference => known.has(`consignment/${reference}`)).slice(0, MOST)
}
