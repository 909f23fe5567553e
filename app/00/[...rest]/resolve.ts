import { parseGs1Path } from '@/lib/core/custody/gs1.ts'
import { consignmentsUnder } from '@/lib/data/gs1.ts'
import { paths } from '@/lib/paths.ts'

/**
 * A GS1 Digital Link that is on this host's labels: on to its consignment, by a relative redirect, so that the browser carries the fragment (the log
 * key's fingerprint) along. Where several carry the key, none does, or it is no key, a page says so. The query is GS1's own (expiry, linkType) and not
 * ours: it is left behind.
 */
export async function resolveGs1(request: Request): Promise<Response> {
  const asked = new URL(request.url).pathname
  const read = parseGs1Path(asked)
  const found = read.ok ? await consignmentsUnder(read.value.path) : []
  const [only] = found
  const location =
    found.length === 1 && only !== undefined ? paths.track(only) : paths.gs1(read.ok ? read.value.path : asked.slice(1))
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}
