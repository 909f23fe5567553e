import { actingOn } from '@/lib/data/acting.ts'
import { partiesTakingPart } from '@/lib/data/parties.ts'
import { openingsFor } from '@/lib/data/private-openings.ts'

/** A release of a consignment as the members of `party` may read it; undefined where there is none of this event hash. */
export async function openWaybill({ reference, party, hash }: { reference: string; party: string; hash: string }) {
  const acting = await actingOn(reference)
  const release = acting?.state.releases.findLast(each => each.hash === hash)
  if (!acting || !release) return undefined
  const { state } = acting
  const [parties, openings] = await Promise.all([
    partiesTakingPart({ standing: state.standing, party }),
    openingsFor({ reference, party }),
  ])
  return { state, release, parties, fields: openings?.fields.get(release.index) ?? {} }
}
