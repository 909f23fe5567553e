import { gzipSync } from 'node:zlib'
import { servedTile } from '@/lib/data/served.ts'
import { takesGzip } from '@/lib/takes-gzip.ts'
import { bytes, refused } from '../../../api/reply.ts'
import { unlessAway } from '../../../api/unless-away.ts'

export const dynamic = 'force-dynamic'

/** What a tile says never changes. */
const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }
/** Beyond the published size: there may be one a moment later, so nobody keeps that there is none. */
const NONE = { 'cache-control': 'no-store' }

type Props = { params: Promise<{ path: readonly string[] }> }

/** A tile of hashes or a bundle of entries (c2sp.org/tlog-tiles), at any width that the newest checkpoint covers; 404 for all else. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const path = `tile/${(await params).path.join('/')}`
  const isBundle = path.startsWith('tile/entries/')
  // next.config.ts names the encoding under the same condition, whatever is answered.
  const isPacked = isBundle && takesGzip(request.headers.get('accept-encoding'))
  const answer = await find(path, isPacked)
  if (isBundle) answer.headers.set('vary', 'accept-encoding')
  if (!isPacked || answer.ok) return answer
  return new Response(gzipSync(await answer.arrayBuffer()), { status: answer.status, headers: answer.headers })
}

const find = unlessAway(async (path: string, isPacked: boolean) => {
  const found = await servedTile(path, { isPacked })
  return found ? bytes(found, FOR_EVER) : refused(404, { code: 'tile-unknown', detail: path }, NONE)
})
