import { hexDecode, utf8Encode } from '../bytes.ts'
import { claimMessage, enrolMessage } from '../custody/claims.ts'
import { type Event, keyName } from '../custody/event.ts'
import type { Recorded } from '../custody/state.ts'
import type { VerifySignature } from '../ledger/ed25519.ts'
import { isSoundPublicKey } from '../ledger/sound-key.ts'
import { isKeyIdRight, type NewerSignedEvent, type SignedEvent } from './signed-event.ts'

/** What a signature is checked against, looked up in whatever part of the log the caller holds. */
export interface Keyring {
  /** The 32-byte public key whose name is `key`, from leaf 0 or its enrolment. */
  publicKey(key: string): Uint8Array | undefined
  /** The 32-byte one-time key of the open release with this acting hash. */
  claimKey(release: string): Uint8Array | undefined
}

/** Verdicts on every signature of one event; what custody is told in {@link Recorded}. Parts that the event does not have are absent. */
export interface SignatureFacts {
  readonly note: 'signature-ok' | 'signature-key-id' | 'signature-wrong' | 'key-unknown'
  readonly restated?: boolean
  readonly proven?: boolean
  readonly sound?: boolean
}

/**
 * Checks every signature that an event carries (PROTOCOL §1, §3, §4): the note's own, a restated note's, a new key's proof, a claim.
 * All are handed to `verify` before the first is awaited, so that native code may work on them side by side.
 */
export function checkSignatures(args: {
  signed: SignedEvent | NewerSignedEvent
  keyring: Keyring
  verify: VerifySignature
}): SignatureFacts | Promise<SignatureFacts> {
  const { signed, keyring, verify } = args
  const publicKey = keyring.publicKey((signed.event ?? signed.newer).key)
  const isRightId = publicKey !== undefined && isKeyIdRight(signed, publicKey)
  const note = publicKey && isRightId ? verifyText({ signed, publicKey, verify }) : false
  const inner = signed.event ? signed.restated : undefined
  const innerKey = inner && keyring.publicKey(inner.event.key)
  const restated =
    inner &&
    (innerKey && isKeyIdRight(inner, innerKey) ? verifyText({ signed: inner, publicKey: innerKey, verify }) : false)
  const acting = inner?.event ?? signed.event
  const proven = acting && verifyProof({ event: acting, keyring, verify })
  const sound = acting && soundness(acting)
  const known = publicKey !== undefined
  const finish = (isGood: boolean, isRestatedGood?: boolean, isProven?: boolean): SignatureFacts => ({
    note: !known ? 'key-unknown' : !isRightId ? 'signature-key-id' : isGood ? 'signature-ok' : 'signature-wrong',
    ...(isRestatedGood !== undefined && { restated: isRestatedGood }),
    ...(isProven !== undefined && { proven: isProven }),
    ...(sound !== undefined && { sound }),
  })
  if (isSettled(note) && isSettled(restated) && isSettled(proven)) return finish(note, restated, proven)
  return Promise.all([note, restated, proven]).then(verdicts => finish(...verdicts))
}

/** What custody is told of an event at its place, or undefined for a newer one. */
export function recordedOf(args: {
  signed: SignedEvent
  facts: SignatureFacts
  index: number
  recordedAt: number
}): Recorded {
  const { signed, facts, index, recordedAt } = args
  const { event, hash, restated } = signed
  return {
    event,
    hash,
    index,
    recordedAt,
    ...(restated && { restated: { event: restated.event, hash: restated.hash, signed: facts.restated === true } }),
    ...(facts.proven !== undefined && { proven: facts.proven }),
    ...(facts.sound !== undefined && { sound: facts.sound }),
  }
}

/** Public keys that `event` brings into the log: the first key in leaf 0, a new key in an enrolment; by their names, whatever it says. */
export function publicKeyIn(event: Event): { key: string; publicKey: Uint8Array } | undefined {
  if (event.kind !== 'found' && event.kind !== 'enrol') return undefined
  const publicKey = hexDecode(event.body.publicKey, 32)
  return publicKey && { key: keyName(publicKey), publicKey }
}

/** The one-time key of an open release. */
export function claimKeyIn(event: Event): Uint8Array | undefined {
  if (event.kind !== 'release' || !('claim' in event.body.to)) return undefined
  return hexDecode(event.body.to.claim, 32)
}

function verifyText(args: { signed: SignedEvent | NewerSignedEvent; publicKey: Uint8Array; verify: VerifySignature }) {
  const { signed, publicKey, verify } = args
  return verify({ publicKey, message: signed.message, signature: signed.signature })
}

/** The new key's signature for itself, or the claim on an open release. */
function verifyProof(args: { event: Event; keyring: Keyring; verify: VerifySignature }) {
  const { event, keyring, verify } = args
  const { origin, by, key } = event
  if (event.kind === 'enrol') {
    const { party, role, proof, publicKey } = event.body
    return verifyHex({
      publicKey: hexDecode(publicKey, 32),
      message: enrolMessage({ origin, party, role }),
      proof,
      verify,
    })
  }
  if (event.kind !== 'receive' && event.kind !== 'refuse') return undefined
  const { release, claim } = event.body
  if (claim === undefined) return undefined
  const message = claimMessage({ release, party: by, key })
  return verifyHex({ publicKey: keyring.claimKey(release), message, proof: claim, verify })
}

function verifyHex(args: {
  publicKey: Uint8Array | undefined
  message: string
  proof: string
  verify: VerifySignature
}) {
  const signature = hexDecode(args.proof, 64)
  if (args.publicKey === undefined || signature === undefined) return false
  return args.verify({ publicKey: args.publicKey, message: utf8Encode(args.message), signature })
}

/** Absent where the event brings no key; small-order, mixed and non-canonical keys would let one signature fit several messages. */
function soundness(event: Event): boolean | undefined {
  const publicKey = publicKeyIn(event)?.publicKey ?? claimKeyIn(event)
  return publicKey && isSoundPublicKey(publicKey)
}

function isSettled<Value>(value: Value | Promise<Value>): value is Value {
  return !(value instanceof Promise)
}
