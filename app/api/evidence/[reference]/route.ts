import { parseReference } from '@/lib/core/custody/reference.ts'
import { evidenceFile } from '@/lib/data/evidence.ts'
import { refused, text } from '../../reply.ts'

type Context = { params: Promise<{ reference: string }> }

/** The evidence file of one consignment; `?seen=<tree size>` asks for the consistency proof from a checkpoint the caller holds. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const reference = parseReference((await params).reference)
  if (!reference.ok) return refused(422, reference)
  const seen = new URL(request.url).searchParams.get('seen')
  if (seen !== null && !/^(0|[1-9][0-9]{0,14})$/.test(seen))
    return refused(422, { code: 'seen-malformed', detail: seen.slice(0, 100) })
  const file = await evidenceFile(reference.value, seen === null ? undefined : Number(seen))
  if (file.ok) return text(file.value, 'application/json')
  return refused(file.code === 'seen-ahead' ? 409 : 404, file)
}
