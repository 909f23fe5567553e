import { utf8Encode } from '@/lib/core/bytes.ts'
import { submit } from '@/lib/data/append.ts'
import { isFirstRun } from '@/lib/data/first-run.ts'
import { httpStatus } from '@/lib/data/status.ts'
import { json, refused } from '../reply.ts'
import { type BodyCode, readBody } from './body.ts'
import { addressOf, RefusalWindow } from './refusal-window.ts'

const STATUSES: Readonly<Record<BodyCode, number>> = {
  'body-type': 415,
  'body-too-large': 413,
  'body-malformed': 422,
  'text-malformed': 422,
}
const refusals = new RefusalWindow()

/**
 * One event in. Its signature alone authorises it, so any phone may deliver any party's; a cookie is neither
 * needed nor read. Only founding the log also takes the first run's one-time code.
 */
export async function POST(request: Request): Promise<Response> {
  const address = addressOf(request)
  if (refusals.isClosed(address, Date.now())) return refused(429, { code: 'too-many-requests', detail: address })
  const body = await readBody(request)
  if (!body.ok) {
    refusals.count(address)
    return refused(STATUSES[body.code], body)
  }
  const { event, openings, mend } = body.value
  const founding = await isFirstRun(request.headers.get('first-run-code'))
  const submission = await submit({ note: utf8Encode(event), openings, mend, founding })
  if (submission.outcome !== 'refused') {
    const { outcome, ...where } = submission
    return json(outcome === 'recorded' ? 201 : 200, where)
  }
  refusals.count(address)
  return refused(httpStatus(submission.code), submission)
}
