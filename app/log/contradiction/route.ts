import { contradictionFile } from '@/lib/data/contradiction.ts'
import { refused, text } from '../../api/reply.ts'
import { unlessAway } from '../../api/unless-away.ts'

export const dynamic = 'force-dynamic'

/** Both signed notes that stopped this log, in one file, with what proves that they are of two histories (lib/core/ledger/SPEC.md). */
export const GET = unlessAway(async () => {
  const file = await contradictionFile()
  return file === undefined
    ? refused(404, { code: 'nothing-sealed', detail: 'nothing that was handed in stops this log' })
    : text(file, 'text/plain')
})
