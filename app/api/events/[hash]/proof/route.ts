import { hexDecode } from '@/lib/core/bytes.ts'
import { tlogProof } from '@/lib/data/receipt.ts'
import { refused, text } from '../../../reply.ts'
import { tooManyOf } from '../../../too-many.ts'
import { unlessAway } from '../../../unless-away.ts'

type Context = { params: Promise<{ hash: string }> }

/** The proof file of one event (c2sp.org/tlog-proof), for this project's programs and others. */
export const GET = unlessAway(async (request: Request, { params }: Context) => {
  const beyond = await tooManyOf(request, 'api')
  if (beyond) return beyond
  const { hash } = await params
  if (!hexDecode(hash, 32)) return refused(422, { code: 'hash-malformed', detail: hash.slice(0, 100) })
  const proof = await tlogProof(hash)
  if (proof.ok) return text(proof.value, 'text/plain')
  return refused(proof.code === 'not-sealed' ? 503 : 404, proof)
})
