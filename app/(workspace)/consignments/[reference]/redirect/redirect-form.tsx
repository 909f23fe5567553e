'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { nameOf } from '@/app/(workspace)/_act/name.tsx'
import { PartyPicker } from '@/app/(workspace)/_act/party-picker.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { type BodyOf, REASONS } from '@/lib/core/custody/kinds.ts'

type Reason = BodyOf<'consignment', 'redirect'>['reason']
type Values = { readonly consignee?: string; readonly reason?: Reason; readonly more: More }

export function RedirectForm(props: ActProps) {
  const { reference, state, head, parties } = props
  const { t } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'redirect',
    initial: { more: NOTHING_MORE },
  })
  const { consignee, reason, more } = typed
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <PartyPicker
        legend={t('act.redirect.to')}
        parties={parties}
        state={state}
        except={state.consignee === undefined ? [] : [state.consignee]}
        value={consignee}
        onChoose={next => type({ consignee: next })}
      />
      <ReasonChoice
        legend={t('act.receive.why')}
        reasons={REASONS.redirect}
        value={reason}
        onChoose={next => type({ reason: next })}
      />
      <MoreFields kind="redirect" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={
          consignee === undefined
            ? t('act.redirect.signWhen')
            : t('act.redirect.sign', { party: nameOf(parties, consignee) })
        }
        act={
          consignee === undefined || reason === undefined
            ? undefined
            : {
                about: 'consignment',
                id: reference,
                kind: 'redirect',
                body: { consignee, reason },
                after: head,
                ...readMore('redirect', more),
              }
        }
        problem={t(consignee === undefined ? 'act.problem.party' : 'act.problem.reason')}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
