/** Digits of every row that a phone's keyboard may send, in order from zero. */
const DIGITS = ['٠١٢٣٤٥٦٧٨٩', '۰۱۲۳۴۵۶۷۸۹']

/**
 * The whole number a person typed: digits of any keyboard, perhaps in groups of three (`1,200`, `1 200`), at most twelve. Undefined for
 * anything else: a count is never guessed.
 */
export function readCount(text: string): number | undefined {
  let latin = text.trim()
  for (const row of DIGITS) latin = latin.replace(new RegExp(`[${row}]`, 'g'), digit => String(row.indexOf(digit)))
  const digits = /^[0-9]{1,3}(?:[,٬\s][0-9]{3})+$/.test(latin) ? latin.replace(/[,٬\s]/g, '') : latin
  return /^[0-9]{1,12}$/.test(digits) ? Number(digits) : undefined
}

/** A quantity as full packs and what is left over; undefined where the line has no packs. For display only: what is signed is in base units. */
export function inPacks({
  quantity,
  packSize,
}: {
  quantity: number
  packSize: number | undefined
}): { packs: number; rest: number } | undefined {
  if (packSize === undefined || packSize < 2) return undefined
  return { packs: Math.floor(quantity / packSize), rest: quantity % packSize }
}

/** Quantities summed by unit, in the order the units first appear: what a button says is signed for. */
export function totalsByUnit<Unit extends string>(
  parts: readonly { readonly unit: Unit; readonly quantity: number }[],
): readonly { readonly unit: Unit; readonly quantity: number }[] {
  const totals = new Map<Unit, number>()
  for (const { unit, quantity } of parts) if (quantity > 0) totals.set(unit, (totals.get(unit) ?? 0) + quantity)
  return [...totals].map(([unit, quantity]) => ({ unit, quantity }))
}
