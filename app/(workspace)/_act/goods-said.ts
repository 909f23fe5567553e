import { getLocale, getTranslations } from 'next-intl/server'
import type { ConsignmentState, Quantity } from '@/lib/core/custody/state.ts'
import { totalsByUnit } from '@/lib/device/forms/counts.ts'
import { formatList } from '@/lib/format/number.ts'
import { clockOf, formatDateTime } from '@/lib/format/time.ts'

/** Words for goods and times on the server's side of an act's page. */
export async function goodsSaid(state: ConsignmentState) {
  const [t, locale] = await Promise.all([getTranslations(), getLocale()])
  return {
    /** `476 boxes and 12 pieces`. */
    goods: (parts: readonly Pick<Quantity, 'line' | 'quantity'>[]) => {
      const units = parts.map(({ line, quantity }) => ({
        unit: state.lines.find(each => each.id === line)?.unit ?? ('piece' as const),
        quantity,
      }))
      return formatList(
        locale,
        totalsByUnit(units).map(({ unit, quantity }) => t(`units.${unit}`, { count: quantity })),
      )
    },
    /** When the event at this leaf index was signed, by the clock of the place. */
    when: (index: number) => {
      const entry = state.chain.find(each => each.recorded.index === index)
      return entry ? formatDateTime(locale, clockOf(entry.acting.at)) : ''
    },
  }
}
