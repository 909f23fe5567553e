import { tooManyFiles } from '@/app/api/too-many.ts'
import { unlessAway } from '@/app/api/unless-away.ts'
import { asking } from '@/lib/auth/actor.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { clockOf } from '@/lib/format/time.ts'
import { waybillPdf } from '@/lib/papers/waybill-pdf.ts'
import { paths } from '@/lib/paths.ts'
import { openWaybill } from '../waybill/open-waybill.ts'
import { waybillText } from '../waybill/waybill-text.ts'

type Context = { params: Promise<{ reference: string }> }

/** A release's waybill as a PDF: 401 without a session, 404 where there is none; back to the page, which prints, where a letter has no face in the PDF. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const query = new URL(request.url).searchParams
  const [as, hash] = [query.get('as') ?? undefined, query.get('release') ?? '']
  const reference = parseReference((await params).reference)
  const who = await asking(as)
  if (who.kind === 'nobody') return new Response(null, { status: 401 })
  if (who.kind !== 'actor' || !reference.ok) return new Response(null, { status: 404 })
  const beyond = await tooManyFiles(who.actor.person)
  if (beyond) return beyond
  const opened = await openWaybill({ reference: reference.value, party: who.actor.party.party, hash })
  const text = opened && (await waybillText(opened))
  if (!opened || !text) return new Response(null, { status: 404 })
  const entry = opened.state.chain.find(each => each.recorded.index === opened.release.index)
  const pdf = await waybillPdf(text, entry ? clockOf(entry.acting.at).milliseconds : 0)
  if (!pdf.ok)
    return new Response(null, { status: 303, headers: { location: paths.waybill(reference.value, hash, as) } })
  return new Response(Buffer.from(pdf.value), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="waybill-${text.reference}.pdf"`,
      'cache-control': 'private, no-store',
    },
  })
})
