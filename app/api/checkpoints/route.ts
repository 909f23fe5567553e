import { utf8Decode } from '@/lib/core/bytes.ts'
import { database } from '@/lib/data/database.ts'
import { handIn } from '@/lib/data/rollback-guard.ts'
import { readBytes } from '../events/body.ts'
import { refused } from '../reply.ts'
import { tooManyOf } from '../too-many.ts'
import { unlessAway } from '../unless-away.ts'

export const dynamic = 'force-dynamic'

/** A checkpoint has some hundred bytes, and a line for each witness. */
const MOST_BYTES = 16 * 1024

/**
 * A checkpoint as somebody keeps it, in the body. Anyone may, from any site; no cookie is read and nothing is remembered but an alarm: 204 where
 * the log leads on from it, 404 where the log's key did not sign it, 409 where it did and this log does not hold it. From then on nothing is signed.
 */
export const POST = unlessAway(async (request: Request) => {
  const beyond = await tooManyOf(request, 'checkpoints')
  if (beyond) return beyond
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'text/plain')
    return refused(415, { code: 'body-not-text', detail: `content-type ${type ?? 'is missing'}` })
  const bytes = await readBytes(request, MOST_BYTES)
  if (bytes === undefined) return refused(413, { code: 'body-too-large', detail: `more than ${MOST_BYTES} bytes` })
  const note = utf8Decode(bytes)
  const found = note === undefined ? 'not-ours' : await handIn(await database(), note)
  switch (found) {
    case 'known':
      return new Response(null, { status: 204, headers: { 'access-control-allow-origin': '*' } })
    case 'not-ours':
      return refused(404, { code: 'checkpoint-not-ours', detail: 'no checkpoint with a good signature of this log' })
    case 'alarm':
      return refused(409, { code: 'checkpoint-alarm', detail: 'this log has signed it and does not lead on from it' })
  }
})
