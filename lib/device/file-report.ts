import { parseEvidence } from '../core/evidence/bundle.ts'
import { readHead } from '../core/evidence/log-checks.ts'
import { verifyEvidence } from '../core/evidence/verify.ts'
import { signatureVerifier } from './ed25519.ts'
import { type Pin, pinHere } from './pin.ts'
import type { Verify } from './verify-page.ts'

/** Address of the bundle of `hold/hold.ts`; the build puts it in (`lib/cli/bundle-seal.mjs`). */
declare const HOLD_MODULE: string

const holdModule = () => import(HOLD_MODULE) as Promise<typeof import('./hold/hold.ts')>

/** Text of the policy that `pin` holds the file's log to; undefined where the file is of another log, of none, or nobody is asked for. */
export function policyFor(bytes: Uint8Array, pin: Pin | undefined): string | undefined {
  if (pin?.policy === undefined) return undefined
  const file = parseEvidence(bytes)
  const isOfLog = file.ok && readHead(file.value.checkpoint)?.origin === pin.origin
  return isOfLog ? pin.policy : undefined
}

/**
 * The verifier of files, as ready as it can be: the network may be gone when a file is chosen. A file of the log that this browser holds to witnesses
 * is held to them too. Rejects where those were taken on only after the page was opened and what checks them cannot be fetched any more.
 */
export async function fileVerifier(): Promise<Verify> {
  const verify = await signatureVerifier()
  if (pinHere()?.policy !== undefined) await holdModule()
  return async ({ bytes, trusted, seen }) => {
    const policy = policyFor(bytes, pinHere())
    if (policy === undefined) return verifyEvidence({ bytes, trusted, seen, verify })
    const { checkWitnesses: witnesses } = await holdModule()
    return verifyEvidence({ bytes, trusted: { ...trusted, policy }, seen, verify, witnesses })
  }
}
