import { database } from '@/lib/data/database.ts'
import { handedIn } from '@/lib/data/rollback-guard.ts'
import { refused, text } from '../../reply.ts'
import { unlessAway } from '../../unless-away.ts'

export const dynamic = 'force-dynamic'

/** The checkpoint that somebody handed in and that stopped the signing, verbatim: half of the evidence, the other half is the newest one shown here. */
export const GET = unlessAway(async () => {
  const note = handedIn(await database())
  return note === undefined
    ? refused(404, { code: 'nothing-sealed', detail: 'nothing that was handed in stops this log' })
    : text(note, 'text/plain')
})
