import { createHash } from 'node:crypto'
import { MAX_QUANTITY } from '../core/custody/quantity.ts'
import { isDate, isSignableText } from '../core/custody/text.ts'
import { COUNTRY_CODES } from './import-countries.ts'
import { COLUMNS, type ColumnName, type Row } from './import-table.ts'

/** What a history tells of the shipment as a whole; rows that tell otherwise go into a report of their own. */
export interface Route {
  readonly dates: Readonly<Partial<Record<'ordered' | 'scheduled' | 'delivered' | 'recorded', string>>>
  readonly mode?: 'air' | 'air-charter' | 'ocean' | 'truck'
  /** ISO country of destination. */
  readonly to: string
}

/** One line item, ready to be reported. */
export interface ReportedRow {
  /** Line of the file. */
  readonly line: number
  /** The file's own number of the row, unique in it. */
  readonly id: string
  /** Hex of SHA-256 over the cells that are imported: tells a changed row from the same one. */
  readonly hash: string
  readonly shipment: string
  readonly route: Route
  readonly item: string
  /** Packs, and units in a pack: never multiplied. */
  readonly quantity: string
  readonly packSize: string
  /** Sealed values as the file has them; absent where the cell is empty. */
  readonly sealed: Readonly<Partial<Record<SealedName, string>>>
}

export const SEALED_NAMES = ['vendor', 'recipient', 'site', 'order', 'freight', 'insurance', 'weight'] as const
export type SealedName = (typeof SEALED_NAMES)[number]

const MODES: Readonly<Record<string, Route['mode']>> = {
  Air: 'air',
  'Air Charter': 'air-charter',
  Ocean: 'ocean',
  Truck: 'truck',
  'N/A': undefined,
}
/** What the file writes where it has no date. */
const NO_DATE: readonly string[] = ['', 'Pre-PQ Process', 'Date Not Captured', 'N/A - From RDC']

/** A row as it would be reported, or every reason why it cannot be. */
export function readRow({ line, cells }: Row): { row: ReportedRow } | { reasons: readonly string[] } {
  const reasons: string[] = []
  const complain = (name: ColumnName, expected: string) => {
    reasons.push(`${COLUMNS[name]} reads ${shorten(cells[name])}; expected ${expected}`)
    return ''
  }
  /** NFC and no outer blanks: what may be signed is one spelling of what the file says. */
  const text = (name: ColumnName, most: number, isNeeded = false): string => {
    const value = cells[name].trim().normalize('NFC')
    if (value === '') return isNeeded ? complain(name, 'something') : ''
    if (isSignableText(value, most)) return value
    return complain(name, value.length > most ? `at most ${most} characters` : 'text without control characters')
  }
  const count = (name: ColumnName): string => {
    const value = cells[name].trim()
    if (!/^[1-9][0-9]*$/.test(value)) return complain(name, 'a whole number above zero, in digits alone')
    return Number(value) <= MAX_QUANTITY ? value : complain(name, 'at most twelve digits')
  }
  const date = (name: ColumnName & keyof Route['dates']): Route['dates'] => {
    const value = cells[name].trim()
    if (NO_DATE.includes(value)) return {}
    return isDate(value) ? { [name]: value } : { [name]: complain(name, 'a date as YYYY-MM-DD') }
  }

  const country = text('country', 100, true)
  const to = Object.hasOwn(COUNTRY_CODES, country) ? COUNTRY_CODES[country] : undefined
  if (country !== '' && to === undefined) complain('country', 'one of the 43 countries of this history')
  const mode = cells.mode.trim()
  if (!Object.hasOwn(MODES, mode)) complain('mode', Object.keys(MODES).join(', '))
  const id = text('id', 50, true)
  const shipment = text('shipment', 200, true)
  const sealed = {
    vendor: text('vendor', 500),
    recipient: [country, text('project', 100)].filter(part => part !== '').join(', '),
    site: text('site', 500),
    order: text('order', 500),
    freight: text('freight', 500),
    insurance: text('insurance', 500),
    weight: text('weight', 500),
  }
  const row: ReportedRow = {
    line,
    id,
    hash: hashOf(cells),
    shipment,
    route: {
      dates: { ...date('ordered'), ...date('scheduled'), ...date('delivered'), ...date('recorded') },
      ...(MODES[mode] && { mode: MODES[mode] }),
      to: to ?? '',
    },
    item: text('item', 200, true),
    quantity: count('quantity'),
    packSize: count('packSize'),
    sealed: Object.fromEntries(Object.entries(sealed).filter(([, value]) => value !== '')),
  }
  return reasons.length > 0 ? { reasons } : { row }
}

function hashOf(cells: Row['cells']): string {
  const values = Object.keys(COLUMNS).map(name => cells[name as ColumnName])
  return createHash('sha256').update(JSON.stringify(values)).digest('hex')
}

function shorten(text: string): string {
  const shown = JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
  // What a cell holds must not steer the terminal: JSON leaves bidi controls and the like as they are.
  return shown.replace(
    /[\p{C}\u2028\u2029]/gu,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
