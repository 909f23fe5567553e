import { parseReference } from '@/lib/core/custody/reference.ts'
import { paths } from '@/lib/paths.ts'

type Context = { params: Promise<{ reference: string }> }

/** The address on a label. A relative redirect by status, so that the browser carries the fragment (the log key's fingerprint) along. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const typed = (await params).reference
  const reference = parseReference(typed)
  const location = paths.track(reference.ok ? reference.value : typed)
  return new Response(null, { status: 307, headers: { location } })
}
