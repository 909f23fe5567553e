import { z } from 'zod'
import { type Mark, marksIn } from '@/lib/format/marks.ts'

/** Paper that labels are printed on: one label of 100 × 150 mm or A6, or A4 with eight of 105 × 74 mm to be cut. */
export const SHEETS = ['single', 'a6', 'a4'] as const
export type SheetName = (typeof SHEETS)[number]
export const PER_A4 = 8
export const MOST_COPIES = 200

export interface Sheet {
  readonly sheet: SheetName
  readonly copies: number
  /** Each says which of how many it is. */
  readonly isNumbered: boolean
  readonly marks: readonly Mark[]
}

const query = z.object({
  sheet: z.enum(SHEETS).catch('single'),
  copies: z.coerce.number().int().min(1).max(MOST_COPIES).optional().catch(undefined),
  number: z.literal('1').optional().catch(undefined),
  marks: z.union([z.string(), z.array(z.string())]).optional(),
})

/** The label page's own address, read leniently: a wrong value is one that was not given. */
export function sheetIn(params: Readonly<Record<string, string | string[] | undefined>>): Sheet {
  const { sheet, copies, number, marks } = query.parse(params)
  return { sheet, copies: copies ?? (sheet === 'a4' ? PER_A4 : 1), isNumbered: number === '1', marks: marksIn(marks) }
}
