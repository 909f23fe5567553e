import type { VerifySignature } from '../core/ledger/ed25519.ts'
import { nativeVerifier } from './native-ed25519.ts'

/** Address of the bundle of `fallback.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const FALLBACK_MODULE: string

/**
 * Native Ed25519 where the browser has it for this page (secure contexts only), else the fallback with the same verdicts, fetched once. A page
 * that may lose the network asks when it is loaded. For the seal: pages of the workspace bring the fallback along.
 */
export async function signatureVerifier(): Promise<VerifySignature> {
  const native = await nativeVerifier()
  if (native) return native
  const fallback = (await import(FALLBACK_MODULE)) as typeof import('./fallback.ts')
  return fallback.verify
}
