import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { paths } from '../../paths.ts'
import { readCode } from './read-code.ts'

const REFERENCE = '7K3Q9XMD2TK'
const FINGERPRINT = 'MRR77X26MSVX4XSBQSZ45WA3H0'
const OTHER = '0123456789ABCDEFGHJKMNPQR0'
const here = { fingerprint: FINGERPRINT, host: 'relief.example.org' }
const read = (text: string) => readCode(text, here)
const label = (host: string, fingerprint = FINGERPRINT) =>
  `https://${host}${paths.label({ reference: REFERENCE, fingerprint })}`

test('a label of this log is read, whatever host it was printed for', () => {
  const ours = { what: 'consignment', reference: REFERENCE }
  expect(read(label('relief.example.org'))).toEqual(ours)
  expect(read(label('old-name.example.org'))).toEqual(ours)
  expect(read(label('localhost:3000').replace('https', 'http'))).toEqual(ours)
  expect(read(label('relief.example.org').toUpperCase())).toEqual(ours)
  expect(read(`relief.example.org/t/${REFERENCE}`)).toEqual(ours)
  expect(read(`https://relief.example.org/track/${REFERENCE}`)).toEqual(ours)
})

test('a label with the fingerprint of another log is named with its host, even on our own', () => {
  expect(read(label('other.example'))).toMatchObject({ what: 'consignment' })
  expect(read(label('other.example:8443', OTHER))).toEqual({
    what: 'other-log',
    reference: REFERENCE,
    host: 'other.example:8443',
  })
  expect(read(label('relief.example.org', OTHER))).toMatchObject({ what: 'other-log', host: 'relief.example.org' })
  expect(read(`https://other.example/t/${REFERENCE}`)).toMatchObject({ what: 'other-log', host: 'other.example' })
})

test('a reference is read in any case, with hyphens, with O for 0 and I or L for 1', () => {
  const ours = { what: 'consignment', reference: REFERENCE }
  for (const typed of [REFERENCE, '7k3q-9xmd-2tk', ' 7K3Q 9XMD 2TK ', '7K3Q–9XMD–2TK'.replaceAll('–', '-')])
    expect(read(typed)).toEqual(ours)
  expect(read('ooooo-oooooo')).toEqual({ what: 'consignment', reference: '00000000000' })
})

test('a wrong character is found, typed or printed', () => {
  expect(read('7K3Q-9XMD-2TA')).toEqual({ what: 'wrong-reference', text: '7K3Q-9XMD-2TA' })
  expect(read('7K3Q')).toMatchObject({ what: 'wrong-reference' })
  expect(read(`https://relief.example.org/t/7K3Q9XMD2TA#k=${FINGERPRINT}`)).toEqual({
    what: 'wrong-reference',
    text: '7K3Q9XMD2TA',
  })
})

test('the code of an open release gives what its taker needs, and nothing where a part of it is cut off', () => {
  const release = 'ab'.repeat(32)
  const seed = '0f'.repeat(32)
  const code = `https://relief.example.org${paths.take(REFERENCE)}#r=${release}&s=${seed}`
  expect(read(code)).toEqual({ what: 'claim', reference: REFERENCE, release, seed })
  expect(read(code.slice(0, -1))).toMatchObject({ what: 'unknown' })
  expect(read(`https://relief.example.org${paths.take(REFERENCE)}`)).toMatchObject({ what: 'unknown' })
})

test('a number of GS1 is said to be one', () => {
  expect(read('https://id.example.com/00/095200000000000015')).toMatchObject({ what: 'gs1' })
  expect(read('https://id.example.com/01/09520000000008/10/M2231')).toMatchObject({ what: 'gs1' })
})

test('anything else is shown as it was read, without signs that turn or hide text, and never as an address to go to', () => {
  expect(read('https://evil.example/sign-in?next=/t/7K3Q9XMD2TK')).toMatchObject({ what: 'unknown' })
  expect(read('javascript:alert(1)')).toEqual({ what: 'unknown', text: 'javascript:alert(1)' })
  expect(read('WIFI:S:shed;T:WPA;P:secret;;')).toMatchObject({ what: 'unknown' })
  expect(read('a\u202eb/t/\u0000')).toEqual({ what: 'unknown', text: 'a b/t/ ' })
  expect(read('x'.repeat(4000))).toEqual({ what: 'unknown', text: `${'x'.repeat(300)}…` })
  expect(read('   ')).toEqual({ what: 'nothing' })
  expect(read('https://relief.example.org/t/%E0%A4%A')).toMatchObject({ what: 'wrong-reference' })
})

test('no text breaks the reading, and what is read as a reference is one', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true })), text => {
      const code = read(text)
      if ('reference' in code) expect(code.reference).toMatch(/^[0-9A-HJKMNP-TV-Z]{11}$/)
    }),
  )
})
