import { type LogHealth, logHealth } from '@/lib/data/log-health.ts'
import { type WitnessView, witnesses } from '@/lib/data/witness-view.ts'
import { refused } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'
import { unlessKnown } from '../status/feed/unless-known.ts'

/** Asked anew every time. */
export const dynamic = 'force-dynamic'

const time = (milliseconds: number) => new Date(milliseconds).toISOString()

/** What stands on the status page, for programs. README, "Health", names every member. */
function shown(health: LogHealth, watched: readonly WitnessView[]) {
  const { state, origin, vkey, recorded, checkpoint, unsealedSince, readOnly, refused, trustedDatabase } = health
  return {
    version: 1,
    state,
    origin,
    vkey: vkey ?? null,
    recorded,
    checkpoint: { size: checkpoint.size, rootHash: checkpoint.rootHash, signedAt: time(checkpoint.signedAt) },
    unsealedSince: unsealedSince === undefined ? null : time(unsealedSince),
    readOnly: readOnly ? { code: readOnly.code, detail: readOnly.detail, since: time(readOnly.since) } : null,
    refused,
    trustedDatabase,
    witnesses: watched.map(({ name, vkey, state, size, signedAt, problem, isReplaying }) => ({
      name,
      vkey,
      state,
      isReplaying,
      size: size ?? null,
      signedAt: signedAt === undefined ? null : time(signedAt),
      problem: problem ?? null,
    })),
  }
}

/** The log's health in one object. Always 200 for a log that is founded: whether it is well stands in `state`. */
export const GET = unlessAway(async (request: Request) => {
  const health = await logHealth()
  if (!health) return refused(404, { code: 'nothing-sealed', detail: 'no checkpoint' })
  const watched = (await witnesses())?.views ?? []
  return unlessKnown(request, JSON.stringify(shown(health, watched)), { 'content-type': 'application/json' })
})
