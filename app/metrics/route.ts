import { measuresText } from '@/lib/data/measures-text.ts'
import { env } from '@/lib/env.ts'
import { isBearer } from '@/lib/monitor/bearer.ts'

/** Asked anew every time. */
export const dynamic = 'force-dynamic'

/** Measures for a monitor that knows METRICS_TOKEN, in Prometheus' text format. Without that setting there is nothing here, for anyone. */
export async function GET(request: Request): Promise<Response> {
  const { metricsToken } = env()
  if (metricsToken === undefined) return new Response(null, { status: 404 })
  if (!isBearer(request.headers.get('authorization'), metricsToken)) {
    return new Response(null, { status: 401, headers: { 'www-authenticate': 'Bearer realm="metrics"' } })
  }
  const { type, text } = await measuresText()
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } })
}
