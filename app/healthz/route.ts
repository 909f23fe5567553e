import { isStopping } from '@/lib/monitor/stopping.ts'
import { json } from '../api/reply.ts'

/** Asked anew every time. */
export const dynamic = 'force-dynamic'

/** 200 from a process that has opened its log and answers. It asks nothing of the database: a restart would not mend that. */
export function GET(): Response {
  return json(200, { isLive: true, isStopping: isStopping() })
}
