import { logSummary } from '@/lib/data/log.ts'
import { env } from '@/lib/env.ts'
import { refused, text } from '../../api/reply.ts'

/** Built for every request: there is no log at build time. */
export const dynamic = 'force-dynamic'

/** Whom to trust for this log, as a file for other programs (c2sp.org/tlog-policy): its key and address, and that no witness is asked for yet. */
export async function GET(): Promise<Response> {
  const log = await logSummary()
  if (!log) return refused(404, { code: 'nothing-sealed', detail: 'no log' })
  return text(`log ${log.vkey} ${env().publicUrl}/log\nquorum none\n`, 'text/plain')
}
