'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'

const REASONS = ['restated', 'void'] as const
type Values = { readonly reason?: (typeof REASONS)[number]; readonly more: More }

/** Closes a signed record that is not in effect; no goods move. */
export function StrayForm({ props, event, reason: why }: { props: ActProps; event: string; reason: string }) {
  const { reference, head } = props
  const { t } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'settle',
    of: event,
    initial: { more: NOTHING_MORE },
  })
  const { reason, more } = typed
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <p className="notice">{t('act.stray.because', { reason: why })}</p>
      <p>{t('act.stray.means')}</p>
      <ReasonChoice
        legend={t('act.stray.why')}
        reasons={REASONS}
        value={reason}
        onChoose={next => type({ reason: next })}
      />
      {reason && <p className="text-ink-2 text-note">{t(`act.stray.hint.${reason}`)}</p>}
      <MoreFields kind="settle" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={t('act.stray.sign')}
        act={
          reason && {
            about: 'consignment',
            id: reference,
            kind: 'settle',
            body: { event, reason },
            after: head,
            ...readMore('settle', more),
          }
        }
        problem={t('act.problem.reason')}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
