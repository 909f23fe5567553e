const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/**
 * A time of this device, unix milliseconds, in the order and with the month in words that `lib/format` has on the rest of the page: the short styles
 * of some languages are digits and slashes. `isTimed`: with hours and minutes.
 */
export function whenOf({
  locale,
  milliseconds,
  isTimed,
}: {
  locale: string
  milliseconds: number
  isTimed: boolean
}): string {
  const order = `${locale === 'en' ? 'en-GB' : locale}-u-nu-latn`
  return new Intl.DateTimeFormat(order, { ...DAY, ...(isTimed && TIME) }).format(milliseconds)
}
