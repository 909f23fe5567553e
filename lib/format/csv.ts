/**
 * Put first in a file: without it Excel reads UTF-8 as the machine's old code page and spoils every name that is not plain Latin. Readers that
 * know UTF-8 pass over it (lib/decisions/csv-export.md).
 */
export const BYTE_ORDER_MARK = '\uFEFF'

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/

/** One line of RFC 4180 with its CRLF. A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers are as they are. */
export function csvRow(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
