import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { parseEntriesPath, parseTilePath } from '@/lib/core/ledger/tile.ts'
import { publishedEntries, publishedTile } from '@/lib/data/log-tiles.ts'
import { takesGzip } from '@/lib/takes-gzip.ts'
import { bytes, refused } from '../../../api/reply.ts'

export const dynamic = 'force-dynamic'

const compress = promisify(gzip)

/** What a tile says never changes. */
const FOR_EVER = { 'cache-control': 'public, max-age=31536000, immutable' }
/** Beyond the published size: there may be one a moment later, so nobody keeps that there is none. */
const NONE = { 'cache-control': 'no-store' }

type Props = { params: Promise<{ path: readonly string[] }> }

/** A tile of hashes or a bundle of entries (c2sp.org/tlog-tiles), at any width that the newest checkpoint covers; 404 for all else. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { path } = await params
  const answer = await answerTo(`tile/${path.join('/')}`)
  if (path[0] !== 'entries') return answer
  answer.headers.append('vary', 'accept-encoding')
  if (!takesGzip(request.headers.get('accept-encoding'))) return answer
  // next.config.ts names the encoding under the same condition.
  return new Response(await compress(await answer.arrayBuffer()), { status: answer.status, headers: answer.headers })
}

async function answerTo(path: string): Promise<Response> {
  const [tile, bundle] = [parseTilePath(path), parseEntriesPath(path)]
  const found = tile.ok ? await publishedTile(tile.value) : bundle.ok ? await publishedEntries(bundle.value) : undefined
  return found ? bytes(found, FOR_EVER) : refused(404, { code: 'tile-unknown', detail: path }, NONE)
}
