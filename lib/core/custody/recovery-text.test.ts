import { expect, test } from '@playwright/test'
import fc from 'fast-check'
import { hexEncode } from '../bytes.ts'
import { formatRecoveryText, parseRecoveryText } from './recovery-text.ts'

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })

test('a printed recovery key gives its seed back, however it is grouped and in whatever case', () => {
  fc.assert(
    fc.property(seeds, seed => {
      const text = formatRecoveryText(seed)
      expect(text).toMatch(/^[0-9A-HJKMNP-TV-Z]{56}$/)
      const typed = (text.match(/.{4}/g) as string[]).join(' - ').toLowerCase().replace(/0/g, 'o').replace(/1/g, 'l')
      expect(parseRecoveryText(` ${typed}\n`)).toEqual({ ok: true, value: seed })
    }),
  )
})

test('its bytes are fixed: what is on paper today is read by every later program', () => {
  const seed = Uint8Array.from({ length: 32 }, (_, at) => at)
  const text = formatRecoveryText(seed)
  expect(text).toBe('000G40R40M30E209185GR38E1W8124GK2GAHC5RR34D1P70X3RFHM2ED')
  expect(parseRecoveryText(text)).toEqual({ ok: true, value: seed })
  expect(hexEncode(seed).slice(0, 8)).toBe('00010203')
})

test('one wrong character is noticed', () => {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
  const text = formatRecoveryText(new Uint8Array(32).fill(7))
  for (let at = 0; at < text.length; at++) {
    const other = alphabet.charAt((alphabet.indexOf(text.charAt(at)) + 1) % 32)
    const read = parseRecoveryText(text.slice(0, at) + other + text.slice(at + 1))
    expect(read).toMatchObject({ ok: false, code: 'recovery-check' })
  }
})

test('a text that is no recovery key is refused for what it is, and not repeated', () => {
  const text = formatRecoveryText(new Uint8Array(32).fill(9))
  expect(parseRecoveryText('')).toMatchObject({ ok: false, code: 'recovery-length' })
  expect(parseRecoveryText(text.slice(4))).toMatchObject({ ok: false, code: 'recovery-length' })
  expect(parseRecoveryText(`${text}0`)).toMatchObject({ ok: false, code: 'recovery-length' })
  const foreign = parseRecoveryText(`${text.slice(1)}U`)
  expect(foreign).toMatchObject({ ok: false, code: 'recovery-characters' })
  expect(JSON.stringify(foreign)).not.toContain(text.slice(1, 12))
})
