'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { ClaimSays } from '@/app/(workspace)/_act/claim-says.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useClaim } from '@/app/(workspace)/_act/use-claim.ts'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { type BodyOf, REASONS } from '@/lib/core/custody/kinds.ts'
import type { Release } from '@/lib/core/custody/state.ts'

type Reason = BodyOf<'consignment', 'refuse'>['reason']
type Values = { readonly reason?: Reason; readonly more: More }

export function RefuseForm({ props, release, goods }: { props: ActProps; release: Release; goods: string }) {
  const { desk, reference, head } = props
  const { t } = useWords()
  const claim = useClaim(desk, release)
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'refuse',
    of: release.hash,
    initial: { more: NOTHING_MORE },
  })
  const { reason, more } = typed
  const isClaimed = claim.state === 'none' || claim.state === 'fits'
  const body = reason && isClaimed ? { release: release.hash, reason, ...claim.placeholder } : undefined
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <ClaimSays state={claim.state} />
      <ReasonChoice
        legend={t('act.refuse.why')}
        reasons={REASONS.refuse}
        value={reason}
        onChoose={next => type({ reason: next })}
      />
      <MoreFields kind="refuse" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={t('act.refuse.sign', { goods })}
        act={
          body && {
            about: 'consignment',
            id: reference,
            kind: 'refuse',
            body,
            after: head,
            ...readMore('refuse', more),
          }
        }
        problem={isClaimed ? t('act.problem.reason') : t(`act.claim.${claim.state}`)}
        complete={claim.complete}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
