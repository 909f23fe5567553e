import { fail, pass, type Result } from './result.ts'

/** The JSON values this project signs and keeps: no null, and no number but a safe integer (PROTOCOL §1 spells growing ones as text). */
export type Json = string | number | boolean | readonly Json[] | { readonly [member: string]: Json }
export type JsonObject = { readonly [member: string]: Json }

/**
 * RFC 8785 canonical JSON of a value: members sorted by UTF-16 code units, no white space, shortest escapes.
 * Throws on what is no {@link Json}: building such a value is our own bug. Members that are undefined are left out.
 */
export function formatJson(value: Json): string {
  if (isInOrder(value)) {
    const text = JSON.stringify(value)
    // JSON.stringify escapes a surrogate only where it stands alone: that is looked at more closely below.
    if (!text.includes('\\ud')) return text
  }
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
      let members = ''
      // By UTF-16 code units, which is what `sort` does of itself.
      for (const name of Object.keys(value).sort()) {
        const member = (value as JsonObject)[name]
        if (member !== undefined) members += `${members === '' ? '' : ','}${quote(name)}:${formatJson(member)}`
      }
      return `{${members}}`
    }
    default:
      throw new Error(`no JSON: ${typeof value}`)
  }
}

/** True where native code writes the canonical spelling by itself: what was read from it is in order already. */
function isInOrder(value: Json | undefined): boolean {
  if (typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) {
    for (const each of value) if (!isInOrder(each)) return false
    return true
  }
  let before: string | undefined
  for (const name of Object.keys(value)) {
    if (before !== undefined && before >= name) return false
    if (!isInOrder((value as JsonObject)[name])) return false
    before = name
  }
  return true
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
