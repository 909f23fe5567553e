import type { RefusedCode } from './waiting.ts'

/** Who signed may not speak here, at this time. */
const FORBIDDEN: readonly RefusedCode[] = [
  'key-unknown',
  'key-revoked',
  'key-expired',
  'key-party',
  'key-paper',
  'party-suspended',
]
/** The log stands elsewhere than the signer thought. */
const CONFLICT: readonly RefusedCode[] = ['unknown-after', 'founded', 'not-head', 'behind-head']
/** Nothing is wrong with the event: send it again later. */
const UNAVAILABLE: readonly RefusedCode[] = ['read-only', 'queue-full', 'stopping', 'storage', 'log-not-founded']

/** HTTP status of a refused event; 503 goes with Retry-After, 409 with the head. */
export function httpStatus(code: RefusedCode): 403 | 409 | 413 | 422 | 503 {
  if (FORBIDDEN.includes(code)) return 403
  if (CONFLICT.includes(code)) return 409
  if (UNAVAILABLE.includes(code)) return 503
  return code === 'event-too-large' ? 413 : 422
}
