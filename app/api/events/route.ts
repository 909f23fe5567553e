import { utf8Encode } from '@/lib/core/bytes.ts'
import { submit } from '@/lib/data/append.ts'
import { httpStatus } from '@/lib/data/status.ts'
import { json, refused } from '../reply.ts'
import { unlessAway } from '../unless-away.ts'
import { type BodyCode, readBody } from './body.ts'
import { bringsFirstRunCode, countRefused, hasTooManyRefused } from './refusals.ts'

const STATUSES: Readonly<Record<BodyCode, number>> = {
  'body-type': 415,
  'body-too-large': 413,
  'body-malformed': 422,
  'text-malformed': 422,
}

/**
 * One event in. Its signature alone authorises it, so any phone may deliver any party's; a cookie is neither
 * needed nor read. Only founding the log also takes the first run's one-time code.
 */
export const POST = unlessAway(async (request: Request) => {
  const early = await hasTooManyRefused(request)
  if (early) return early
  const body = await readBody(request)
  if (!body.ok) {
    await countRefused(request)
    return refused(STATUSES[body.code], body)
  }
  const { event, openings, mend } = body.value
  const late = await hasTooManyRefused(request, event)
  if (late) return late
  const founding = await bringsFirstRunCode(request)
  const submission = await submit({ note: utf8Encode(event), openings, mend, founding })
  if (submission.outcome !== 'refused') {
    const { outcome, ...where } = submission
    return json(outcome === 'recorded' ? 201 : 200, where)
  }
  const status = httpStatus(submission.code)
  // What is our own trouble is nobody's refusal: outboxes are to come back.
  if (status !== 503) await countRefused(request, submission)
  // What the database said is for the server's own log.
  return refused(status, submission.code === 'storage' ? { ...submission, detail: 'not stored' } : submission)
}, 'storage')
