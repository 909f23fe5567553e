import { unlessAway } from '@/app/api/unless-away.ts'
import { asking } from '@/lib/auth/actor.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { labelPicture } from '@/lib/format/label-picture.ts'
import { marksIn } from '@/lib/format/marks.ts'
import { labelText } from '../label/label-text.ts'

type Context = { params: Promise<{ reference: string }> }

/** One label as a picture, for other programs: 401 without a session, 404 for whoever has no part in the consignment. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const query = new URL(request.url).searchParams
  const reference = parseReference((await params).reference)
  const who = await asking(query.get('as') ?? undefined)
  if (who.kind === 'nobody') return new Response(null, { status: 401 })
  if (who.kind !== 'actor' || !reference.ok) return new Response(null, { status: 404 })
  const marks = marksIn(query.getAll('marks').join(','))
  const text = await labelText({ actor: who.actor, reference: reference.value, marks })
  if (!text) return new Response(null, { status: 404 })
  return new Response(labelPicture(text), {
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-disposition': `attachment; filename="${text.reference}.svg"`,
      'cache-control': 'private, no-store',
    },
  })
})
