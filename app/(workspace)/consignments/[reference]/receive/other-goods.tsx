'use client'
import { GoodsCard } from '@/app/(workspace)/_act/goods-card.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { Stepper } from '@/app/(workspace)/_act/stepper.tsx'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { REASONS } from '@/lib/core/custody/kinds.ts'
import type { ConsignmentState, Release } from '@/lib/core/custody/state.ts'
import { otherLines, type Receipt } from '@/lib/device/forms/receipt.ts'

type OtherGoodsProps = {
  readonly state: ConsignmentState
  readonly release: Release
  readonly others: Receipt['others']
  readonly onType: (others: Receipt['others']) => void
}

/** Goods of lines that were not handed over and came all the same. */
export function OtherGoods({ state, release, others, onType }: OtherGoodsProps) {
  const { t } = useWords()
  const lines = otherLines(state, release)
  if (lines.length === 0) return null
  return (
    <details className="sheet px-4 py-2">
      <summary className="min-h-tap content-center font-semibold">{t('act.receive.others')}</summary>
      <div className="grid gap-3 py-3">
        {lines.map(line => {
          const share = others[line.id] ?? { count: '0' }
          return (
            <GoodsCard key={line.id} line={line} condition="sound">
              <Stepper
                isSmall
                label={t('act.receive.otherOf', { item: line.item })}
                value={share.count}
                onType={count => onType({ ...others, [line.id]: { ...share, count } })}
              />
              {share.count !== '0' && (
                <ReasonChoice
                  legend={t('act.receive.why')}
                  reasons={REASONS.surplus}
                  value={share.reason}
                  onChoose={reason => onType({ ...others, [line.id]: { ...share, reason } })}
                />
              )}
            </GoodsCard>
          )
        })}
      </div>
    </details>
  )
}
