import { tooManyOf } from '@/app/api/too-many.ts'
import { parseReference } from '@/lib/core/custody/reference.ts'
import { consignmentPage } from '@/lib/data/consignments.ts'
import { pictureOf } from './picture.tsx'

type Context = { params: Promise<{ reference: string }> }

/** The picture that other sites show beside an address of this consignment: 1200 × 630, PNG. 404 where there is nothing sealed to show. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const beyond = await tooManyOf(request, 'picture')
  if (beyond) return beyond
  const reference = parseReference((await params).reference)
  const page = reference.ok ? await consignmentPage(reference.value) : undefined
  if (!page || page.view.lines.length === 0) return new Response(null, { status: 404 })
  const png = await pictureOf(page.view)
  return new Response(png, { headers: { 'content-type': 'image/png', 'cache-control': 'public, max-age=300' } })
}
