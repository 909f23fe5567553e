import { parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'

/** Where the form of the start page leads: the consignment's own address, or, for a reference that is wrong, the page that says what is wrong. */
export function GET(request: Request): Response {
  const typed = new URL(request.url).searchParams.get('reference')?.trim() ?? ''
  const reference = parseReference(typed)
  const path = typed === '' ? paths.home() : paths.track(reference.ok ? reference.value : typed)
  return new Response(null, { status: 307, headers: { location: path } })
}
