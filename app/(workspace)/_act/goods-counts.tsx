'use client'
import { type Counts, type Held, partKey } from '@/lib/device/forms/goods.ts'
import { GoodsCard } from './goods-card.tsx'
import { Stepper } from './stepper.tsx'
import { useWords } from './use-words.ts'

type GoodsCountsProps = {
  readonly goods: readonly Held[]
  readonly counts: Counts
  readonly unlessTyped: (part: Held) => number
  readonly onType: (counts: Counts) => void
}

/** How many of everything that the party holds and has not offered: for what leaves its hands. */
export function GoodsCounts({ goods, counts, unlessTyped, onType }: GoodsCountsProps) {
  const { t, count, number, packs } = useWords()
  return goods.map(part => {
    const { line, condition, held, free } = part
    const key = partKey({ line: line.id, condition })
    const value = counts[key] ?? String(unlessTyped(part))
    const write = (text: string) => onType({ ...counts, [key]: text })
    const offered = held - free
    const says =
      offered > 0
        ? t('act.held.offered', { held: count(line.unit, held), offered: number(offered), free: number(free) })
        : t('act.held.all', { held: count(line.unit, held) })
    return (
      <GoodsCard key={key} line={line} condition={condition} says={says}>
        {free === 0 ? (
          <p className="text-ink-2">{t('act.held.none')}</p>
        ) : (
          <>
            <Stepper
              label={`${line.item}${condition === 'damaged' ? `, ${t('condition.damaged')}` : ''}`}
              value={value}
              onType={write}
              most={free}
              packSize={line.packSize}
              hint={packs(line, Number(value) || 0)}
            />
            <div className="flex gap-2">
              <button
                type="button"
                className="btn"
                disabled={value === String(free)}
                onClick={() => write(String(free))}
              >
                {t('act.held.takeAll', { count: count(line.unit, free) })}
              </button>
              <button type="button" className="btn" disabled={value === '0'} onClick={() => write('0')}>
                {t('act.held.takeNone')}
              </button>
            </div>
          </>
        )}
      </GoodsCard>
    )
  })
}
