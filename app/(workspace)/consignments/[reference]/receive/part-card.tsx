'use client'
import { useState } from 'react'
import { GoodsCard } from '@/app/(workspace)/_act/goods-card.tsx'
import { ReasonChoice } from '@/app/(workspace)/_act/reason-choice.tsx'
import { Stepper } from '@/app/(workspace)/_act/stepper.tsx'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import { REASONS } from '@/lib/core/custody/kinds.ts'
import type { Line } from '@/lib/core/custody/state.ts'
import { readCount } from '@/lib/device/forms/counts.ts'
import { accountFor, type Counted, FATES, type Fate, fatesOf, type Tally } from '@/lib/device/forms/receipt.ts'

type PartCardProps = {
  readonly line: Line
  readonly sum: Tally
  readonly counted: Counted | undefined
  /** Many lines: one that adds up is a row until somebody wants to change it. */
  readonly isShort: boolean
  readonly onType: (counted: Counted) => void
}

/** One released part: how many came, and what became of the others. */
export function PartCard({ line, sum, counted = {}, isShort, onType }: PartCardProps) {
  const { t, count, number, packs } = useWords()
  const [isOpen, setOpen] = useState(false)
  const { released } = sum
  const handed = t('act.receive.handed', { quantity: count(line.unit, released.quantity) })
  const isUntouched = counted.got === undefined && FATES.every(fate => !counted[fate])
  const got = counted.got ?? String(released.quantity)
  const isWhole = sum.problem === undefined && sum.got === released.quantity && sum.surplus === 0
  const end = isWhole && <strong className="text-seal">{number(released.quantity)} ✓</strong>
  if (isShort && isUntouched && !isOpen) {
    return (
      <GoodsCard
        line={line}
        condition={released.condition}
        says={handed}
        end={
          <span className="flex items-center gap-3">
            {end}
            <button
              type="button"
              className="btn"
              aria-label={t('act.receive.changeOf', { item: line.item })}
              onClick={() => setOpen(true)}
            >
              {t('act.receive.change')}
            </button>
          </span>
        }
      />
    )
  }
  return (
    <GoodsCard line={line} condition={released.condition} says={handed} end={end}>
      <Stepper
        label={t(released.condition === 'damaged' ? 'act.receive.gotDamaged' : 'act.receive.got', { item: line.item })}
        value={got}
        onType={text => onType({ ...counted, got: text })}
        packSize={line.packSize}
        hint={[t('act.receive.inHand'), packs(line, readCount(got) ?? 0)].filter(Boolean).join(' · ')}
      />
      <Difference line={line} sum={sum} counted={counted} onType={onType} />
    </GoodsCard>
  )
}

type DifferenceProps = Pick<PartCardProps, 'line' | 'sum' | 'onType'> & { readonly counted: Counted }

/** The sentence that says by how much it does not add up, and what can have happened; then each part with its reason. */
function Difference({ line, sum, counted, onType }: DifferenceProps) {
  const { t, number } = useWords()
  const { released, open, problem, surplus } = sum
  const named = FATES.filter(fate => counted[fate])
  if (named.length === 0 && problem === undefined && surplus === 0) return null
  if (sum.got === undefined && named.length === 0) return null
  const free = fatesOf(released).filter(fate => !counted[fate] || open > 0)
  const isOver = problem === 'too-many' || problem === 'damaged-extra' || surplus > 0
  const over = surplus > 0 ? surplus : -open
  const fewer = isOver ? 0 : released.quantity - (sum.got ?? released.quantity)
  return (
    <div className="tally">
      {fewer > 0 && (
        <p role="status">
          <strong>{t('act.receive.fewer', { count: fewer, of: number(released.quantity) })}</strong>{' '}
          {open > 0 && open < fewer && t('act.receive.stillOpen', { count: open })} {open > 0 && t('act.receive.what')}
        </p>
      )}
      {isOver && (
        <p role="status">
          <strong>{t('act.receive.moreThan', { count: over, of: number(released.quantity) })}</strong>{' '}
          {t(problem === 'damaged-extra' ? 'act.receive.damagedExtra' : 'act.receive.what')}
        </p>
      )}
      {open > 0 && (
        <div className="choices">
          {free.map(fate => (
            <button
              key={fate}
              type="button"
              className="choice"
              onClick={() => onType(accountFor(counted, { released, fate }))}
            >
              {t(`act.fate.${fate}`, { count: open })}
            </button>
          ))}
        </div>
      )}
      {isOver && problem !== 'damaged-extra' && (
        <ReasonChoice
          legend={t('act.receive.why')}
          reasons={REASONS.surplus}
          value={counted.extra}
          onChoose={extra => onType({ ...counted, extra })}
        />
      )}
      {named.map(fate => (
        <Share key={fate} fate={fate} line={line} counted={counted} onType={onType} />
      ))}
    </div>
  )
}

/** How many were missing, damaged or left behind, and why. */
function Share({ fate, line, counted, onType }: Omit<DifferenceProps, 'sum'> & { readonly fate: Fate }) {
  const { t } = useWords()
  const share = counted[fate]
  if (!share) return null
  const says = t(`act.fateOf.${fate}`, { item: line.item })
  const without = () => {
    const { [fate]: _gone, ...others } = counted
    onType(others)
  }
  return (
    <div className="grid gap-2 border-edge border-t border-dashed pt-3">
      <div className="flex items-center justify-between gap-2">
        <h3>{t(`act.fateName.${fate}`)}</h3>
        <button type="button" className="btn quiet" onClick={without} aria-label={`${t('act.receive.undo')}: ${says}`}>
          {t('act.receive.undo')}
        </button>
      </div>
      <Stepper
        isSmall
        label={says}
        value={share.count}
        onType={count => onType({ ...counted, [fate]: { ...share, count } })}
      />
      <ReasonChoice
        legend={t('act.receive.why')}
        reasons={REASONS[fate]}
        value={share.reason}
        onChoose={reason => onType({ ...counted, [fate]: { ...share, reason } })}
      />
    </div>
  )
}
