import { Readable } from 'node:stream'
import Papa from 'papaparse'
import { fail, pass, type Result } from '../core/result.ts'

/** Columns of the shipment history that are imported, by what they are used for. */
export const COLUMNS = {
  id: 'ID',
  project: 'Project Code',
  order: 'PO / SO #',
  shipment: 'ASN/DN #',
  country: 'Country',
  mode: 'Shipment Mode',
  ordered: 'PO Sent to Vendor Date',
  scheduled: 'Scheduled Delivery Date',
  delivered: 'Delivered to Client Date',
  recorded: 'Delivery Recorded Date',
  vendor: 'Vendor',
  item: 'Item Description',
  packSize: 'Unit of Measure (Per Pack)',
  quantity: 'Line Item Quantity',
  site: 'Manufacturing Site',
  weight: 'Weight (Kilograms)',
  freight: 'Freight Cost (USD)',
  insurance: 'Line Item Insurance (USD)',
} as const

export type ColumnName = keyof typeof COLUMNS

/** One row, its cells as the file has them. */
export interface Row {
  /** Line of the file on which the row begins, from 1; a cell may hold line breaks. */
  readonly line: number
  readonly cells: Readonly<Record<ColumnName, string>>
}

/** Something that is not imported, and why. */
export interface Problem {
  readonly line: number
  readonly reason: string
}

export interface Table {
  readonly rows: readonly Row[]
  readonly problems: readonly Problem[]
  /** Columns of the file that are not imported. */
  readonly ignored: readonly string[]
}

/**
 * Reads CSV (RFC 4180, UTF-8 with or without a byte order mark, LF or CRLF) as it streams in. A row that cannot be read is a problem with
 * its line; the rest is read on. Code `columns-missing`: the file has not the layout, nothing of it is used.
 */
export async function readTable(bytes: AsyncIterable<Uint8Array>): Promise<Result<Table, 'columns-missing'>> {
  const rows: Row[] = []
  const problems: Problem[] = []
  let header: readonly string[] | undefined
  let line = 1
  await parseRows(bytes, (cells, isMisquoted) => {
    const at = line
    line += 1 + cells.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0)
    if (header === undefined) {
      header = cells.map(cell => cell.trim())
      return
    }
    if (cells.length === 1 && cells[0] === '') return
    const lost = line - 1 > at ? `; lines ${at} to ${line - 1} could not be read` : ''
    const reason = isMisquoted ? `a quotation mark is not closed, or not doubled${lost}` : shapeProblem(cells, header)
    if (reason !== undefined) problems.push({ line: at, reason })
    else rows.push({ line: at, cells: named(cells, header) })
  })
  const present = header ?? []
  const wanted = Object.values(COLUMNS)
  const missing = wanted.filter(column => present.filter(each => each === column).length !== 1)
  if (missing.length > 0) {
    return fail('columns-missing', `the file lacks, or has twice: ${missing.join(', ')}`)
  }
  return pass({ rows, problems, ignored: present.filter(column => !(wanted as readonly string[]).includes(column)) })
}

function shapeProblem(cells: readonly string[], header: readonly string[]): string | undefined {
  if (cells.length !== header.length) return `${header.length} fields expected, ${cells.length} found`
  const column = header.find((_, place) => cells[place]?.includes('\ufffd'))
  return column === undefined ? undefined : `${column} holds bytes that are not UTF-8: save the file as UTF-8`
}

function named(cells: readonly string[], header: readonly string[]): Row['cells'] {
  const entries = Object.entries(COLUMNS).map(([name, column]) => [name, cells[header.indexOf(column)] ?? ''])
  return Object.fromEntries(entries) as Row['cells']
}

/** `take` gets the cells of every row in order, and whether its quotation marks make no sense. */
function parseRows(
  bytes: AsyncIterable<Uint8Array>,
  take: (cells: string[], isMisquoted: boolean) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(Readable.from(textOf(bytes)), {
      delimiter: ',',
      newline: '\n',
      step: ({ data, errors }) => {
        take(
          data,
          errors.some(error => error.type === 'Quotes'),
        )
      },
      complete: () => resolve(),
      error: reject,
    })
  })
}

/** Decoded as it comes, CRLF as LF; what is no UTF-8 becomes U+FFFD and is found again in its cell. */
async function* textOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let held = ''
  for await (const chunk of bytes) {
    const text = held + decoder.decode(chunk, { stream: true })
    held = text.endsWith('\r') ? '\r' : ''
    const ready = text.slice(0, text.length - held.length).replaceAll('\r\n', '\n')
    if (ready !== '') yield ready
  }
  const rest = (held + decoder.decode()).replaceAll('\r\n', '\n')
  if (rest !== '') yield rest
}
