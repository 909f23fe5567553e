import { holdsFirstRunCode } from '@/lib/auth/attempts.ts'
import { limited } from '@/lib/data/limits.ts'
import { standing } from '@/lib/data/standing.ts'
import type { Submission } from '@/lib/data/waiting.ts'
import { callerIn } from '@/lib/door/caller.ts'
import { tooMany } from '../too-many.ts'

/**
 * The answer to give where this caller, or the key that the event names, had too many events refused. From memory: what an enrolled key signed well is
 * never counted and waits for nothing here; an outbox that was offline for a week may send all of it at once.
 */
export async function hasTooManyRefused(request: Request, event?: string): Promise<Response | undefined> {
  const key = event === undefined ? undefined : /"key":"([0-9a-f]{32})"/.exec(event)?.[1]
  const known = [
    standing('events', callerIn(request.headers)),
    ...(key === undefined ? [] : [standing('events-key', key)]),
  ]
  const beyond = known.find(each => !each.ok)
  return beyond?.ok === false ? tooMany(beyond) : undefined
}

/** Counts one refused event: by who sent it, and by its key where the signature was good, so that nobody can have another's key counted. */
export async function countRefused(request: Request, refused?: Submission & { outcome: 'refused' }): Promise<void> {
  await limited('events', callerIn(request.headers))
  if (refused?.signedBy !== undefined) await limited('events-key', refused.signedBy)
}

/** Whether the request brings the first run's one-time code. */
export async function bringsFirstRunCode({ headers }: Request): Promise<boolean> {
  const code = headers.get('first-run-code')
  return code !== null && holdsFirstRunCode({ code, caller: callerIn(headers) })
}
