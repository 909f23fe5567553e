import { checkpointNote } from '@/lib/data/log.ts'
import { refused, text } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'

/** Built for every request: a checkpoint from build time would be none. */
export const dynamic = 'force-dynamic'

/** The newest checkpoint, verbatim (c2sp.org/tlog-checkpoint). */
export const GET = unlessAway(async () => {
  const note = await checkpointNote()
  return note === undefined
    ? refused(404, { code: 'nothing-sealed', detail: 'no checkpoint' })
    : text(note, 'text/plain')
})
