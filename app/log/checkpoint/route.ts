import { checkpointNote } from '@/lib/data/log.ts'
import { refused, text } from '../../api/reply.ts'

/** Built for every request: a checkpoint from build time would be none. */
export const dynamic = 'force-dynamic'

/** The newest checkpoint, verbatim (c2sp.org/tlog-checkpoint). */
export async function GET(): Promise<Response> {
  const note = await checkpointNote()
  return note === undefined
    ? refused(404, { code: 'nothing-sealed', detail: 'no checkpoint' })
    : text(note, 'text/plain')
}
