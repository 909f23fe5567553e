import { tooManyFiles } from '@/app/api/too-many.ts'
import { unlessAway } from '@/app/api/unless-away.ts'
import { asking } from '@/lib/auth/actor.ts'
import { everyConsignment } from '@/lib/data/listing.ts'
import { filtersIn } from '../filters.ts'
import { csvLines } from './lines.ts'

/** The whole list that the page of the same query shows a page of, as CSV: 401 without a session, 403 for a party that is not theirs. */
export const GET = unlessAway(async (request: Request) => {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const who = await asking(query.as)
  if (who.kind === 'nobody') return new Response(null, { status: 401 })
  if (who.kind !== 'actor') return new Response(null, { status: 403 })
  const beyond = await tooManyFiles(who.actor.person)
  if (beyond) return beyond
  const { party } = who.actor.party
  const filters = await filtersIn(Promise.resolve(query))
  const day = new Date().toISOString().slice(0, 10)
  return new Response(streamOf(csvLines(everyConsignment({ party, ...filters }))), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="consignments-${party}-${day}.csv"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
})

/** A piece is made when the reader has taken the one before it. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = {
    async pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  }
  return new ReadableStream(source, { highWaterMark: 0 })
}
