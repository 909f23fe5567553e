import { redirect } from 'next/navigation'
import type { Actor } from '@/lib/auth/actor.ts'
import { mayAct } from '@/lib/core/custody/allowed.ts'
import type { Refusal } from '@/lib/core/custody/refusals.ts'
import type { ConsignmentState } from '@/lib/core/custody/state.ts'
import { actingOn } from '@/lib/data/acting.ts'
import { type NamedParty, partiesTakingPart, partyDirectory } from '@/lib/data/parties.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import { paths } from '@/lib/paths.ts'
import { deskOf } from '../_ui/desk.ts'
import { actorMay, queryOf } from '../_ui/require-actor.ts'
import { FORMS, type FormKind } from './act-props.ts'
import { type ConsignmentPageProps, openPage } from './open-page.ts'

export type ActPageProps = ConsignmentPageProps

/** A consignment at the moment somebody wants to act on it. */
export interface OpenedAct {
  readonly actor: Actor
  readonly as: string | undefined
  readonly kind: FormKind
  readonly reference: string
  /** Event hash in the address: what the act answers, settles or corrects. */
  readonly of: string | undefined
  readonly desk: DeskProps | undefined
  readonly state: ConsignmentState
  readonly head: string
  readonly parties: readonly NamedParty[]
  /** Why this party cannot do it now. */
  readonly refusal: Refusal | undefined
  /** This member may sign at all. */
  readonly maySign: boolean
  /** Forms that are open to the party now. */
  readonly possible: readonly FormKind[]
}

/**
 * What an act's page needs, for the kind in its address. `names`: which parties the form may name, beside those in the record. Where nothing is
 * recorded yet the consignment's own page says what there is.
 */
export async function openAct(
  kind: FormKind,
  { params, searchParams }: ActPageProps,
  names: 'standing' | 'everyone' = 'standing',
): Promise<OpenedAct> {
  const of = await queryOf(searchParams, 'release')
  const { actor, as, reference } = await openPage({ params, searchParams }, each =>
    paths.act(each, kind, undefined, { release: of }),
  )
  const acting = await actingOn(reference)
  if (!acting) redirect(paths.consignment(reference, as))
  const { state, head } = acting
  const party = actor.party.party
  const refusalOf = (each: FormKind) => {
    const verdict = mayAct({ state, kind: each, party })
    return verdict.ok ? undefined : verdict.code
  }
  const here = await partiesTakingPart({ standing: state.standing, party })
  const byReference = new Map(here.map(each => [each.reference, each]))
  const parties =
    names === 'everyone' ? (await partyDirectory()).map(each => byReference.get(each.reference) ?? each) : here
  return {
    actor,
    as,
    kind,
    reference,
    of,
    desk: await deskOf(actor),
    state,
    head,
    parties,
    refusal: refusalOf(kind),
    maySign: actorMay(actor, 'request-key'),
    possible: FORMS.filter(each => refusalOf(each) === undefined),
  }
}
