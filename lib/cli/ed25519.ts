import { createPublicKey, verify } from 'node:crypto'
import type { VerifySignature } from '../core/ledger/ed25519.ts'

// What stands before the 32 bytes of a public key in DER (RFC 8410 §4).
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** Native verdict; false for keys and signatures of another length and for a key that is none. Of its own, so that `verify` needs lib/core alone. */
export const verifyNatively: VerifySignature = ({ publicKey, message, signature }) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
    return verify(null, message, key, signature)
  } catch {
    // OpenSSL throws where the key's bytes are no point.
    return false
  }
}
