'use client'
import { type BodyOf, REASONS } from '@/lib/core/custody/kinds.ts'
import type { Act } from '@/lib/device/desk.ts'
import { type Counts, heldGoods, readGoods } from '@/lib/device/forms/goods.ts'
import type { ActProps } from './act-props.ts'
import { GoodsCounts } from './goods-counts.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from './more-fields.tsx'
import { ReasonChoice } from './reason-choice.tsx'
import { SignFoot } from './sign-foot.tsx'
import { Since } from './since.tsx'
import { useTyped } from './use-typed.ts'
import { countsOf, useWords } from './use-words.ts'

type Reason = BodyOf<'consignment', 'write-off'>['reason']
type Values = { readonly counts: Counts; readonly reason?: Reason; readonly more: More }
/** Nothing leaves the chain unless somebody says how many. */
const none = () => 0

/** Goods that leave the chain: given out to people, or written off with a reason. */
export function LeaveForm({ props, kind }: { props: ActProps; kind: 'write-off' | 'distribute' }) {
  const { desk, reference, state, head } = props
  const { t, total } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind,
    initial: { counts: {}, more: NOTHING_MORE },
  })
  const { counts, reason, more } = typed
  const goods = heldGoods(state, desk.party)
  const { lines, unread } = readGoods({ goods, counts, unlessTyped: none })
  const problem =
    unread.length > 0
      ? t('act.problem.count')
      : kind === 'write-off' && lines.length > 0 && reason === undefined
        ? t('act.problem.reason')
        : undefined
  const common = { about: 'consignment', id: reference, after: head, ...readMore(kind, more) } as const
  const act: Act<'consignment', 'write-off' | 'distribute'> =
    kind === 'distribute'
      ? { ...common, kind, body: { lines } }
      : { ...common, kind, body: { lines, reason: reason ?? 'damaged' } }
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      <GoodsCounts goods={goods} counts={counts} unlessTyped={none} onType={next => type({ counts: next })} />
      {kind === 'write-off' && (
        <ReasonChoice
          legend={t('act.receive.why')}
          reasons={REASONS['write-off']}
          value={reason}
          onChoose={next => type({ reason: next })}
        />
      )}
      <MoreFields kind={kind} more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={
          lines.length > 0
            ? t(`act.${kind}.sign`, { goods: total(state.lines, countsOf(lines)) })
            : t(`act.${kind}.signNothing`)
        }
        act={problem === undefined ? act : undefined}
        problem={problem}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
