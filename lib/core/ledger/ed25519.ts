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

const { Point } = ed25519
const ORDER = Point.CURVE().n

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
  const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k))
  return equalBytes(expected.toBytes(), r)
}

/**
 * True for a key fit to be enrolled: 32 bytes, the canonical encoding of a point of the prime-order subgroup other than the neutral one.
 * All others let one signature fit several messages or several spellings name one key.
 */
export function isSoundPublicKey(publicKey: Uint8Array): boolean {
  if (publicKey.length !== 32) return false
  try {
    const point = Point.fromBytes(publicKey, false)
    return !point.isSmallOrder() && point.isTorsionFree()
  } catch {
    return false
  }
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
    return Point.fromBytes(publicKey, true)
  } catch {
    return undefined
  }
}

function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number)
  return value
}
