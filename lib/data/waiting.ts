import type { Refusal } from '../core/custody/refusals.ts'
import type { Openings } from '../core/custody/sealed.ts'
import type { SignatureFacts } from '../core/evidence/obligations.ts'
import type { SignedEvent } from '../core/evidence/signed-event.ts'

export type RefusedCode = Refusal | 'read-only' | 'queue-full' | 'stopping' | 'storage'

/** What became of a submitted event. `repeated`: it was recorded before, here is where. `head`: hash of the subject's newest event, with a conflict. */
export type Submission =
  | {
      readonly outcome: 'recorded' | 'repeated'
      readonly index: number
      readonly eventHash: string
      readonly inEffect: boolean
      readonly reason?: Refusal
    }
  | {
      readonly outcome: 'refused'
      readonly code: RefusedCode
      readonly detail: string
      readonly head?: string
      /** Name of the key whose good signature it bears; absent where the signature was not good or not looked at. */
      readonly signedBy?: string
    }

/** A checked event on its way into the log. */
export type Waiting = {
  readonly note: Uint8Array
  readonly signed: SignedEvent
  readonly facts: SignatureFacts
  readonly openings: Openings
  readonly mend: boolean
  readonly founding: boolean
  /** When it arrived, by `performance.now()`. */
  readonly since: number
  readonly resolve: (submission: Submission) => void
  readonly reject: (error: unknown) => void
}

export function refuse(code: RefusedCode, detail: string, head?: string): Submission {
  return { outcome: 'refused', code, detail, ...(head !== undefined && { head }) }
}
