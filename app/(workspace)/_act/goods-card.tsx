'use client'
import type { ReactNode } from 'react'
import type { Condition, Line } from '@/lib/core/custody/state.ts'
import { useWords } from './use-words.ts'

/** One line of goods and what is asked about it. */
export function GoodsCard({
  line,
  condition,
  says,
  end,
  children,
}: {
  line: Line
  condition: Condition
  /** Said after lot and expiry: how many are held, or were handed over. */
  says?: string
  /** At the end of the first row. */
  end?: ReactNode
  children?: ReactNode
}) {
  const { t, marks } = useWords()
  return (
    <section className="sheet grid gap-3 p-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <div className="min-w-0">
          <h2>
            <bdi>{line.item}</bdi>
            {condition === 'damaged' && <span className="chip open ms-2">{t('condition.damaged')}</span>}
          </h2>
          <p className="text-ink-2 text-note">{[marks(line), says].filter(Boolean).join(' · ')}</p>
        </div>
        {end}
      </div>
      {children}
    </section>
  )
}
