import { z } from 'zod'
import { type Mark, marksIn } from '@/lib/format/marks.ts'
import { perSheet, SHEETS, type SheetName } from '@/lib/papers/sheets.ts'

export const MOST_COPIES = 200

export interface Sheet {
  readonly sheet: SheetName
  /** Of each label. */
  readonly copies: number
  /** The first free place of the first sheet, from 1. */
  readonly start: number
  /** Each says which of how many it is. */
  readonly isNumbered: boolean
  readonly marks: readonly Mark[]
}

const count = (most: number) => z.coerce.number().int().min(1).max(most).optional().catch(undefined)
const query = z.object({
  sheet: z.enum(SHEETS).catch('single'),
  copies: count(MOST_COPIES),
  start: count(8),
  number: z.literal('1').optional().catch(undefined),
  marks: z.union([z.string(), z.array(z.string())]).optional(),
})

/** What is printed, from an address's query, read leniently: a wrong value is one that was not given. `isOne`: labels of one consignment, by the sheet. */
export function sheetIn(
  params: Readonly<Record<string, string | string[] | undefined>>,
  { isOne }: { isOne: boolean },
): Sheet {
  const { sheet, copies, start = 1, number, marks } = query.parse(params)
  const each = perSheet(sheet)
  const used = Math.min(start, each)
  return {
    sheet,
    copies: copies ?? (isOne ? each - used + 1 : 1),
    start: used,
    isNumbered: number === '1',
    marks: marksIn(marks),
  }
}

/** The same as pairs of an address's query. */
export function spelledSheet({ sheet, copies, start, isNumbered, marks }: Sheet): [string, string][] {
  return [
    ['sheet', sheet],
    ['copies', String(copies)],
    ...(start > 1 ? ([['start', String(start)]] as [string, string][]) : []),
    ...(isNumbered ? ([['number', '1']] as [string, string][]) : []),
    ...(marks.length > 0 ? ([['marks', marks.join(',')]] as [string, string][]) : []),
  ]
}
