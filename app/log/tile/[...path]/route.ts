import { gzipSync } from 'node:zlib'
import { servedTile } from '@/lib/data/served.ts'
import { takesGzip } from '@/lib/takes-gzip.ts'
import { bytes, refused } from '../../../api/reply.ts'

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
  // next.config.ts names the encoding under the same condition.
  const isPacked = isBundle && takesGzip(request.headers.get('accept-encoding'))
  const found = await servedTile(path, { isPacked })
  const more: Readonly<Record<string, string>> = isBundle ? { vary: 'accept-encoding' } : {}
  if (found) return bytes(found, { ...FOR_EVER, ...more })
  const none = await refused(404, { code: 'tile-unknown', detail: path }, { ...NONE, ...more })
  return isPacked ? new Response(gzipSync(await none.arrayBuffer()), { status: 404, headers: none.headers }) : none
}
