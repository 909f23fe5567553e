import { leastWitnesses } from '../core/ledger/policy.ts'
import { formatVkey } from '../core/ledger/vkey.ts'
import { measures } from '../monitor/measures.ts'
import type { Log } from './log-state.ts'
import { readWitnesses } from './witness-rows.ts'

/** Each witness signs at least every ten minutes, also where nothing is recorded: one that did not in twice the time is missing. */
const CURRENT_MILLISECONDS = 20 * 60_000

/** Brings the gauges of witnesses up to date; all are 0 where the log has none. */
export async function measureWitnesses(log: Log): Promise<void> {
  const { witnesses, witnessesCurrent, witnessesNeeded } = measures()
  const policy = log.witnessing?.policy
  const keys = (policy?.witnesses ?? []).map(({ key }) => formatVkey(key))
  const rows = keys.length === 0 ? undefined : await readWitnesses(log.adapter)
  const isCurrent = (vkey: string) => log.clock() - (rows?.get(vkey)?.signedAt ?? 0) <= CURRENT_MILLISECONDS
  witnesses.set(keys.length)
  witnessesCurrent.set(keys.filter(isCurrent).length)
  witnessesNeeded.set(policy && keys.length > 0 ? leastWitnesses(policy) : 0)
}
