/** Paper that labels are printed on, all lengths in millimetres: how large it is, and how many labels of which size lie on it. */
export interface SheetShape {
  readonly width: number
  readonly height: number
  readonly columns: number
  readonly rows: number
}

/** One label of 100 × 150 mm, one of A6, four of A6 on A4, eight of 105 × 74 mm on A4. */
export const SHEETS = ['single', 'a6', 'a4x4', 'a4'] as const
export type SheetName = (typeof SHEETS)[number]

export const SHEET_SHAPES: Readonly<Record<SheetName, SheetShape>> = {
  single: { width: 100, height: 150, columns: 1, rows: 1 },
  a6: { width: 105, height: 148, columns: 1, rows: 1 },
  a4x4: { width: 210, height: 297, columns: 2, rows: 2 },
  a4: { width: 210, height: 297, columns: 2, rows: 4 },
}

/** Labels on a whole sheet. */
export function perSheet(sheet: SheetName): number {
  const { columns, rows } = SHEET_SHAPES[sheet]
  return columns * rows
}

/**
 * What lies on each page: `undefined` is a place left empty. `start`: the first free place of a sheet that was used before, from 1, row by row; beyond
 * the last it is the last.
 */
export function onSheets<Label>(
  labels: readonly Label[],
  { sheet, start = 1 }: { sheet: SheetName; start?: number | undefined },
): readonly (readonly (Label | undefined)[])[] {
  const each = perSheet(sheet)
  const used = Math.min(Math.max(1, start), each) - 1
  const places = [...Array.from({ length: used }, () => undefined), ...labels]
  return Array.from({ length: Math.ceil(places.length / each) }, (_, page) =>
    places.slice(page * each, (page + 1) * each),
  )
}

/** Where a sheet of several labels is cut: short lines at the crossings and none through a label, as one SVG path in millimetres from the top. */
export function cutMarks(sheet: SheetName): string {
  const { width, height, columns, rows } = SHEET_SHAPES[sheet]
  const inner = (length: number, parts: number) =>
    Array.from({ length: parts - 1 }, (_, place) => (length / parts) * (place + 1))
  const [across, down] = [inner(width, columns), inner(height, rows)]
  return [
    ...across.flatMap(x => [0, ...down, height].map(y => `M${x} ${Math.max(0, y - 3)}V${Math.min(height, y + 3)}`)),
    ...down.flatMap(y => [0, ...across, width].map(x => `M${Math.max(0, x - 3)} ${y}H${Math.min(width, x + 3)}`)),
  ].join('')
}
