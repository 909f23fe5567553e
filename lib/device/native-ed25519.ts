import type { VerifySignature } from '../core/ledger/ed25519.ts'

/** What stands before the 32 bytes of a seed in PKCS #8 (RFC 8410 §7). */
const PKCS8 = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]

/** WebCrypto where this page has it and it knows Ed25519: neither does on plain http, nor in an old browser. */
export async function nativeCrypto(): Promise<SubtleCrypto | undefined> {
  // Plain http on a local network: the page has no crypto.subtle at all.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  return subtle && (await hasEd25519(subtle)) ? subtle : undefined
}

/** Verifies with WebCrypto; undefined where {@link nativeCrypto} is. */
export async function nativeVerifier(): Promise<VerifySignature | undefined> {
  const subtle = await nativeCrypto()
  if (!subtle) return undefined
  // By the very bytes: the verifier hands over the same ones for all that a key signed.
  const keys = new WeakMap<Uint8Array, Promise<CryptoKey | undefined>>()
  return async ({ publicKey, message, signature }) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false
    let key = keys.get(publicKey)
    if (!key) {
      key = importKey(subtle, publicKey)
      keys.set(publicKey, key)
    }
    const imported = await key
    return imported !== undefined && subtle.verify('Ed25519', imported, own(signature), own(message))
  }
}

/** The private key of a 32-byte seed, which cannot be read out again. */
export function importSeed(subtle: SubtleCrypto, seed: Uint8Array): Promise<CryptoKey> {
  return subtle.importKey('pkcs8', Uint8Array.of(...PKCS8, ...seed), 'Ed25519', false, ['sign'])
}

async function hasEd25519(subtle: SubtleCrypto): Promise<boolean> {
  const basePoint = new Uint8Array(32).fill(0x66)
  basePoint[0] = 0x58
  return (await importKey(subtle, basePoint)) !== undefined
}

/** Undefined for bytes that are no key, as for a browser that knows no Ed25519. */
function importKey(subtle: SubtleCrypto, publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  return subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']).catch(() => undefined)
}

/** WebCrypto's types want bytes over an ArrayBuffer of their own; ours never lie in shared memory. */
export const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>
