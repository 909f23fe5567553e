import { expect, test } from '@playwright/test'
import { formatTaking, parseTaking } from './taking.ts'

const taking = { release: 'ab'.repeat(32), seed: '0c'.repeat(32) }

test('the code of an open release is read as it was written, and nothing else is', () => {
  const fragment = formatTaking(taking)
  expect(parseTaking(fragment)).toEqual(taking)
  const wrong = ['', '#', `${fragment}&x=1`, fragment.toUpperCase(), fragment.slice(0, -1), fragment.replace('&', ';')]
  for (const each of [...wrong, fragment.slice(1), `#k=${fragment.slice(3)}`]) expect(parseTaking(each)).toBeUndefined()
})
