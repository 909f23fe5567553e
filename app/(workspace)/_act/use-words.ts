'use client'
import { useLocale, useTranslations } from 'next-intl'
import type { Unit } from '@/lib/core/custody/quantity.ts'
import type { Line, Quantity } from '@/lib/core/custody/state.ts'
import { inPacks, totalsByUnit } from '@/lib/device/forms/counts.ts'
import { formatList, formatNumber } from '@/lib/format/number.ts'
import { formatDate } from '@/lib/format/time.ts'

/** Words for goods, in the reader's language. */
export function useWords() {
  const t = useTranslations()
  const locale = useLocale()
  /** `480 boxes`. */
  const count = (unit: Unit, quantity: number) => t(`units.${unit}`, { count: quantity })
  return {
    t,
    locale,
    count,
    number: (value: number) => formatNumber(locale, value),
    /** `9 packs of 50 and 24`; empty where the line has no packs or less than one came together. */
    packs: ({ packSize }: Pick<Line, 'packSize'>, quantity: number) => {
      const packed = inPacks({ quantity, packSize })
      if (!packed || packed.packs === 0) return ''
      const { packs, rest } = packed
      return t(rest === 0 ? 'act.packs' : 'act.packsAnd', { packs, rest, size: packSize ?? 0 })
    },
    /** `box · lot M2231 · use by Jun 2028`, what tells a line from the next. */
    marks: ({ lot, expiry, packSize, unit }: Line) =>
      [
        ...(packSize === undefined ? [] : [t('act.packOf', { quantity: count(unit, packSize) })]),
        ...(lot === undefined ? [] : [t('act.lot', { lot })]),
        ...(expiry === undefined ? [] : [t('act.expiry', { date: formatDate(locale, expiry) })]),
      ].join(' · '),
    /** `472 boxes and 12 pieces`: sums by unit; with more than three units their number of lines. */
    total: (lines: readonly Line[], parts: readonly (Pick<Quantity, 'line' | 'quantity'> & object)[]) => {
      const sums = totalsByUnit(
        parts.map(part => ({
          unit: lines.find(line => line.id === part.line)?.unit ?? ('piece' as Unit),
          quantity: part.quantity,
        })),
      )
      const said = sums.slice(0, 3).map(({ unit, quantity }) => count(unit, quantity))
      return formatList(locale, sums.length > 3 ? [...said, t('act.andMore', { count: sums.length - 3 })] : said)
    },
  }
}

/** Quantities of a body, as numbers. */
export function countsOf(lines: readonly { readonly line: string; readonly quantity: string }[]) {
  return lines.map(({ line, quantity }) => ({ line, quantity: Number(quantity) }))
}
