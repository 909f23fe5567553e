import { hexDecode } from '../bytes.ts'
import { isJsonObject, type Json } from '../json.ts'
import { fail, pass, type Result } from '../result.ts'
import { MAX_QUANTITY, UNITS } from './quantity.ts'
import { checkCharacter, isReference } from './reference.ts'
import type { Refusal } from './refusals.ts'
import { isDate, isExpiry, isNoteText, isSignableText, isTime } from './text.ts'

/** Reads one JSON value strictly. `where` names the member in a refusal's detail. */
export type Shape<Value> = (value: Json | undefined, where: string) => Result<Value, Refusal>
export type Shaped<S> = S extends Shape<infer Value> ? Value : never

function textual<Value extends string>(code: Refusal, test: (text: string) => boolean): Shape<Value> {
  return (value, where) => {
    if (typeof value !== 'string') return fail('member-type', `${where} is not a text`)
    return test(value) ? pass(value as Value) : fail(code, `${where} reads ${JSON.stringify(value)}`)
  }
}

/** Text of 1 to `most` UTF-16 units that may be signed. */
export const text = (most: number) => textual<string>('text-malformed', value => isSignableText(value, most))
/** Lower-case hex of `bytes` bytes. */
export const hex = (bytes: number) => textual<string>('hash-malformed', value => hexDecode(value, bytes) !== undefined)
/** One of a closed list. */
export const code = <const C extends string>(codes: readonly C[], refusal: Refusal = 'code-unknown') =>
  textual<C>(refusal, value => (codes as readonly string[]).includes(value))
export const unit = code(UNITS, 'unit-unknown')
export const time = textual<string>('time-malformed', isTime)
export const date = textual<string>('date-malformed', isDate)
export const expiry = textual<string>('date-malformed', isExpiry)
export const note = textual<string>('note-malformed', isNoteText)
export const country = textual<string>('place-malformed', value => /^[A-Z]{2}$/.test(value))
export const lineId = textual<string>('line-unknown', value => /^[1-9][0-9]{0,3}$/.test(value))
/** Decimal leaf index without leading zeros. */
export const leafIndex = textual<string>('quantity-malformed', value => /^(0|[1-9][0-9]{0,14})$/.test(value))
/** Subject of another chain: `consignment/<reference>` or `need/<reference>`. */
const subjectOf =
  (about: string): Shape<string> =>
  (value, where) => {
    if (typeof value !== 'string') return fail('member-type', `${where} is not a text`)
    if (!value.startsWith(`${about}/`)) return fail('subject-malformed', `${where} reads ${JSON.stringify(value)}`)
    const read = reference(value.slice(about.length + 1), where)
    return read.ok ? pass(value) : read
  }
export const consignment = subjectOf('consignment')
export const need = subjectOf('need')

export const reference: Shape<string> = (value, where) => {
  if (typeof value !== 'string') return fail('member-type', `${where} is not a text`)
  if (isReference(value)) return pass(value)
  const isShaped = /^[0-9A-HJKMNP-TV-Z]{11}$/.test(value) && checkCharacter(value.slice(0, 10)) !== value[10]
  return fail(isShaped ? 'reference-check' : 'reference-malformed', `${where} reads ${JSON.stringify(value)}`)
}

function decimal(pattern: RegExp): Shape<string> {
  return (value, where) => {
    if (typeof value !== 'string') return fail('member-type', `${where} is not a text`)
    if (!pattern.test(value)) return fail('quantity-malformed', `${where} reads ${JSON.stringify(value)}`)
    if (value.replace('-', '').length > String(MAX_QUANTITY).length)
      return fail('quantity-overflow', `${where} has more than twelve digits`)
    return pass(value)
  }
}
/** Positive whole number in decimal. */
export const quantity = decimal(/^[1-9][0-9]*$/)
/** The same, or `0`. */
export const quantityOrZero = decimal(/^(0|[1-9][0-9]*)$/)
/** Whole number other than zero, `-` before what is taken away. */
export const change = decimal(/^-?[1-9][0-9]*$/)

/** ISO 3166 code, alone or with both coordinates in one decimal; that the code is assigned is not checked. */
export const place: Shape<{ readonly country: string; readonly lat?: string; readonly lon?: string }> = (
  value,
  where,
) => {
  const malformed = fail('place-malformed', `${where} reads ${JSON.stringify(value)}`)
  if (!isJsonObject(value)) return malformed
  const { country, lat, lon, ...rest } = value
  if (Object.keys(rest).length > 0 || typeof country !== 'string' || !/^[A-Z]{2}$/.test(country)) return malformed
  if (lat === undefined && lon === undefined) return pass({ country })
  if (!isDegree(lat, 90) || !isDegree(lon, 180)) return malformed
  return pass({ country, lat, lon })
}

/** Text with exactly one decimal, no leading zeros, no `-0.0`. */
function isDegree(value: Json | undefined, most: number): value is string {
  if (typeof value !== 'string' || !/^-?(0|[1-9][0-9]{0,2})\.[0-9]$/.test(value) || value === '-0.0') return false
  return Math.abs(Number(value)) <= most
}

/** True or false. */
export const flag: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? pass(value) : fail('member-type', `${where} is not true or false`)

/** At least one element. */
export function list<Value>(element: Shape<Value>): Shape<readonly Value[]> {
  return (value, where) => {
    if (!Array.isArray(value)) return fail('member-type', `${where} is not a list`)
    if (value.length === 0) return fail('lines-empty', `${where} is empty`)
    const values: Value[] = []
    for (const [place, each] of value.entries()) {
      const read = element(each as Json, `${where}[${place}]`)
      if (!read.ok) return read
      values.push(read.value)
    }
    return pass(values)
  }
}

type Members = { readonly [member: string]: Shape<unknown> }
type Both<R extends Members, O extends Members> = { readonly [M in keyof R]: Shaped<R[M]> } & {
  readonly [M in keyof O]?: Shaped<O[M]>
}

/** An object with exactly the members of `required` and any of `optional`. */
export function object<R extends Members, O extends Members = Record<never, never>>(
  required: R,
  optional?: O,
): Shape<Both<R, O>> {
  return (value, where) => {
    if (!isJsonObject(value)) return fail('member-type', `${where} is not an object`)
    for (const member of Object.keys(required)) {
      if (!Object.hasOwn(value, member)) return fail('member-missing', `${where} lacks ${member}`)
    }
    const values: Record<string, unknown> = {}
    for (const [member, each] of Object.entries(value)) {
      const shape = Object.hasOwn(required, member)
        ? required[member]
        : optional && Object.hasOwn(optional, member)
          ? optional[member]
          : undefined
      if (!shape) return fail('member-unknown', `${where} has ${JSON.stringify(member)}`)
      const read = shape(each, `${where}.${member}`)
      if (!read.ok) return read
      values[member] = read.value
    }
    return pass(values as Both<R, O>)
  }
}

/** The first alternative whose distinguishing member stands in the object. */
export function either<Value>(by: Readonly<Record<string, Shape<Value>>>): Shape<Value> {
  return (value, where) => {
    if (!isJsonObject(value)) return fail('member-type', `${where} is not an object`)
    for (const [member, shape] of Object.entries(by)) if (Object.hasOwn(value, member)) return shape(value, where)
    return fail('member-missing', `${where} has none of ${Object.keys(by).join(', ')}`)
  }
}
