import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

// What stands before the 32 bytes of a seed and of a public key in DER (RFC 8410 §7, §4).
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

// Reading a key takes ten times as long as signing with it. It goes when its seed goes.
const keys = new WeakMap<Uint8Array, KeyObject>()

function privateKey(seed: Uint8Array): KeyObject {
  const known = keys.get(seed)
  if (known) return known
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  keys.set(seed, key)
  return key
}

/** The 32-byte public key of a 32-byte seed, natively. Throws on a seed of another length. */
export function publicKeyNatively(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return new Uint8Array(der.subarray(SPKI.length))
}

/** The 64-byte Ed25519 signature over `message` by the 32-byte `seed`, natively: about thirty times as fast as in JavaScript. The seed's bytes never change. */
export function signNatively({ seed, message }: { seed: Uint8Array; message: Uint8Array }): Uint8Array {
  return new Uint8Array(sign(null, message, privateKey(seed)))
}
