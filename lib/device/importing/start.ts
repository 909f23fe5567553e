import { hexEncode } from '../../core/bytes.ts'
import { guessColumns } from './columns.ts'
import type { ReadFile } from './read-file.ts'
import { recallColumns, type Work } from './work.ts'

/** A file that was just read, with the columns as they were matched last time, else as they seem to be. */
export function startWork(args: { party: string; fileName: string; read: Extract<ReadFile, { ok: true }> }): Work {
  const { party, fileName, read } = args
  const importId = hexEncode(crypto.getRandomValues(new Uint8Array(16)))
  const { sheets, encoding, misquoted } = read
  return onSheet({ party, importId, fileName, encoding, misquoted, sheets, sheet: 0, choices: EMPTY_CHOICES }, 0)
}

const EMPTY_CHOICES: Work['choices'] = {
  isFirstHeading: true,
  fields: [],
  unit: '',
  grouping: 'each',
  mended: {},
  skipped: [],
  consignees: {},
}

/** The same work on another sheet of the file: what was said of the one before does not hold for it. */
export function onSheet(work: Work, sheet: number): Work {
  const rows = work.sheets[sheet]?.rows ?? []
  const guess = guessColumns(rows)
  const fields = recallColumns(work.party, rows[0] ?? [])
  return { ...work, sheet, choices: { ...EMPTY_CHOICES, ...guess, ...(fields && { fields, isFirstHeading: true }) } }
}
