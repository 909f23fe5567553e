import type { Json } from '../json.ts'
import type { Result } from '../result.ts'
import type { Place } from './event.ts'
import { type BodyOf, GOODS } from './kinds.ts'
import { isReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import { place as placeShape } from './shape.ts'
import { isSignableText } from './text.ts'

/** One line of goods as somebody typed it: any text, '' where nothing was said. */
export interface DraftLine {
  readonly item: string
  readonly lot: string
  readonly expiry: string
  readonly unit: string
  readonly quantity: string
  /** Units in a pack. */
  readonly packSize: string
  /** Reference of the party that gave it; '' for none and where `donorName` says it. */
  readonly donor: string
  /** Sealed when it is signed; '' for none. */
  readonly donorName: string
  readonly donorNamed: 'public' | 'withheld'
}

/** A consignment before its `pack`, as typed. All but the lines is sealed or a reference when it is signed. */
export interface DraftContent {
  /** A party's reference, or what was typed to find one. */
  readonly consignee: string
  readonly lines: readonly DraftLine[]
  readonly order: string
  readonly waybill: string
  readonly remark: string
  /** `lat` and `lon` in degrees with one decimal. */
  readonly place: { readonly name: string; readonly country: string; readonly lat: string; readonly lon: string }
}

export const EMPTY_LINE: DraftLine = {
  item: '',
  lot: '',
  expiry: '',
  unit: '',
  quantity: '',
  packSize: '',
  donor: '',
  donorName: '',
  donorNamed: 'withheld',
}
export const EMPTY_DRAFT: DraftContent = {
  consignee: '',
  lines: [],
  order: '',
  waybill: '',
  remark: '',
  place: { name: '', country: '', lat: '', lon: '' },
}

export type GoodsField = keyof typeof GOODS
export type DraftField = GoodsField | 'donor' | 'donorName'
/** What cannot be signed as typed. `line`: its place among the draft's lines, from 0; absent where it is about the whole. */
export interface Unsignable {
  readonly line?: number
  readonly field: DraftField | 'consignee' | 'lines' | 'order' | 'waybill' | 'remark' | 'place'
  readonly code: Refusal
}

/** What the signed `pack` will say, apart from its nonce. `lineOf`: for each packed line its place among the draft's lines. */
export interface Packing {
  readonly body: Pick<BodyOf<'consignment', 'pack'>, 'lines' | 'consignee'>
  readonly values: Readonly<Record<string, string>>
  readonly place?: Place
  readonly lineOf: readonly number[]
}

/** Outer blanks and the way accents are stored are no difference: one spelling is signed. */
const tidy = (text: string) => text.trim().normalize('NFC')

/** True where no goods were typed: such a line is not signed and not refused. A unit and a donor come along from the line above it. */
export function isBlankLine({ item, lot, expiry, quantity, packSize }: DraftLine): boolean {
  return [item, lot, expiry, quantity, packSize].every(text => tidy(text) === '')
}

const LINE_FIELDS: readonly GoodsField[] = ['item', 'lot', 'expiry', 'unit', 'quantity', 'packSize']
const OPTIONAL: readonly GoodsField[] = ['lot', 'expiry', 'packSize']

/** Why each field of one line cannot be signed as typed, by the rules that read the signed event; empty where all can. */
export function unsignableIn(line: DraftLine): readonly { readonly field: DraftField; readonly code: Refusal }[] {
  const wrong: { field: DraftField; code: Refusal }[] = []
  for (const field of LINE_FIELDS) {
    const value = tidy(line[field])
    if (value === '' && OPTIONAL.includes(field)) continue
    const read = (GOODS[field] as (value: Json, where: string) => Result<unknown, Refusal>)(value, field)
    if (!read.ok) wrong.push({ field, code: read.code })
  }
  if (line.donor !== '' && !isReference(line.donor)) wrong.push({ field: 'donor', code: 'reference-malformed' })
  const name = tidy(line.donorName)
  if (name !== '' && !isSignableText(name, 500)) wrong.push({ field: 'donorName', code: 'text-malformed' })
  return wrong
}

/**
 * The `pack` that `draft` comes to, and all that cannot be signed as it stands (form and rules read the same shapes). `firstLine`: the id of its
 * first line; `most`: how many lines at most. What cannot be signed is left out of the packing.
 */
export function packingOf(
  draft: DraftContent,
  { firstLine = 1, most = 9999 }: { firstLine?: number; most?: number } = {},
): { readonly packing: Packing; readonly unsignable: readonly Unsignable[] } {
  const unsignable: Unsignable[] = []
  const values: Record<string, string> = {}
  const lines: Packing['body']['lines'][number][] = []
  const lineOf: number[] = []
  for (const [line, typed] of draft.lines.entries()) {
    if (isBlankLine(typed)) continue
    const wrong = unsignableIn(typed)
    for (const each of wrong) unsignable.push({ line, ...each })
    if (wrong.length > 0 || lines.length >= most) continue
    const id = String(firstLine + lines.length)
    lineOf.push(line)
    lines.push(signedLine(typed, id))
    if (typed.donor === '' && tidy(typed.donorName) !== '') values[`donor/${id}`] = tidy(typed.donorName)
  }
  if (lines.length === 0 && unsignable.length === 0) unsignable.push({ field: 'lines', code: 'lines-empty' })
  if (draft.consignee !== '' && !isReference(draft.consignee))
    unsignable.push({ field: 'consignee', code: 'party-unknown' })
  for (const field of ['order', 'waybill', 'remark'] as const) {
    const value = tidy(draft[field])
    if (value === '') continue
    if (isSignableText(value, 500)) values[field] = value
    else unsignable.push({ field, code: 'text-malformed' })
  }
  const where = placed(draft, values)
  if (where !== undefined && !where.ok) unsignable.push({ field: 'place', code: where.code })
  const consignee = isReference(draft.consignee) ? { consignee: draft.consignee } : {}
  const packing = { body: { lines, ...consignee }, values, lineOf, ...(where?.ok && { place: where.value }) }
  return { packing, unsignable }
}

function signedLine(typed: DraftLine, id: string): Packing['body']['lines'][number] {
  const said = Object.fromEntries(
    LINE_FIELDS.map(field => [field, tidy(typed[field])] as const).filter(([, value]) => value !== ''),
  )
  const donor =
    typed.donor !== ''
      ? { donor: { party: typed.donor } }
      : tidy(typed.donorName) !== ''
        ? { donor: { named: typed.donorNamed } }
        : {}
  return { id, ...said, ...donor } as Packing['body']['lines'][number]
}

/** The coarse place, if one was given; its name goes to `values`. Coordinates without a country are no place. */
function placed({ place }: DraftContent, values: Record<string, string>): Result<Place, Refusal> | undefined {
  const name = tidy(place.name)
  if (name !== '') {
    if (!isSignableText(name, 500)) return { ok: false, code: 'text-malformed', detail: 'place' }
    values.place = name
  }
  const { country, lat, lon } = place
  if (country === '' && lat === '' && lon === '') return undefined
  return placeShape({ country, ...(lat !== '' && { lat }), ...(lon !== '' && { lon }) }, 'place')
}

/** A draft's lines that `recorded` does not hold yet: what is left to sign where all did not fit into one event. */
export function linesLeft(
  draft: DraftContent,
  recorded: readonly { item: string; lot?: string; expiry?: string; unit: string; quantity: string }[],
): readonly DraftLine[] {
  const said = (line: { item: string; lot?: string; expiry?: string; unit: string; quantity: string }) =>
    [line.item, line.lot ?? '', line.expiry ?? '', line.unit, line.quantity].map(tidy).join('\n')
  const packed = new Map<string, number>()
  for (const line of recorded) packed.set(said(line), (packed.get(said(line)) ?? 0) + 1)
  return draft.lines.filter(line => {
    if (isBlankLine(line)) return false
    const times = packed.get(said(line)) ?? 0
    if (times > 0) packed.set(said(line), times - 1)
    return times === 0
  })
}
