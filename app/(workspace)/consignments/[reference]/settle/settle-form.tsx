'use client'
import type { ActProps } from '@/app/(workspace)/_act/act-props.ts'
import { GoodsCard } from '@/app/(workspace)/_act/goods-card.tsx'
import { type More, MoreFields, NOTHING_MORE, readMore } from '@/app/(workspace)/_act/more-fields.tsx'
import { nameOf } from '@/app/(workspace)/_act/name.tsx'
import { SignFoot } from '@/app/(workspace)/_act/sign-foot.tsx'
import { Since } from '@/app/(workspace)/_act/since.tsx'
import { Stepper } from '@/app/(workspace)/_act/stepper.tsx'
import { useTyped } from '@/app/(workspace)/_act/use-typed.ts'
import { useWords } from '@/app/(workspace)/_act/use-words.ts'
import type { Release } from '@/lib/core/custody/state.ts'
import { readCount } from '@/lib/device/forms/counts.ts'
import { partKey } from '@/lib/device/forms/goods.ts'
import { readSettlement, type Settled } from '@/lib/device/forms/settling.ts'

type Values = { readonly settled: Readonly<Record<string, Settled>>; readonly more: More }

/** What became of goods that are missing between two signatures: found with the giver after all, or lost. */
export function SettleForm({ props, handoff }: { props: ActProps; handoff: Release }) {
  const { reference, state, head, parties } = props
  const { t, count, total } = useWords()
  const { typed, seen, type, forget, restart } = useTyped<Values>(props, {
    kind: 'settle',
    of: handoff.hash,
    initial: { settled: {}, more: NOTHING_MORE },
  })
  const { settled, more } = typed
  const lines = readSettlement(handoff, settled)
  const sum = (fate: 'lost' | 'found') =>
    total(
      state.lines,
      (lines ?? []).map(each => ({ line: each.line, quantity: Number(each[fate]) })),
    )
  const [lost, found] = [sum('lost'), sum('found')]
  const giver = nameOf(parties, handoff.giver)
  const label =
    lost === '' && found === ''
      ? t('act.settle.signNothing')
      : t(lost === '' ? 'act.settle.signFound' : found === '' ? 'act.settle.signLost' : 'act.settle.sign', {
          lost,
          found,
        })
  return (
    <>
      <Since props={props} seen={seen} onRestart={restart} />
      {handoff.missing.map(({ line: id, condition, quantity }) => {
        const line = state.lines.find(each => each.id === id)
        if (!line) return null
        const key = partKey({ line: id, condition })
        const { lost = '0', found = '0' } = settled[key] ?? {}
        const write = (next: Settled) => type({ settled: { ...settled, [key]: { ...settled[key], ...next } } })
        const open = quantity - (readCount(lost) ?? 0) - (readCount(found) ?? 0)
        return (
          <GoodsCard
            key={key}
            line={line}
            condition={condition}
            says={t('act.settle.missing', { quantity: count(line.unit, quantity) })}
          >
            <div className="flex flex-wrap gap-2">
              <button type="button" className="btn" onClick={() => write({ found: String(quantity), lost: '0' })}>
                {t('act.settle.allFound')}
              </button>
              <button type="button" className="btn" onClick={() => write({ lost: String(quantity), found: '0' })}>
                {t('act.settle.allLost')}
              </button>
            </div>
            {(['found', 'lost'] as const).map(fate => (
              <div key={fate} className="grid gap-1">
                <p className="font-semibold">{t(`act.settle.${fate}`, { giver })}</p>
                <Stepper
                  isSmall
                  label={t(`act.settle.${fate}Of`, { item: line.item })}
                  value={fate === 'lost' ? lost : found}
                  most={quantity}
                  onType={text => write({ [fate]: text })}
                />
              </div>
            ))}
            <p className={open < 0 ? 'font-semibold text-broken' : 'text-ink-2 text-note'} role="status">
              {open < 0 ? t('act.settle.excess', { count: -open }) : open > 0 && t('act.settle.stays', { count: open })}
            </p>
          </GoodsCard>
        )
      })}
      <MoreFields kind="settle" more={more} onType={next => type({ more: next })} />
      <SignFoot
        props={props}
        label={label}
        act={
          lines && {
            about: 'consignment',
            id: reference,
            kind: 'settle',
            body: { handoff: handoff.hash, lines },
            after: head,
            ...readMore('settle', more),
          }
        }
        problem={t('act.problem.count')}
        onSent={({ outcome }) => (outcome === 'recorded' || outcome === 'kept') && forget()}
      />
    </>
  )
}
