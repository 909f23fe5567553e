import type { Policy, PolicyWitness } from '../core/ledger/policy.ts'

/** A witness that can be asked: it has an address in the policy. */
export type AskedWitness = PolicyWitness & {
  readonly vkey: string
  /** Submission prefix, no final slash. */
  readonly url: string
  /** One round at a time; what is published meanwhile is asked for in the next. */
  running: Promise<void> | undefined
  again: boolean
}

/** What one process knows of its witnesses. */
export type Witnessing = {
  readonly policy: Policy
  readonly asked: readonly AskedWitness[]
  /** Ends every request that is under way. */
  readonly abort: AbortController
  /** The first asking of this process, which comes before its first signature. */
  first: Promise<void> | undefined
  timer: NodeJS.Timeout | undefined
}

/**
 * Why a witness did not sign. `unreachable`: no answer within a second · `log-unknown`: it does not follow this log, or not with this key ·
 * `busy`: later · `answer-unusable`: an answer that no witness gives, or a line that is not its own · `moving`: three tries, and its size was another
 * each time · `refused`: any other status.
 */
export const WITNESS_PROBLEMS = ['unreachable', 'log-unknown', 'busy', 'answer-unusable', 'moving', 'refused'] as const
export type WitnessProblem = (typeof WITNESS_PROBLEMS)[number]
