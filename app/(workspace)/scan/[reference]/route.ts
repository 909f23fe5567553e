import { unlessAway } from '@/app/api/unless-away.ts'
import { asking } from '@/lib/auth/actor.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'
import { asOf } from '../../_ui/require-actor.ts'
import { wayOn } from '../way-on.ts'

type Context = { params: Promise<{ reference: string }> }

/** Between the camera and the form: decides and redirects, by status, so that what stands behind the # of an open release's code is carried along. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const query = new URL(request.url).searchParams
  const typed = (await params).reference
  const release = query.get('release') ?? undefined
  const reference = parseReference(typed)
  const who = await asking(query.get('as') ?? undefined)
  if (who.kind !== 'actor') {
    const back = paths.scanned(typed, undefined, release)
    return to(who.kind === 'nobody' ? paths.signIn(back) : paths.chooseParty(back))
  }
  const as = asOf(who.actor)
  if (!reference.ok) return to(paths.scan(as, { wrong: typed }))
  return to(await wayOn({ actor: who.actor, as, reference: reference.value, release }))
})

function to(location: string): Response {
  return new Response(null, { status: 307, headers: { location } })
}
