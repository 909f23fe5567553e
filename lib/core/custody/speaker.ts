import { fail, pass, type Result } from '../result.ts'
import type { Event } from './event.ts'
import type { Refusal } from './refusals.ts'
import type { Context, KeyState, Recorded } from './state.ts'
import { timeMilliseconds } from './text.ts'

/** An event whose claimed time lies before the key's limit may still arrive for this long after it (PROTOCOL §3). */
export const GRACE_MILLISECONDS = 72 * 3600 * 1000

/** True when `key` may sign at `recordedAt` (unix ms) as far as its own limit goes; `at` is the event's claimed time. */
export function isWithinLimit({ key, at, recordedAt }: { key: KeyState; at: string; recordedAt: number }): boolean {
  if (key.until === undefined) return true
  const limit = timeMilliseconds(key.until)
  return recordedAt < limit || (recordedAt < limit + GRACE_MILLISECONDS && timeMilliseconds(at) < limit)
}

/** True when `key` could enrol and revoke for its party at `recordedAt`: an admin's, not revoked, not expired. */
export function isLiveAdmin(key: KeyState, recordedAt: number): boolean {
  return key.role === 'admin' && !key.revoked && (key.until === undefined || recordedAt < timeMilliseconds(key.until))
}

/**
 * Whether the event's key speaks for its party at this place; its signature is the caller's to verify. Log order alone decides (PROTOCOL §3).
 * The value is the enrolled key, or undefined where the first key speaks by leaf 0.
 * Codes: `log-not-founded`, `origin-mismatch`, `key-unknown`, `key-party`, `key-revoked`, `key-expired`, `key-paper`, `party-suspended`.
 */
export function speaker({
  context,
  recorded,
}: {
  context: Context
  recorded: Recorded
}): Result<KeyState | undefined, Refusal> {
  const { event, index, recordedAt } = recorded
  const founding = context.founding
  if (!founding)
    return event.kind === 'found' && index === 0 ? pass(undefined) : fail('log-not-founded', 'leaf 0 founds the log')
  if (event.origin !== founding.origin) return fail('origin-mismatch', `signed for ${event.origin}`)
  if (index <= 2 && event.key === founding.key && event.by === founding.operator) return pass(undefined)

  const key = context.key(event.key)
  if (!key) return fail('key-unknown', `key ${event.key} was never enrolled`)
  if (key.party !== event.by) return fail('key-party', `key ${event.key} was enrolled for ${key.party}`)
  if (key.revoked) return fail('key-revoked', `key ${event.key} was revoked at leaf ${key.revoked.index}`)
  if (!isWithinLimit({ key, at: event.at, recordedAt }))
    return fail('key-expired', `key ${event.key} was enrolled until ${key.until}`)
  if (key.held === 'paper' && !signsOnPaper(context, event))
    return fail('key-paper', `key ${event.key} is a recovery key`)
  if (context.party(event.by)?.suspended) return fail('party-suspended', `party ${event.by} is suspended`)
  return pass(key)
}

/** A recovery key enrols and revokes for its own party, and signs nothing else (PROTOCOL §2). */
function signsOnPaper(context: Context, event: Event): boolean {
  if (event.kind === 'enrol') return event.body.party === event.by
  return event.kind === 'revoke' && context.key(event.id)?.party === event.by
}
