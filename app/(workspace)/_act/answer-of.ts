import type { Refusal } from '@/lib/core/custody/refusals.ts'
import type { Release } from '@/lib/core/custody/state.ts'
import type { OpenedAct } from './open-act.ts'

export type Answer =
  | { readonly kind: 'one'; readonly release: Release | undefined; readonly refusal: Refusal | undefined }
  | { readonly kind: 'choose'; readonly releases: readonly Release[] }

/** Which release this page answers: the one that its address names, else the only one that waits for this party; several are to choose from. */
export function answerOf({ state, of, actor }: OpenedAct): Answer {
  const party = actor.party.party
  const isForUs = ({ status, to, giver }: Release) =>
    status === 'open' && giver !== party && 'party' in to && to.party === party
  if (of === undefined) {
    const waiting = state.releases.filter(isForUs)
    if (waiting.length > 1) return { kind: 'choose', releases: waiting }
    const [release] = waiting
    return { kind: 'one', release, refusal: release ? undefined : 'release-unknown' }
  }
  const release = state.releases.findLast(each => each.hash === of)
  return { kind: 'one', release, refusal: refusalOf(release, party) }
}

/** As {@link checkAnswer} would say it, as far as it can be known before a code is scanned. */
function refusalOf(release: Release | undefined, party: string): Refusal | undefined {
  if (!release) return 'release-unknown'
  if (release.status !== 'open') return 'release-closed'
  if (release.giver === party) return 'release-self'
  return 'party' in release.to && release.to.party !== party ? 'not-taker' : undefined
}
