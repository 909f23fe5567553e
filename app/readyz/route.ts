import { readiness } from '@/lib/data/readiness.ts'
import { json } from '../api/reply.ts'

/** Asked anew every time. */
export const dynamic = 'force-dynamic'

/** 200 while this server records, 503 and why while it does not. Pages are served in both cases. */
export async function GET(): Promise<Response> {
  const state = await readiness()
  return json(state.isReady ? 200 : 503, state, state.isReady ? {} : { 'retry-after': '5' })
}
