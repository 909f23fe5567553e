import { paths } from '../paths.ts'
import type { Kept } from './store.ts'

/** What came of one try. `later`: nobody knows whether the log has it; the same note sent again is recorded once. */
export type Reply =
  | { readonly outcome: 'recorded'; readonly index: number; readonly inEffect: boolean; readonly reason?: string }
  | { readonly outcome: 'refused'; readonly code: string; readonly head?: string }
  | { readonly outcome: 'later'; readonly milliseconds: number }

/** A form waits no longer than this for an answer. */
export const MOST_MILLISECONDS = 20_000
const REFUSALS: readonly number[] = [403, 409, 413, 415, 422]
const LATER: Reply = { outcome: 'later', milliseconds: 0 }

/** Sends one signed event, once. `mend`: the signer is still at the form. Never rejects. */
export async function sendKept(kept: Kept, { mend }: { mend: boolean }): Promise<Reply> {
  const { note, openings, firstRunCode } = kept
  try {
    const response = await fetch(paths.events(), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(firstRunCode !== undefined && { 'first-run-code': firstRunCode }),
      },
      body: JSON.stringify({ event: note, openings, ...(mend && { mend }) }),
      // The signature authorises; a session may have ended meanwhile.
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(MOST_MILLISECONDS),
    })
    return readReply({ response, body: await response.json(), hash: kept.hash })
  } catch {
    return LATER
  }
}

/** Only what our log would say counts: a hotel's sign-in page answers 200 to everything. */
function readReply({ response, body, hash }: { response: Response; body: unknown; hash: string }): Reply {
  if (typeof body !== 'object' || body === null) return LATER
  const { index, eventHash, inEffect, reason, code, head } = body as Readonly<Record<string, unknown>>
  if (response.ok && eventHash === hash && typeof index === 'number' && typeof inEffect === 'boolean') {
    return { outcome: 'recorded', index, inEffect, ...(typeof reason === 'string' && { reason }) }
  }
  // Said of everything but the founding with the right code: waiting mends nothing.
  const isRefusal = REFUSALS.includes(response.status) || code === 'log-not-founded'
  if (isRefusal && typeof code === 'string') {
    return { outcome: 'refused', code, ...(typeof head === 'string' && { head }) }
  }
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return { outcome: 'later', milliseconds: Number.isFinite(seconds) ? Math.min(seconds, 600) * 1000 : 0 }
}
