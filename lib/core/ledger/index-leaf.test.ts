import { expect, test } from '@playwright/test'
import { utf8Decode, utf8Encode } from '../bytes.ts'
import { formatIndexLeaf, isIndexLeaf, parseIndexLeaf } from './index-leaf.ts'

const mapRoot = Uint8Array.from({ length: 32 }, (_, i) => 255 - i)
const at = 1_772_352_001_000
const text = utf8Decode(formatIndexLeaf({ at, mapRoot })) as string

test('an index leaf is two lines, read back as written', () => {
  expect(text).toBe('throughline/index/v1 1772352001000\n//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=\n')
  expect(parseIndexLeaf(utf8Encode(text))).toEqual({ ok: true, value: { at, mapRoot } })
})

test('every other spelling of an index leaf is refused, and the first word alone says that it is one', () => {
  const others = [
    '',
    text.slice(0, -1),
    `${text}\n`,
    `${text}x`,
    text.replace(' 1', ' 01'),
    text.replace(' 1', '  1'),
    text.replace(' 1772352001000', ''),
    text.replace('1772352001000', '9007199254740992'),
    text.replace('\n', '\r\n'),
    text.replace('=', ''),
    text.replace('eA=', 'eB='),
    text.replace('+', '-'),
    text.replace('//', '__'),
    text.replace('v1', 'v2'),
    ` ${text}`,
  ]
  for (const other of others) {
    expect(parseIndexLeaf(utf8Encode(other)), other).toMatchObject({ ok: false, code: 'index-malformed' })
  }
  expect(isIndexLeaf(utf8Encode(text))).toBe(true)
  expect(isIndexLeaf(utf8Encode('throughline/index/v1 later'))).toBe(true)
  expect(isIndexLeaf(utf8Encode(text.replace('v1', 'v2')))).toBe(false)
  expect(isIndexLeaf(utf8Encode('throughline/leaf/v1 1 0 -\n'))).toBe(false)
  expect(() => formatIndexLeaf({ at: 0.5, mapRoot })).toThrow()
  expect(() => formatIndexLeaf({ at, mapRoot: mapRoot.subarray(1) })).toThrow()
})
