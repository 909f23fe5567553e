import Papa from 'papaparse'
import { type DraftLine, EMPTY_LINE, isBlankLine, unsignableIn } from '../../core/custody/draft.ts'
import { readCount, readExpiry, readUnit } from './cells.ts'
import { type ColumnField, columnsNamed } from './columns.ts'

/** A pasted table before anybody said what its columns are. */
export interface PastedTable {
  /** As they stand, the first row included; every row as wide as the widest. */
  readonly rows: readonly (readonly string[])[]
  readonly separator: string
  /** The first row names the columns. */
  readonly isFirstHeading: boolean
  /** By column; undefined: not used. A guess that a person can change. */
  readonly fields: readonly (ColumnField | undefined)[]
  /** Rows, from 1, whose quotation marks make no sense: read as they stand. */
  readonly misquoted: readonly number[]
}

/** Between the cells of a row. The last stands nowhere in what people type: each row is one cell. */
export const SEPARATORS = ['\t', ',', ';', '|', '\u001f'] as const

/** Reads text copied from a spreadsheet, or a CSV file's. `separator` as {@link SEPARATORS} names it; without one it is found out. */
export function readTable(text: string, separator?: string): PastedTable {
  const clean = text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
  const between = separator ?? (clean.includes('\t') ? '\t' : '')
  const read = Papa.parse<string[]>(clean, {
    delimiter: between,
    delimitersToGuess: SEPARATORS.slice(0, 4),
    newline: '\n',
  })
  const misquoted = read.errors.filter(error => error.type === 'Quotes').map(error => (error.row ?? 0) + 1)
  // A mark that is not closed swallows the rows after it: then marks are taken for what they look like.
  const quoteless = { delimiter: read.meta.delimiter, newline: '\n', quoteChar: '\u0000' } as const
  const cells = misquoted.length === 0 ? read.data : Papa.parse<string[]>(clean, quoteless).data
  const width = Math.max(0, ...cells.map(row => row.length))
  const rows = cells.map(row => Array.from({ length: width }, (_, column) => (row[column] ?? '').trim()))
  while (rows.length > 0 && rows.at(-1)?.every(cell => cell === '')) rows.pop()
  const named = columnsNamed(rows[0] ?? [])
  const isFirstHeading = isHeading(rows[0] ?? [], named)
  return {
    rows,
    separator: read.meta.delimiter,
    isFirstHeading,
    fields: isFirstHeading ? named : guessed(rows),
    misquoted: [...new Set(misquoted)],
  }
}

/** A heading holds no figures of its own: "480" beside "masks in boxes" is a row. */
function isHeading(cells: readonly string[], named: readonly (ColumnField | undefined)[]): boolean {
  const count = named.filter(field => field !== undefined).length
  return (
    count >= Math.min(2, cells.filter(cell => cell !== '').length || 1) &&
    !cells.some((cell, place) => named[place] === undefined && /^[\d\u0660-\u0669.,\s]+$/.test(cell))
  )
}

/** What columns without names seem to be, by what most of them hold. */
function guessed(rows: readonly (readonly string[])[]): readonly (ColumnField | undefined)[] {
  const fields: (ColumnField | undefined)[] = (rows[0] ?? []).map(() => undefined)
  const holds = (column: number, test: (cell: string) => boolean) => {
    const cells = rows.map(row => row[column] ?? '').filter(cell => cell !== '')
    return cells.length > 0 && cells.filter(test).length * 2 > cells.length
  }
  const isCount = (cell: string) => /^[1-9]\d*$/.test(readCount(cell))
  const isExpiry = (cell: string) => /^\d{4}-\d\d/.test(readExpiry(cell))
  const isUnit = (cell: string) =>
    unsignableIn({ ...EMPTY_LINE, unit: readUnit(cell) }).every(({ field }) => field !== 'unit')
  const tests: readonly (readonly [ColumnField, (cell: string) => boolean])[] = [
    ['expiry', isExpiry],
    ['unit', isUnit],
    ['quantity', isCount],
    ['packSize', isCount],
    ['item', cell => /\p{L}{2}/u.test(cell)],
    ['lot', cell => /[\p{L}\p{N}]/u.test(cell)],
  ]
  for (const [field, test] of tests) {
    const column = fields.findIndex((taken, place) => taken === undefined && holds(place, test))
    if (column >= 0) fields[column] = field
  }
  return fields
}

/** One row read: `row` from 1 in what was pasted. */
export interface PastedRow {
  readonly row: number
  readonly line: DraftLine
  /** Cells that were read as something else than they say: `1,200` as 1200. */
  readonly readAs: readonly { readonly field: ColumnField; readonly cell: string; readonly value: string }[]
  /** Why it cannot be signed yet, field by field; the cell stands in the line as it was. */
  readonly unsignable: ReturnType<typeof unsignableIn>
  readonly isMisquoted: boolean
}

export interface Pasted {
  readonly lines: readonly PastedRow[]
  /** Rows without a word in the columns that are used. */
  readonly emptyRows: readonly number[]
}

const READERS: { readonly [F in ColumnField]?: (cell: string) => string } = {
  expiry: readExpiry,
  unit: readUnit,
  quantity: readCount,
  packSize: readCount,
}

/** The lines that a table comes to. Rows of one and the same heading further down are read as rows: nothing is left out but what is empty. */
export function linesOf(table: PastedTable, { unit = '' }: { unit?: string } = {}): Pasted {
  const lines: PastedRow[] = []
  const emptyRows: number[] = []
  for (const [place, cells] of table.rows.entries()) {
    if (place === 0 && table.isFirstHeading) continue
    const row = place + 1
    const read: Record<string, string> = {}
    const readAs: { field: ColumnField; cell: string; value: string }[] = []
    for (const [column, field] of table.fields.entries()) {
      if (field === undefined) continue
      const cell = (cells[column] ?? '').replace(/\s+/g, ' ').trim()
      const value = READERS[field]?.(cell) ?? cell
      read[field] = value
      if (value !== cell && value !== cell.toLowerCase()) readAs.push({ field, cell, value })
    }
    const line: DraftLine = { ...EMPTY_LINE, ...read, unit: read.unit || unit }
    if (isBlankLine(line)) emptyRows.push(row)
    else lines.push({ row, line, readAs, unsignable: unsignableIn(line), isMisquoted: table.misquoted.includes(row) })
  }
  return { lines, emptyRows }
}
