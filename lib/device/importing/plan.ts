import {
  type DraftContent,
  type DraftLine,
  EMPTY_DRAFT,
  EMPTY_LINE,
  isBlankLine,
  unsignableIn,
} from '../../core/custody/draft.ts'
import { isSignableText } from '../../core/custody/text.ts'
import { readCount, readExpiry, readUnit } from '../paste/cells.ts'
import { IMPORT_FIELDS, type ImportField } from './columns.ts'

/** What a person said about a table that was read. Plain data: it is kept in this browser while the work lasts. */
export type Choices = {
  readonly isFirstHeading: boolean
  readonly fields: readonly (ImportField | undefined)[]
  /** For rows that say none. */
  readonly unit: string
  /** Without a column that names consignments: each row is one, or all rows are. */
  readonly grouping: 'each' | 'all'
  /** Cells mended here, by `<row>/<field>`. */
  readonly mended: Readonly<Record<string, string>>
  /** Rows left out. */
  readonly skipped: readonly number[]
  /** For names of consignees that are no party's: a reference, or '' for not decided yet. */
  readonly consignees: Readonly<Record<string, string>>
}

export type RowProblem =
  | { readonly field: ImportField; readonly value: string; readonly code: 'missing' | 'unreadable' }
  /** Another row of the same consignment names somebody else. */
  | { readonly field: 'consignee'; readonly value: string; readonly code: 'differs'; readonly other: string }
  /** The consignment has as many lines as one can have. */
  | { readonly field: 'name'; readonly value: string; readonly code: 'too-many' }

export type PlannedRow = { readonly row: number; readonly problems: readonly RowProblem[]; readonly values: Values }
type Values = Readonly<Partial<Record<ImportField, string>>>

/** One consignment to be made. */
export type Planned = {
  /** As the file calls it; '' where it does not. */
  readonly name: string
  /** The how manieth of this content in the file, from 0. */
  readonly ordinal: number
  readonly rows: readonly number[]
  readonly content: DraftContent
}

export type Plan = {
  readonly planned: readonly Planned[]
  /** Rows that make no line until they are mended or left out; from 1 in the file. */
  readonly wrong: readonly PlannedRow[]
  /** Names of consignees for which nobody has chosen a party, with the number of their rows. */
  readonly unknown: readonly (readonly [name: string, rows: number])[]
  readonly emptyRows: number
}

const READERS: { readonly [F in ImportField]?: (cell: string) => string } = {
  expiry: readExpiry,
  unit: readUnit,
  quantity: readCount,
  packSize: readCount,
}

/**
 * The consignments that a table comes to: one row is one line; rows with the same name are one consignment, and a row without a name belongs to the
 * one above it, as in merged cells. `partyOf`: the reference of the party that a text means. `mostLines`: of one consignment.
 */
export function planImport(
  rows: readonly (readonly string[])[],
  choices: Choices,
  { partyOf, mostLines }: { partyOf: (text: string) => string | undefined; mostLines: number },
): Plan {
  const wrong: PlannedRow[] = []
  const unknown = new Map<string, number>()
  const groups = new Map<
    string,
    { name: string; consignee: string; values: Values; rows: number[]; lines: DraftLine[] }
  >()
  const [isNamed, isTold] = [choices.fields.includes('name'), choices.fields.includes('consignee')]
  let emptyRows = 0
  let above = ''
  for (const [place, cells] of rows.entries()) {
    const row = place + 1
    if ((place === 0 && choices.isFirstHeading) || choices.skipped.includes(row)) continue
    const values = valuesOf(row, cells, choices)
    const line = lineOf(values, choices.unit, partyOf)
    if (isBlankLine(line)) {
      emptyRows++
      continue
    }
    const problems: RowProblem[] = unsignableIn(line).map(({ field }) => {
      const value = line[field]
      return { field: field === 'donor' ? 'donorName' : field, value, code: value === '' ? 'missing' : 'unreadable' }
    })
    for (const field of ['waybill', 'remark', 'name'] as const) {
      const value = values[field] ?? ''
      if (value !== '' && !isSignableText(value, 500)) problems.push({ field, value, code: 'unreadable' })
    }
    const name = isNamed ? values.name || above : ''
    if (isNamed && name === '') problems.push({ field: 'name', value: '', code: 'missing' })
    above = name
    const key = isNamed ? `n ${name}` : choices.grouping === 'all' ? 'all' : `r ${row}`
    const group = groups.get(key)
    const told = values.consignee ?? ''
    const known = told === '' ? '' : (partyOf(told) ?? choices.consignees[told])
    if (isTold && known === undefined) unknown.set(told, (unknown.get(told) ?? 0) + 1)
    const consignee = known ?? told
    if (group && told !== '' && group.consignee !== '' && consignee !== group.consignee)
      problems.push({ field: 'consignee', value: told, code: 'differs', other: group.values.consignee ?? '' })
    if (group && group.lines.length >= mostLines) problems.push({ field: 'name', value: name, code: 'too-many' })
    if (problems.length > 0) {
      wrong.push({ row, problems, values })
      continue
    }
    const into = group ?? { name, consignee, values, rows: [], lines: [] }
    if (into.consignee === '' && consignee !== '')
      Object.assign(into, { consignee, values: { ...into.values, consignee: told } })
    into.rows.push(row)
    into.lines.push(line)
    groups.set(key, into)
  }
  const seen = new Map<string, number>()
  const planned = [...groups.values()].map(({ name, consignee, values, rows, lines }): Planned => {
    const content = {
      ...EMPTY_DRAFT,
      consignee,
      lines,
      order: name,
      waybill: values.waybill ?? '',
      remark: values.remark ?? '',
    }
    const same = JSON.stringify(content)
    const ordinal = seen.get(same) ?? 0
    seen.set(same, ordinal + 1)
    return { name, ordinal, rows, content }
  })
  return { planned, wrong, unknown: [...unknown], emptyRows }
}

/** The cells of a row by what they are, mended ones as they were mended; counts, dates and units as this log writes them. */
function valuesOf(row: number, cells: readonly string[], { fields, mended }: Choices): Values {
  const values: Partial<Record<ImportField, string>> = {}
  for (const field of IMPORT_FIELDS) {
    const column = fields.indexOf(field)
    const cell = mended[`${row}/${field}`] ?? (column < 0 ? undefined : cells[column])
    if (cell === undefined) continue
    const text = cell.replace(/\s+/g, ' ').trim()
    values[field] = READERS[field]?.(text) ?? text
  }
  return values
}

function lineOf(values: Values, unit: string, partyOf: (text: string) => string | undefined): DraftLine {
  const { name: _name, consignee: _consignee, waybill: _waybill, remark: _remark, donorName = '', ...goods } = values
  const donor = donorName === '' ? undefined : partyOf(donorName)
  return {
    ...EMPTY_LINE,
    ...goods,
    unit: goods.unit || unit,
    ...(donor === undefined ? { donorName } : { donor }),
  }
}
