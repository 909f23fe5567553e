import { findEntry } from '../core/custody/consignment.ts'
import type { Event } from '../core/custody/event.ts'
import type { Refusal } from '../core/custody/refusals.ts'
import type { ConsignmentState } from '../core/custody/state.ts'
import { type Leaf, type LeafCode, parseLeaf } from '../core/evidence/leaf.ts'
import { checkSignatures, claimKeyIn, publicKeyIn, type SignatureFacts } from '../core/evidence/obligations.ts'
import { actingEvent } from '../core/evidence/read-leaves.ts'
import { type NewerSignedEvent, parseSignedEvent, type SignedEvent } from '../core/evidence/signed-event.ts'
import { type IndexLeaf, isIndexLeaf, parseIndexLeaf } from '../core/ledger/index-leaf.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import type { Result } from '../core/result.ts'
import { verifyAside, verifyNow } from '../data/ed25519.ts'

/** Leaves whose signatures are being checked on other threads. */
export type Prepared = readonly Read[]

/** One leaf, read as far as it can be. */
export interface Read {
  readonly index: number
  readonly bytes: Uint8Array
  readonly leafHash: Uint8Array
  readonly leaf: Result<Leaf, LeafCode>
  /** Present where the first word says that it is an index leaf. */
  readonly indexLeaf: Result<IndexLeaf> | undefined
  readonly signed: Result<SignedEvent | NewerSignedEvent, Refusal> | undefined
  readonly acting: { readonly event: Event; readonly hash: string } | undefined
  readonly facts: SignatureFacts | Promise<SignatureFacts> | undefined
}

/** Open releases whose one-time key is kept at hand; older ones are looked up in their consignment. */
const MOST_CLAIMS = 20_000

/** Reads leaves and begins the checks of their signatures. Keys come from the leaves themselves; whether one was enrolled in time is the replay's question. */
export function openReading(publicKeys: Map<string, Uint8Array>) {
  const claims = new Map<string, Uint8Array>()
  const keyring = { publicKey: (key: string) => publicKeys.get(key), claimKey: (hash: string) => claims.get(hash) }

  const learn = (acting: Read['acting']): void => {
    const brought = acting && publicKeyIn(acting.event)
    // One name, one key, and the same bytes for all that it signed.
    if (brought && !publicKeys.has(brought.key)) publicKeys.set(brought.key, brought.publicKey)
    const claim = acting && claimKeyIn(acting.event)
    if (!claim) return
    claims.set(acting.hash, claim)
    const [oldest] = claims.keys()
    if (claims.size > MOST_CLAIMS && oldest !== undefined) claims.delete(oldest)
  }

  return {
    /** Leaves from index `from` on, all their signatures handed to other threads. */
    prepare(from: number, leaves: readonly Uint8Array[]): Prepared {
      const reads = leaves.map((bytes, i) => {
        const indexLeaf = isIndexLeaf(bytes) ? parseIndexLeaf(bytes) : undefined
        const leaf = parseLeaf(bytes)
        const signed = leaf.ok ? parseSignedEvent(leaf.value.note) : undefined
        const acting = signed && actingEvent({ signed })
        learn(acting)
        return { index: from + i, bytes, leafHash: leafHash(bytes), leaf, indexLeaf, signed, acting }
      })
      return reads.map(read => ({
        ...read,
        facts: read.signed?.ok
          ? checkSignatures({ signed: read.signed.value, keyring, verify: verifyAside })
          : undefined,
      }))
    },
    /** The verdicts, where the claim of an answer is on a release that is no longer at hand: it stands in `state`. */
    withClaim(args: { facts: SignatureFacts; read: Read; state: ConsignmentState | undefined }): SignatureFacts {
      const { facts, read, state } = args
      const value = read.signed?.ok ? read.signed.value : undefined
      if (facts.proven !== false || !value?.event || !state) return facts
      const claimKey = (hash: string) => {
        const entry = findEntry(state, hash)
        return entry && claimKeyIn(entry.acting)
      }
      const again = checkSignatures({ signed: value, keyring: { ...keyring, claimKey }, verify: verifyNow })
      return again instanceof Promise || again.proven === undefined ? facts : { ...facts, proven: again.proven }
    },
  }
}
