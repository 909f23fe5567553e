import { parseReference } from '@/lib/core/custody/reference.ts'
import { type EvidenceSizes, evidenceFile } from '@/lib/data/evidence.ts'
import { previousLog } from '@/lib/data/previous-log.ts'
import { servedEvidence } from '@/lib/data/served.ts'
import { refused, text } from '../../reply.ts'
import { stillTooMany, tooManyOf } from '../../too-many.ts'
import { unlessAway } from '../../unless-away.ts'

type Context = { params: Promise<{ reference: string }> }

/** A tree size in a query: undefined when it is not asked for, null when it is no size. */
function sizeIn(asked: URLSearchParams, name: string): number | null | undefined {
  const text = asked.get(name)
  if (text === null) return undefined
  return /^(0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : null
}

/** The evidence file of one consignment; `?seen=` asks for the consistency proof with a checkpoint the caller holds, `?size=` for an older one. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const beyond = (await stillTooMany(request, 'reference')) ?? (await tooManyOf(request, 'api'))
  if (beyond) return beyond
  const reference = parseReference((await params).reference)
  if (!reference.ok) return refused(422, reference)
  const asked = new URL(request.url).searchParams
  const [seen, size] = [sizeIn(asked, 'seen'), sizeIn(asked, 'size')]
  if (seen === null || size === null)
    return refused(422, { code: 'size-malformed', detail: 'seen and size are tree sizes in decimal' })
  const file = await evidenceOf(reference.value, { seen, size })
  if (file.ok) return text(file.value, 'application/json')
  const tooMany = file.code === 'unknown-reference' ? await tooManyOf(request, 'reference') : undefined
  return tooMany ?? refused(file.code === 'seen-ahead' ? 409 : 404, file)
})

/** Of this log, else of the one before it, whose labels are still out there. */
async function evidenceOf(reference: string, sizes: EvidenceSizes) {
  const file = await servedEvidence(reference, sizes)
  if (file.ok || file.code !== 'unknown-reference') return file
  const before = await previousLog()
  return before ? evidenceFile(reference, {}, before) : file
}
