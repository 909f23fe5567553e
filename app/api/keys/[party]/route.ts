import { parseReference } from '@/lib/core/custody/reference.ts'
import { keyListFile } from '@/lib/data/key-list.ts'
import { refused, text } from '../../reply.ts'
import { stillTooMany, tooManyOf } from '../../too-many.ts'
import { unlessAway } from '../../unless-away.ts'

type Context = { params: Promise<{ party: string }> }

/** All keys ever enrolled in a party's name, with the proof that the log has committed to no others. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const beyond = (await stillTooMany(request, 'reference')) ?? (await tooManyOf(request, 'api'))
  if (beyond) return beyond
  const party = parseReference((await params).party)
  if (!party.ok) return refused(422, party)
  const file = await keyListFile(party.value)
  if (file.ok) return text(file.value, 'application/json')
  const tooMany = file.code === 'party-unknown' ? await tooManyOf(request, 'reference') : undefined
  return tooMany ?? refused(404, file)
})
