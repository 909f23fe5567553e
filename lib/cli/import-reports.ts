import { hexEncode, utf8Encode } from '../core/bytes.ts'
import { type Event, MAX_NOTE_BYTES } from '../core/custody/event.ts'
import type { BodyOf } from '../core/custody/kinds.ts'
import { formatLocalTime } from '../core/custody/local-time.ts'
import { deriveReference } from '../core/custody/reference.ts'
import { formatJson, type Json } from '../core/json.ts'
import { type ReportedRow, SEALED_NAMES, type SealedName } from './import-row.ts'
import { type Actor, type Desk, type Posted, signWithOpenings } from './scribe.ts'

type Body = BodyOf<'consignment', 'report'>

/** One `report` to be signed: lines that tell of one route, as many as fit. */
export interface Report {
  readonly lines: NonNullable<Body['lines']>
  readonly route: ReportedRow['route']
  /** Sealed values by field name. */
  readonly sealed: Readonly<Record<string, string>>
}

/** Where the consignment of a shipment stands: what a further report goes on from. */
export interface Standing {
  readonly consignment: string
  /** Event hash of its newest report. */
  readonly head: string
  /** Lines that it has; ids go on from there. */
  readonly lines: number
}

/** Everything in a note beside lines and sealed fields: header, envelope, dates, signature line; measured at 900 bytes for a long origin. */
const ENVELOPE_BYTES = 1400
/** Line ids have at most four digits. */
export const MOST_LINES = 9999
/** These may be said once for all lines of a report; the others are amounts, which mean another thing for the whole than for a line. */
const SHARED: readonly SealedName[] = ['vendor', 'recipient', 'site', 'order']

/**
 * The reports that tell of `rows`, all of one shipment, in the order of the file: grouped by route, each within 16 KiB. `first` is the id of
 * the first line.
 */
export function planReports(rows: readonly ReportedRow[], first = 1): Report[] {
  if (first + rows.length - 1 > MOST_LINES) throw new Error(`a consignment has at most ${MOST_LINES} lines`)
  const routes = new Map<string, ReportedRow[]>()
  for (const row of rows) {
    const route = formatJson(row.route as unknown as Json)
    routes.set(route, [...(routes.get(route) ?? []), row])
  }
  let id = first
  return [...routes.values()].flatMap(together =>
    divide(together).map(part => {
      const numbered = part.map(row => ({ row, id: String(id++) }))
      return {
        lines: numbered.map(({ row, id }) => lineOf(row, id)),
        route: (part[0] as ReportedRow).route,
        sealed: sealedOf(numbered),
      }
    }),
  )
}

const lineOf = ({ item, quantity, packSize }: ReportedRow, id: string) =>
  ({ id, item, unit: 'pack', quantity, packSize }) as const

/** Cuts rows into parts that fit a note, whatever is shared or not. */
function divide(rows: readonly ReportedRow[]): ReportedRow[][] {
  const parts: ReportedRow[][] = []
  let room = 0
  for (const row of rows) {
    const bytes = sizeOf(row)
    if (bytes > room) {
      parts.push([])
      room = MAX_NOTE_BYTES - ENVELOPE_BYTES
    }
    parts.at(-1)?.push(row)
    room -= bytes
  }
  return parts
}

/** Bytes of a row in canonical JSON, with an id of four digits and every field sealed for itself. */
function sizeOf(row: ReportedRow): number {
  const line = utf8Encode(formatJson(lineOf(row, '9999') as unknown as Json)).length + 1
  const fields = Object.keys(row.sealed).map(field => `"${field}/9999":"",`.length + 64)
  return fields.reduce((sum, bytes) => sum + bytes, line)
}

function sealedOf(numbered: readonly { row: ReportedRow; id: string }[]): Report['sealed'] {
  const sealed: Record<string, string> = {}
  const first = numbered[0]?.row
  if (first) sealed.shipment = first.shipment
  for (const name of SEALED_NAMES) {
    const value = first?.sealed[name]
    if (SHARED.includes(name) && value !== undefined && numbered.every(({ row }) => row.sealed[name] === value)) {
      sealed[name] = value
      continue
    }
    for (const { row, id } of numbered) {
      const own = row.sealed[name]
      if (own !== undefined) sealed[`${name}/${id}`] = own
    }
  }
  return sealed
}

/** Signs reports one after the other: the first founds the consignment unless there is one to go on from. */
export async function signReports(args: {
  reports: readonly Report[]
  actor: Actor
  desk: Pick<Desk, 'origin' | 'clock' | 'random'>
  standing?: Standing | undefined
}): Promise<{ notes: Posted[]; standing: Standing }> {
  const { reports, actor, desk } = args
  const { origin, clock, random } = desk
  const nonce = hexEncode(random(16))
  const author = actor.reference
  let standing = args.standing ?? {
    consignment: deriveReference({ kind: 'consignment', author, nonce }),
    head: '',
    lines: 0,
  }
  const notes: Posted[] = []
  for (const { lines, route, sealed } of reports) {
    const id = standing.consignment
    const { dates, mode, to } = route
    const body = {
      ...(standing.head === '' && { nonce }),
      lines,
      ...(Object.keys(dates).length > 0 && { dates }),
      ...(mode && { mode }),
      to,
    }
    const envelope = { origin, about: 'consignment', id, subject: `consignment/${id}`, after: standing.head }
    const signer = { by: actor.reference, key: actor.key.key, at: formatLocalTime(clock()) }
    const event = { ...envelope, kind: 'report', ...signer, body } as unknown as Event
    const { note, openings, hash } = await signWithOpenings({ event, values: sealed, key: actor.key, random })
    notes.push({ note, openings })
    standing = { consignment: id, head: hash, lines: standing.lines + lines.length }
  }
  return { notes, standing }
}
