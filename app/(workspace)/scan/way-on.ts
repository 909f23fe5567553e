import type { Actor } from '@/lib/auth/actor.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { draftOf } from '@/lib/data/drafts.ts'
import { partiesNamed } from '@/lib/data/parties.ts'
import { paths } from '@/lib/paths.ts'

type Scanned = {
  readonly actor: Actor
  /** `as` of the links. */
  readonly as: string | undefined
  readonly reference: string
  /** Event hash of the open release whose code was scanned. */
  readonly release?: string | undefined
}

/**
 * Where a code leads who scanned it. Something handed over to their party and one release of it only: to signing for it. Else to the
 * consignment, whose page says what can be done there and why not more; a draft of theirs is such a page too.
 */
export async function wayOn({ actor, as, reference, release }: Scanned): Promise<string> {
  const { party, role } = actor.party
  const acting = await actingOn(reference)
  if (!acting) return wayToUnrecorded({ actor, as, reference })
  if (role === 'viewer') return paths.consignment(reference, as)
  const open = acting.state.releases.filter(each => each.status === 'open')
  if (release !== undefined) {
    const isKnown = acting.state.releases.some(each => each.hash === release)
    return isKnown ? paths.act(reference, 'receive', as, { release }) : paths.scan(as, { unknownRelease: reference })
  }
  const [mine, ...more] = open.filter(each => 'party' in each.to && each.to.party === party)
  return mine && more.length === 0
    ? paths.act(reference, 'receive', as, { release: mine.hash })
    : paths.consignment(reference, as)
}

async function wayToUnrecorded({ actor, as, reference }: Scanned): Promise<string> {
  const draft = await draftOf(reference)
  if (draft?.party === actor.party.party) return paths.consignment(reference, as)
  if (draft) return paths.scan(as, { onlyLabel: reference })
  return (await partiesNamed([reference])).has(reference)
    ? paths.party(reference)
    : paths.scan(as, { unknown: reference })
}
