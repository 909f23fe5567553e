import { readTable } from '../paste/table.ts'
import { decodeText, type Encoding } from './decode.ts'

/** One table of a file, every row as wide as the widest; cells as text. */
export type Sheet = { readonly name: string; readonly rows: readonly (readonly string[])[] }
export type ReadFile =
  | {
      readonly ok: true
      readonly sheets: readonly Sheet[]
      readonly encoding?: Encoding
      readonly misquoted: readonly number[]
    }
  /** `file-too-large`: more than 20 MB. `file-unreadable`: no workbook and no text. `file-empty`: not one cell. */
  | { readonly ok: false; readonly code: 'file-too-large' | 'file-unreadable' | 'file-empty' }

const MOST_BYTES = 20_000_000

/** Reads a workbook (.xlsx) or a text file with separators, in this browser; nothing is sent anywhere. */
export async function readFile(file: File): Promise<ReadFile> {
  if (file.size > MOST_BYTES) return { ok: false, code: 'file-too-large' }
  const bytes = new Uint8Array(await file.arrayBuffer())
  // A workbook is a zip; the older .xls is an OLE file, which nothing here reads.
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readWorkbook(bytes)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { ok: false, code: 'file-unreadable' }
  const { text, encoding } = decodeText(bytes)
  if (text.includes('\0')) return { ok: false, code: 'file-unreadable' }
  return { ...readText(text, file.name), ...(encoding !== 'utf-8' && { encoding }) }
}

/** Rows copied from a spreadsheet, or the text of a file. */
export function readText(text: string, name = '', separator?: string): ReadFile {
  const { rows, misquoted } = readTable(text, separator)
  return rows.length === 0 ? { ok: false, code: 'file-empty' } : { ok: true, sheets: [{ name, rows }], misquoted }
}

async function readWorkbook(bytes: Uint8Array<ArrayBuffer>): Promise<ReadFile> {
  // Fetched when the first workbook is opened, and the edition without workers, which the content policy does not allow.
  const { default: readXlsxFile } = await import('read-excel-file/universal')
  const read = await readXlsxFile(bytes.buffer).catch(() => undefined)
  if (!read) return { ok: false, code: 'file-unreadable' }
  const sheets = read
    .map(({ sheet, data }) => ({ name: sheet, rows: squared(data) }))
    .filter(({ rows }) => rows.length > 0)
  return sheets.length === 0 ? { ok: false, code: 'file-empty' } : { ok: true, sheets, misquoted: [] }
}

function squared(data: readonly (readonly unknown[])[]): readonly (readonly string[])[] {
  const width = Math.max(0, ...data.map(row => row.length))
  const rows = data.map(row => Array.from({ length: width }, (_, column) => cellText(row[column])))
  while (rows.length > 0 && rows.at(-1)?.every(cell => cell === '')) rows.pop()
  return rows
}

/** As the sheet shows it: a date by its day, a number without exponent. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
  if (typeof cell === 'number') return Number.isInteger(cell) ? BigInt(cell).toString() : String(cell)
  return String(cell).trim()
}
