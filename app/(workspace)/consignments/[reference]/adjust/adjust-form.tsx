'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { GoodsCard } from '@/app/(workspace)/_act/goods-card.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { Stepper } from '@/app/(workspace)/_act/stepper.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { REASONS } from '@/lib/core/custody/kinds.ts'
import { changeOf, countables, readAdjustment } from '@/lib/device/forms/adjusting.ts'
import { partKey } from '@/lib/device/forms/goods.ts'
import type { Share } from '@/lib/device/forms/receipt.ts'

type Values = { readonly counted: Readonly<Record<string, Share>>; readonly more: More }

/** What was counted again; what is signed is the difference to what the log says. */
export function AdjustForm(props: ActProps) {
  const { desk, reference, state, head } = props
  const { t, count, number, packs } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'adjust',
    initial: { counted: {}, more: NOTHING_MORE },
  })
  const { counted, more } = typed
  const goods = countables(state, desk.party)
  const lines = readAdjustment(goods, counted)
  const changes = goods.map(part => changeOf(part, counted[partKey({ line: part.line.id, condition: part.condition })]))
  const isUnread = changes.includes(undefined)
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      {goods.map((part, place) => {
        const { line, condition, held } = part
        const key = partKey({ line: line.id, condition })
        const share = counted[key]
        const change = changes[place]
        const write = (next: Partial<Share>) =>
          type({ counted: { ...counted, [key]: { count: String(held), ...share, ...next } } })
        return (
          <GoodsCard
            key={key}
            line={line}
            condition={condition}
            says={t('act.adjust.held', { quantity: count(line.unit, held) })}
          >
            <Stepper
              label={t(condition === 'damaged' ? 'act.adjust.countedDamaged' : 'act.adjust.counted', {
                item: line.item,
              })}
              value={share?.count ?? String(held)}
              onType={text => write({ count: text })}
              packSize={line.packSize}
              hint={packs(line, held + (change ?? 0))}
            />
            {change !== undefined && change !== 0 && (
              <div className="tally">
                <strong role="status">
                  {t(change > 0 ? 'act.adjust.more' : 'act.adjust.fewer', {
                    count: Math.abs(change),
                    of: number(held),
                  })}
                </strong>
                <ReasonChoice
                  legend={t('act.receive.why')}
                  reasons={REASONS.adjust}
                  value={share?.reason}
                  onChoose={reason => write({ reason })}
                />
              </div>
            )}
          </GoodsCard>
        )
      })}
      <MoreFields kind="adjust" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={t('act.adjust.sign', { count: changes.filter(change => change !== 0).length })}
        act={
          lines && {
            about: 'consignment',
            id: reference,
            kind: 'adjust',
            body: { lines },
            after: head,
            ...readMore('adjust', more),
          }
        }
        problem={t(isUnread ? 'act.problem.count' : 'act.problem.reason')}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
