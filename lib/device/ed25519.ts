import type { VerifySignature } from '../core/ledger/ed25519.ts'

/** Address of the bundle of `fallback.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const FALLBACK_MODULE: string

/**
 * Native Ed25519 where the browser has it for this page (secure contexts only), else the fallback with the same verdicts, fetched once. A page
 * that may lose the network asks when it is loaded.
 */
export async function signatureVerifier(): Promise<VerifySignature> {
  // Plain http on a local network: the page has no crypto.subtle at all.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (!subtle || !(await hasEd25519(subtle))) {
    const fallback = (await import(FALLBACK_MODULE)) as typeof import('./fallback.ts')
    return fallback.verify
  }
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
const own = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>
