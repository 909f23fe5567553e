import { isDatabaseAway } from '@/lib/data/away.ts'
import { refused } from './reply.ts'

type Handler<Args extends readonly unknown[]> = (...args: Args) => Promise<Response>

/**
 * `handler`, but 503 with Retry-After while this process has lost its database: at once, and also to who was being answered when it went. `code` is what
 * the programs that ask there know.
 */
export function unlessAway<Args extends readonly unknown[]>(
  handler: Handler<Args>,
  code: 'database-away' | 'storage' = 'database-away',
): Handler<Args> {
  const away = () => refused(503, { code, detail: 'the database cannot be reached' }, { 'cache-control': 'no-store' })
  return async (...args) => {
    if (isDatabaseAway()) return away()
    try {
      const answer = await handler(...args)
      return answer.status === 500 && isDatabaseAway() ? away() : answer
    } catch (error) {
      if (isDatabaseAway()) return away()
      throw error
    }
  }
}
