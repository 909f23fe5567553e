import { logSummary } from '@/lib/data/log.ts'
import { refused, text } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'

/** Built for every request: there is no log at build time. */
export const dynamic = 'force-dynamic'

/** The log's verifier key, one line (C2SP signed-note). From here it says nothing about this server: compare it with a label. */
export const GET = unlessAway(async () => {
  const log = await logSummary()
  return log ? text(`${log.vkey}\n`, 'text/plain') : refused(404, { code: 'nothing-sealed', detail: 'no log' })
})
