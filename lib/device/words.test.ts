import { expect, test } from '@playwright/test'
import { checkSentence, checksMarkup } from './check-list.ts'
import { fingerprintIn } from './track.ts'
import { parseTypedKey } from './typed-key.ts'
import { escapeHtml, find, say, sayCount } from './words.ts'

const words = {
  codes: { 'seq-gap': 'A record is missing.', atRecord: 'Record {index}' },
  refusals: { 'key-revoked': 'The key had been revoked.' },
  checks: { balance: { ok: 'It adds up.' } },
  units: { box: '{count, plural, one {# box} other {# boxes}}', kg: '{count, number} kg' },
}

test('names are filled in, and a message that is not there is not invented', () => {
  expect(say(words, 'codes.atRecord', { index: 7 })).toBe('Record 7')
  expect(find(words, 'codes.unknown')).toBeUndefined()
  expect(find(words, 'codes')).toBeUndefined()
  expect(find(words, 'codes.constructor.name')).toBeUndefined()
})

test('a quantity takes the form of its number', () => {
  const count = (unit: string, count: number) => sayCount({ words, locale: 'en', unit, count })
  expect([count('box', 1), count('box', 1480), count('kg', 12)]).toEqual(['1 box', '1,480 boxes', '12 kg'])
})

test('a failed check says which record, why, and the verifier’s own words where the page has none', () => {
  const failed = { name: 'chain-unbroken', outcome: 'fail', detail: 'leaf 9' } as const
  expect(checkSentence(words, { ...failed, code: 'seq-gap', leaf: 9 })).toBe('Record 9: A record is missing.')
  expect(checkSentence(words, { ...failed, code: 'key-revoked' })).toBe('The key had been revoked.')
  expect(checkSentence(words, { ...failed, code: 'root-mismatch' })).toBe('leaf 9')
  expect(checkSentence(words, { name: 'balance', outcome: 'pass', code: 'ok', detail: '' })).toBe('It adds up.')
})

test('text from a file cannot become markup', () => {
  expect(escapeHtml('<img src="x" & more>')).toBe('&#60;img src=&#34;x&#34; &#38; more&#62;')
  const markup = checksMarkup(words, [{ name: 'balance', outcome: 'fail', code: 'root-mismatch', detail: '<script>' }])
  expect(markup).not.toContain('<script>')
})

test('a label’s fingerprint is read from the fragment in any case, and a wrong one is not dropped', () => {
  expect(fingerprintIn('#k=mrr77x26msvx4xsbqsz45wa3h0')).toBe('MRR77X26MSVX4XSBQSZ45WA3H0')
  expect(fingerprintIn('#k=wrong')).toBe('WRONG')
  expect(fingerprintIn('#record-7')).toBeUndefined()
  expect(fingerprintIn('')).toBeUndefined()
})

test('a key is typed as a fingerprint in any spelling people use, or as a whole vkey', () => {
  const fingerprint = 'MRR77X26MSVX4XSBQSZ45WA3H0'
  expect(parseTypedKey(' mrr7 7x26-msvx 4xsb qsz4 5wa3 hO ')).toEqual({ fingerprint })
  expect(parseTypedKey('')).toEqual({})
  expect(parseTypedKey('MRR7')).toBeUndefined()
  expect(parseTypedKey('log.example+00000000+AAAA')).toBeUndefined()
})
