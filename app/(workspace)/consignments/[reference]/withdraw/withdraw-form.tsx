'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import type { Release } from '@/lib/core/custody/state.ts'

type Values = { readonly more: More }

export function WithdrawForm({ props, release, goods }: { props: ActProps; release: Release; goods: string }) {
  const { reference, head } = props
  const { t } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'withdraw',
    of: release.hash,
    initial: { more: NOTHING_MORE },
  })
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <p>{t('act.withdraw.means')}</p>
      <MoreFields kind="withdraw" more={typed.more} onType={more => type({ more })} />
      <SignFoot
        props={props}
        label={t('act.withdraw.sign', { goods })}
        act={{
          about: 'consignment',
          id: reference,
          kind: 'withdraw',
          body: { release: release.hash },
          after: head,
          ...readMore('withdraw', typed.more),
        }}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
