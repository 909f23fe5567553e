import { fail, pass, type Result } from './result.ts'

/** The JSON values this project signs and keeps: no null, and no number but a safe integer (PROTOCOL §1 spells growing ones as text). */
export type Json = string | number | boolean | readonly Json[] | { readonly [member: string]: Json }
export type JsonObject = { readonly [member: string]: Json }

/**
 * RFC 8785 canonical JSON of a value: members sorted by UTF-16 code units, no white space, shortest escapes.
 * Throws on what is no {@link Json}: building such a value is our own bug. Members that are undefined are left out.
 */
export function formatJson(value: Json): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'boolean':
      return String(value)
    case 'number':
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Error(`not a safe integer: ${value}`)
      return String(value)
    case 'object': {
      if (Array.isArray(value)) return `[${value.map(formatJson).join(',')}]`
      if (value === null) throw new Error('null has no place in our JSON')
      const members = Object.entries(value).filter(([, member]) => member !== undefined)
      members.sort(([a], [b]) => (a < b ? -1 : 1))
      return `{${members.map(([name, member]) => `${quote(name)}:${formatJson(member)}`).join(',')}}`
    }
    default:
      throw new Error(`no JSON: ${typeof value}`)
  }
}

/** RFC 8785 §3.2.2.2: shortest escapes; a lone surrogate has no UTF-8 and is an error. */
function quote(text: string): string {
  const quoted = JSON.stringify(text)
  // JSON.stringify escapes a surrogate only where it stands alone.
  if (quoted.includes('\\ud') && /\p{Cs}/u.test(text)) throw new Error('a lone surrogate is no text')
  return quoted
}

/**
 * Reads canonical JSON; every other spelling of the same value is refused (duplicate members, white space, other escapes, other order).
 * Codes: `json-malformed` (no JSON at all, or null, fractions, unsafe integers, lone surrogates), `json-not-canonical`.
 */
export function parseJson(text: string): Result<Json, 'json-malformed' | 'json-not-canonical'> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (error) {
    return fail('json-malformed', String(error))
  }
  try {
    if (formatJson(value) !== text) return fail('json-not-canonical', 'the text is not RFC 8785 canonical JSON')
  } catch (error) {
    return fail('json-malformed', String(error))
  }
  return pass(value)
}

/** True for a JSON object (not an array). */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && !Array.isArray(value)
}
