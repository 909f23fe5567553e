import { previousFile } from '@/lib/data/previous-log.ts'
import { bytes, refused } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'

export const dynamic = 'force-dynamic'

type Props = { params: Promise<{ path: readonly string[] }> }

/** The log before this one, as C2SP lays a log out: it is complete and no longer changes. 404 where this log is the first. */
export const GET = unlessAway(async (_: Request, { params }: Props) => {
  const path = (await params).path.join('/')
  const file = await previousFile(path)
  if (!file) return refused(404, { code: 'tile-unknown', detail: path }, { 'cache-control': 'no-store' })
  return bytes(file, { 'cache-control': 'public, max-age=86400' })
})
