import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { forParty, nextPath } from './next-path.ts'

const SITE = 'https://relief.example.org'

test('a path of this site is where one goes on', () => {
  for (const path of [
    '/',
    '/today',
    '/consignments?as=7K3Q9XMD2TK&stage=open',
    '/join/a-b_c',
    '/consignments/new?x=%2F%2Fy',
  ])
    expect(nextPath(path)).toBe(path)
  expect(nextPath('/a/../today')).toBe('/today')
  expect(nextPath('/today#part')).toBe('/today')
})

test('what leads to another site is refused', () => {
  const wrong = [
    undefined,
    ['/today'],
    '',
    'today',
    'https://evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/a\\..\\..\\/evil.example',
    'javascript:alert(1)',
    '/\u2028/evil.example',
  ]
  for (const path of wrong) expect(nextPath(path), String(path)).toBeUndefined()
})

test('whatever is asked for, a browser stays on this site', () => {
  const part = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    'a',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    '%5c',
    '\t',
    ' ',
    'evil.example',
    'https:',
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), parts => {
      const path = nextPath(parts.join(''))
      if (path !== undefined) expect(new URL(path, SITE).origin).toBe(SITE)
    }),
    { numRuns: 2000 },
  )
})

test('a path for one of several parties keeps what else it says', () => {
  expect(forParty('/today', 'A')).toBe('/today?as=A')
  expect(forParty('/consignments?stage=open&as=B', 'A')).toBe('/consignments?stage=open&as=A')
})
