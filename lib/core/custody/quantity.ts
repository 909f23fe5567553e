/** Base units in which goods are counted. A unit is never converted: packs are for display, beside `packSize`. */
export const UNITS = [
  'piece',
  'pair',
  'set',
  'kit',
  'test',
  'dose',
  'tablet',
  'capsule',
  'vial',
  'ampoule',
  'bottle',
  'tube',
  'sachet',
  'roll',
  'bag',
  'box',
  'carton',
  'pallet',
  'pack',
  'tin',
  'blanket',
  'tent',
  'kg',
  'g',
  'l',
  'ml',
  'm',
] as const
export type Unit = (typeof UNITS)[number]

/** Largest quantity of a line: twelve digits, so that sums stay exact in a JavaScript number. */
export const MAX_QUANTITY = 999_999_999_999

/** The number a signed decimal spells; callers hold parsed events, whose spelling is checked. */
export function quantityOf(decimal: string): number {
  return Number(decimal)
}
