import { type Failure, fail } from '../result.ts'
import type { FailCode } from './report.ts'

/** Codes by which a place in a subject's chain is wrong. */
export type ChainCode = Extract<
  FailCode,
  'seq-repeated' | 'seq-gap' | 'previous-mismatch' | 'time-decreases' | 'after-unknown' | 'event-repeated'
>

/** What stands at one place in the log, as far as the chains are concerned. */
export interface Link {
  readonly subject: string
  readonly seq: number
  /** Lower-case hex, or '-' at seq 0. */
  readonly previous: string
  /** Lower-case hex of the leaf's own hash. */
  readonly leafHash: string
  readonly recordedAt: number
  readonly after: string
  /** Hashes by which later events may name this one: the event's, and for a restatement the restated note's. */
  readonly names: readonly string[]
}

/** What is kept of one subject's chain to judge its next leaf. */
export interface Chain {
  readonly seq: number
  readonly leafHash: string
  readonly names: Set<string>
}

/** The chains of every subject seen so far, and the newest record time. */
export interface Chains {
  /**
   * Takes the next leaf in log order. Codes, first one that applies: `time-decreases` (the record time is before an earlier leaf's),
   * `seq-repeated` (two leaves with one subject and seq), `seq-gap`, `previous-mismatch` (not the hash of the leaf before it),
   * `after-unknown` (names no earlier event of this chain), `event-repeated` (the same event stands in the log twice).
   */
  add(link: Link): Failure<ChainCode> | undefined
  /** Subjects seen. */
  readonly count: number
}

/** Why `link` cannot follow `chain` (undefined: its subject is new) in a log whose newest record time is `newest`: the codes of {@link Chains.add}. */
export function judgeLink(link: Link, chain: Chain | undefined, newest: number): Failure<ChainCode> | undefined {
  const { subject, seq, after } = link
  const length = chain ? chain.seq + 1 : 0
  if (link.recordedAt < newest) return fail('time-decreases', `recorded at ${link.recordedAt}, after ${newest}`)
  if (seq < length) return fail('seq-repeated', `${subject} has a number ${seq} already`)
  if (seq > length) return fail('seq-gap', `${subject} goes from ${length} records to number ${seq}`)
  if (chain && link.previous !== chain.leafHash) {
    return fail('previous-mismatch', `number ${seq} of ${subject} does not hash the one before`)
  }
  if (after !== '' && !chain?.names.has(after))
    return fail('after-unknown', `number ${seq} of ${subject} names ${after}`)
  if (link.names.some(name => chain?.names.has(name))) return fail('event-repeated', `${link.names[0]} of ${subject}`)
  return undefined
}

/** `chain` with `link` at its end. Past a broken place it goes on from there, so that one cause is not named at every later leaf. */
export function follow(link: Link, chain: Chain | undefined): Chain {
  const names = chain?.names ?? new Set<string>()
  for (const name of link.names) names.add(name)
  return { seq: Math.max(link.seq, chain?.seq ?? 0), leafHash: link.leafHash, names }
}

/** Chains before leaf 0. */
export function emptyChains(): Chains {
  const chains = new Map<string, Chain>()
  let newest = 0
  return {
    add(link) {
      const chain = chains.get(link.subject)
      const failure = judgeLink(link, chain, newest)
      newest = Math.max(newest, link.recordedAt)
      chains.set(link.subject, follow(link, chain))
      return failure
    },
    get count() {
      return chains.size
    },
  }
}
