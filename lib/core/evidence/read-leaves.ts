import { hexEncode } from '../bytes.ts'
import type { Event } from '../custody/event.ts'
import type { Refusal } from '../custody/refusals.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { type IndexLeaf, isIndexLeaf, parseIndexLeaf } from '../ledger/index-leaf.ts'
import { fail, type Result } from '../result.ts'
import type { EvidenceLeaf } from './bundle.ts'
import { type Leaf, type LeafCode, parseLeaf } from './leaf.ts'
import { checkSignatures, claimKeyIn, type Keyring, publicKeyIn, type SignatureFacts } from './obligations.ts'
import { type NewerSignedEvent, parseSignedEvent, type SignedEvent } from './signed-event.ts'

/** One included leaf, read as far as it can be. `signed` and `facts` are absent where the leaf's own first line is malformed. */
export interface ReadLeaf {
  readonly index: number
  /** Lower-case hex of the leaf hash. */
  readonly leafHash: string
  readonly leaf: Result<Leaf, LeafCode>
  readonly signed: Result<SignedEvent | NewerSignedEvent, Refusal>
  readonly facts: SignatureFacts | undefined
  /** Present where the first word says that it is an index leaf, which holds no event. */
  readonly indexLeaf?: Result<IndexLeaf, 'index-malformed'>
}

/** The event that acts at a leaf: inside a restatement the restated one; undefined where it cannot be read. */
export function actingEvent(read: Pick<ReadLeaf, 'signed'>): { event: Event; hash: string } | undefined {
  const signed = read.signed.ok ? read.signed.value : undefined
  if (!signed?.event) return undefined
  const { event, hash } = signed.restated ?? signed
  return { event, hash }
}

/**
 * Reads included leaves and checks every signature in them, all handed to `verify` before the first is awaited. Keys come from the leaves
 * themselves: a public key is found by the hash of it that events name, an open release's by the release. Whether a key was enrolled in
 * time, and for whom, is the replay's question.
 */
export async function readLeaves(args: {
  leaves: readonly EvidenceLeaf[]
  hashes: readonly Uint8Array[]
  verify: VerifySignature
}): Promise<readonly ReadLeaf[]> {
  const reads = args.leaves.map(({ index, bytes }, i) => {
    const leaf = parseLeaf(bytes)
    const signed: ReadLeaf['signed'] = leaf.ok
      ? parseSignedEvent(leaf.value.note)
      : fail('event-malformed', leaf.detail)
    const indexLeaf = isIndexLeaf(bytes) && { indexLeaf: parseIndexLeaf(bytes) }
    return { index, leafHash: hexEncode(args.hashes[i] as Uint8Array), leaf, signed, ...indexLeaf }
  })
  const keyring = keyringOf(reads)
  const facts = await Promise.all(
    reads.map(({ signed }) =>
      signed.ok ? checkSignatures({ signed: signed.value, keyring, verify: args.verify }) : undefined,
    ),
  )
  return reads.map((read, i) => ({ ...read, facts: facts[i] }))
}

function keyringOf(reads: readonly Pick<ReadLeaf, 'signed'>[]): Keyring {
  const keys = new Map<string, Uint8Array>()
  const claims = new Map<string, Uint8Array>()
  for (const read of reads) {
    const acting = actingEvent(read)
    const enrolled = acting && publicKeyIn(acting.event)
    if (enrolled) keys.set(enrolled.key, enrolled.publicKey)
    const claim = acting && claimKeyIn(acting.event)
    if (claim) claims.set(acting.hash, claim)
  }
  return { publicKey: key => keys.get(key), claimKey: release => claims.get(release) }
}
