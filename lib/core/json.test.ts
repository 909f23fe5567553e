import { expect, test } from '@playwright/test'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { formatJson, isJsonObject, type Json, parseJson } from './json.ts'

const { json } = fc.letrec<{ json: Json; list: Json[]; object: Record<string, Json> }>(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.maxSafeInteger(),
    fc.boolean(),
    tie('list'),
    tie('object'),
  ),
  list: fc.array(tie('json'), { maxLength: 4 }),
  object: fc.dictionary(fc.string({ unit: 'binary', maxLength: 6 }), tie('json'), { maxKeys: 5 }),
}))

test('canonical JSON is what the canonicalize package writes', () => {
  fc.assert(
    fc.property(json, value => formatJson(value) === canonicalize(value)),
    { numRuns: 2000 },
  )
})

test('canonical JSON is read back to the same value', () => {
  fc.assert(
    fc.property(json, value => {
      const text = formatJson(value)
      const read = parseJson(text)
      return read.ok && formatJson(read.value) === text
    }),
  )
})

test('RFC 8785 sorts members by UTF-16 code units, not by code points', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  expect(formatJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
})

const refused: readonly (readonly [string, string, 'json-malformed' | 'json-not-canonical'])[] = [
  ['a blank', '{"a": 1}', 'json-not-canonical'],
  ['a trailing newline', '{"a":1}\n', 'json-not-canonical'],
  ['members in another order', '{"b":1,"a":2}', 'json-not-canonical'],
  ['a member twice', '{"a":1,"a":1}', 'json-not-canonical'],
  ['a longer escape', '"\\u0061"', 'json-not-canonical'],
  ['an escaped slash', '"\\/"', 'json-not-canonical'],
  ['an upper-case escape', '"\\u001F"', 'json-not-canonical'],
  ['a number in exponent form', '1e2', 'json-not-canonical'],
  ['a number with a needless fraction', '1.0', 'json-not-canonical'],
  ['a fraction', '1.5', 'json-malformed'],
  ['minus zero', '-0', 'json-malformed'],
  ['an integer that floating point cannot hold', '9007199254740993', 'json-malformed'],
  ['null', '{"a":null}', 'json-malformed'],
  ['a lone surrogate', '"\\ud800"', 'json-malformed'],
  ['a lone surrogate in a member’s name', '{"\\udfff":1}', 'json-malformed'],
  ['no JSON', '{a:1}', 'json-malformed'],
  ['nothing', '', 'json-malformed'],
  ['a byte order mark', '\ufeff{}', 'json-malformed'],
  ['a comment', '{}//', 'json-malformed'],
]
for (const [what, text, code] of refused) {
  test(`JSON with ${what} is refused`, () => {
    expect(parseJson(text)).toMatchObject({ ok: false, code })
  })
}

test('JSON nested 100,000 deep is refused, and breaks nothing', () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(parseJson(deep)).toMatchObject({ ok: false, code: 'json-malformed' })
})

test('a member called __proto__ is a member like any other', () => {
  const text = '{"__proto__":{"a":1}}'
  const read = parseJson(text)
  expect(read.ok && formatJson(read.value)).toBe(text)
  expect(read.ok && isJsonObject(read.value) && Object.keys(read.value)).toEqual(['__proto__'])
})

test('what is no JSON of ours cannot be written: that would be our own bug', () => {
  for (const value of [null, 1.5, -0, Number.NaN, 2 ** 53, '\ud800', 1n, () => 1])
    expect(() => formatJson(value as unknown as Json)).toThrow()
})
