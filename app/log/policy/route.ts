import { policyFile } from '@/lib/data/witness-view.ts'
import { env } from '@/lib/env.ts'
import { refused, text } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'

/** Built for every request: there is no log at build time. */
export const dynamic = 'force-dynamic'

/** Whom to trust for this log, as a file for other programs (c2sp.org/tlog-policy): its key and address, its witnesses, and how many of them must have signed. */
export const GET = unlessAway(async () => {
  const policy = await policyFile(`${env().publicUrl}/log`)
  return policy === undefined ? refused(404, { code: 'nothing-sealed', detail: 'no log' }) : text(policy, 'text/plain')
})
