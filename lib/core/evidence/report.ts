import type { Refusal } from '../custody/refusals.ts'
import type { Founding } from '../custody/state.ts'
import type { ConsignmentView } from '../custody/views.ts'
import type { CheckpointCode } from '../ledger/checkpoint.ts'
import type { NoteCode } from '../ledger/note.ts'
import type { VkeyCode } from '../ledger/vkey.ts'
import type { Failure } from '../result.ts'
import type { EvidenceCode } from './evidence-codes.ts'
import type { LeafCode } from './leaf.ts'

/** Every check, in the order of a report (PROTOCOL §5). `page-agrees` is added only where a server's page is compared (`seal-view.ts`). */
export const CHECK_NAMES = [
  'log-key',
  'checkpoint-signed',
  'checkpoint-consistent',
  'witnesses',
  'leaves-included',
  'chain-unbroken',
  'events-signed',
  'custody-rules',
  'balance',
  'complete',
  'attachments',
] as const
export type CheckName = (typeof CHECK_NAMES)[number] | 'page-agrees'

/** Causes of a failed check that no parser below has named; SPEC.md says which check gives which. */
export const FAIL_CODES = [
  'log-key-other',
  'origin-other',
  'checkpoint-forked',
  'checkpoint-inconsistent',
  'checkpoint-behind',
  'checkpoint-unproven',
  'policy-unusable',
  'policy-other-log',
  'witness-signature-invalid',
  'witnesses-too-few',
  'malformed-proof',
  'root-mismatch',
  'leaf-zero-missing',
  'subject-missing',
  'seq-repeated',
  'seq-gap',
  'previous-mismatch',
  'time-decreases',
  'after-unknown',
  'event-repeated',
  'opening-not-public',
  'refusable',
  'demo-origin',
  'balance-broken',
  'index-missing',
  'index-malformed',
  'map-without-index',
  'map-proof-missing',
  'map-proof-malformed',
  'map-root-mismatch',
  'map-count-differs',
  'map-leaf-differs',
  'page-differs',
] as const
export type FailCode = (typeof FAIL_CODES)[number]

/** Why a check was not run. */
export const NOT_RUN_CODES = [
  'nothing-trusted',
  'log-succeeds-trusted',
  'nothing-seen',
  'seen-unusable',
  'seen-other-log',
  'no-consistency-proof',
  'no-witness-policy',
  'no-witness-asked',
  'index-not-promised',
  'no-attachments',
  'file-unusable',
  'checkpoint-unreadable',
  'leaves-not-included',
  'chain-broken',
  'events-not-signed',
  'rules-not-passed',
  'reported-not-witnessed',
  'newer-than-this-verifier',
  'quoted-beyond-limit',
  'no-view',
] as const
export type NotRunCode = (typeof NOT_RUN_CODES)[number]

/** `ok` for every pass; the check's name says what passed. */
export type CheckCode = 'ok' | FailCode | NotRunCode | Refusal | LeafCode | NoteCode | CheckpointCode | VkeyCode

export interface Check {
  readonly name: CheckName
  readonly outcome: 'pass' | 'fail' | 'not-run'
  readonly code: CheckCode
  /** Of a failure: what exactly, in English, for an auditor; empty where code and facts say it all. Every reader has words by name and code. */
  readonly detail: string
  /** Index of the first leaf that fails the check. */
  readonly leaf?: number
  /** Numbers and short texts for a message; SPEC.md lists them by check. */
  readonly facts?: Readonly<Record<string, string | number>>
}

/**
 * The one sentence a report comes to. `verified-*` only with the verdict `verified`; `failed` and `unusable` only with `failed`.
 * `-key-not-checked`: nothing failed, but whose log this is was not checked.
 */
export const SENTENCES = [
  'verified-no-witness',
  'verified-witnessed',
  'failed',
  'unusable',
  'consistent-key-not-checked',
  'reported-not-witnessed',
  'reported-key-not-checked',
  'newer-than-this-verifier',
  'quoted-beyond-limit',
] as const
export type SentenceCode = (typeof SENTENCES)[number]

export interface Report {
  readonly verdict: 'verified' | 'failed' | 'not-verified'
  readonly sentence: SentenceCode
  /** One of each of {@link CHECK_NAMES}, in that order. */
  readonly checks: readonly Check[]
  /** `consignment/<reference>`; '' where the file could not be read. */
  readonly subject: string
  /** Set where the file has no shape that can be checked at all: why. */
  readonly unusable?: Failure<EvidenceCode>
  readonly origin?: string
  /** From leaf 0, once it is verified: keys are kept on the server, goods are invented. */
  readonly demo?: boolean
  readonly checkpointSize?: number
  /** The checkpoint as the file brings it; signed by its `vkey` iff `checkpoint-signed` passed. What a pin keeps. */
  readonly checkpointNote?: string
  readonly vkey?: string
  /** Events of the subject's own chain. */
  readonly events?: number
  /** Derived from verified leaves only; absent where `leaves-included`, `chain-unbroken` or `events-signed` did not pass. */
  readonly view?: ConsignmentView
  readonly founding?: Founding
}
