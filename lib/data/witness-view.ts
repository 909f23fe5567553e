import { isQuorumMet, isReplaying, leastWitnesses, witnessTitle } from '../core/ledger/policy.ts'
import { formatVkey } from '../core/ledger/vkey.ts'
import { readCheckpoint } from './checkpoints.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { policyText } from './witness-policy.ts'
import { readCosignatures, readWitnesses } from './witness-rows.ts'
import type { WitnessProblem } from './witness-state.ts'

/** `signed`: the newest checkpoint · `behind`: an older one · `never`: nothing yet. */
export type WitnessState = 'signed' | 'behind' | 'never'

/** One witness of this log's policy, for anyone. Times in unix milliseconds. */
export type WitnessView = {
  /** As the policy calls it. */
  readonly name: string
  readonly vkey: string
  /** It signs only what it has replayed. */
  readonly isReplaying: boolean
  readonly state: WitnessState
  /** Tree that it signed last. */
  readonly size?: number
  readonly signedAt?: number
  /** Why the last request to it brought nothing. */
  readonly problem?: WitnessProblem
}

/** Who watches this log, and who of them signed its newest checkpoint. */
export type Witnesses = {
  readonly views: readonly WitnessView[]
  /** How many signed the newest checkpoint, of how many, and how many the policy takes at least. */
  readonly signed: number
  readonly least: number
  readonly isMet: boolean
}

/** The witnesses of this log's policy; undefined where it has none, or is not founded. */
export async function witnesses(on?: Log): Promise<Witnesses | undefined> {
  const log = on ?? (await database())
  const policy = log.witnessing?.policy
  if (!policy || policy.witnesses.length === 0) return undefined
  const size = (await readCheckpoint(log.adapter))?.size ?? 0
  const [rows, lines] = await Promise.all([readWitnesses(log.adapter), readCosignatures(log.adapter, size)])
  const signed = new Set(lines.map(line => line.witness))
  const views = policy.witnesses.map((witness): WitnessView => {
    const vkey = formatVkey(witness.key)
    const row = rows.get(vkey)
    const hasSigned = row?.signedAt !== undefined
    return {
      name: witnessTitle(witness),
      vkey,
      isReplaying: isReplaying(witness),
      state: signed.has(vkey) ? 'signed' : hasSigned ? 'behind' : 'never',
      ...(row && hasSigned && { size: row.size, signedAt: row.signedAt as number }),
      ...(row?.problem && { problem: row.problem }),
    }
  })
  const names = policy.witnesses.filter(({ key }) => signed.has(formatVkey(key))).map(({ name }) => name)
  return { views, signed: names.length, least: leastWitnesses(policy), isMet: isQuorumMet(policy, new Set(names)) }
}

/** Whom to trust for this log, as a tlog-policy file; undefined before the log is founded. `url`: where it is read. */
export async function policyFile(url: string, on?: Log): Promise<string | undefined> {
  const { signer, witnessing } = on ?? (await database())
  return signer && policyText({ vkey: signer.vkey, url, policy: witnessing?.policy })
}
