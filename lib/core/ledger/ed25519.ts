import { edwards } from '@noble/curves/abstract/edwards.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { concat, equalBytes } from '../bytes.ts'

/**
 * Answers whether the 64-byte Ed25519 `signature` over `message` is good for the 32-byte `publicKey`; false, never a throw, for any
 * other lengths. Passed in from outside: native code (node:crypto, WebCrypto) wherever there is some, else {@link verifyEd25519Fallback}.
 */
export type VerifySignature = (args: {
  publicKey: Uint8Array
  message: Uint8Array
  signature: Uint8Array
}) => boolean | Promise<boolean>

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const PRIME = 2n ** 255n - 19n

let curve: ReturnType<typeof edwards> | undefined

/**
 * The points of edwards25519 (RFC 8032 §5.1) from the same library that makes `ed25519`. Named apart, and made when they are first asked for: a
 * bundle that only verifies leaves signing out, and one with native signatures leaves the curve out.
 */
function points(): ReturnType<typeof edwards> {
  curve ??= edwards({
    p: PRIME,
    n: ORDER,
    h: 8n,
    a: PRIME - 1n,
    d: 37095705934669439343138083508754565189542113879843219016388785533085940283555n,
    Gx: 15112221349535400772501151409588531511454012693041857206046113283949847762202n,
    Gy: 46316835694926478169428394003475163141307993866256225615783033603165251855960n,
  })
  return curve
}

/**
 * Ed25519 with the verdicts of node:crypto, Go and Chromium on every input, malformed ones too: S below the group order, the key decoded
 * permissively, and the bytes of [S]B − [k]A compared with R (the cofactorless equation of RFC 8032 §5.1.7). A library's own `verify`
 * answers differently for crafted keys and signatures, and one file would then have two verdicts.
 */
export function verifyEd25519Fallback(args: {
  publicKey: Uint8Array
  message: Uint8Array
  signature: Uint8Array
}): boolean {
  const { publicKey, message, signature } = args
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const r = signature.subarray(0, 32)
  const s = littleEndian(signature.subarray(32))
  if (s >= ORDER) return false
  const key = decodePermissively(publicKey)
  if (key === undefined) return false
  const k = littleEndian(sha512(concat(r, publicKey, message))) % ORDER
  const expected = points().BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k))
  return equalBytes(expected.toBytes(), r)
}

/** The 32-byte public key of a 32-byte seed (RFC 8032 §5.1.5). Throws on a seed of another length. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed)
}

/** The 64-byte deterministic signature over `message` (RFC 8032 §5.1.6) by the 32-byte `seed`. Throws on a seed of another length. */
export function signEd25519({ seed, message }: { seed: Uint8Array; message: Uint8Array }): Uint8Array {
  return ed25519.sign(message, seed)
}

/** As native code does: y is reduced, not refused, and a sign bit on x = 0 is ignored. */
function decodePermissively(publicKey: Uint8Array) {
  try {
    return points().fromBytes(publicKey, true)
  } catch {
    return undefined
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}
