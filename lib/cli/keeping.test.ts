import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { formatLocalTime } from '../core/custody/local-time.ts'
import { isTime } from '../core/custody/text.ts'
import { publicKeyOf, signEd25519 } from '../core/ledger/ed25519.ts'
import { keptKey, loadKeys, saveKey } from '../data/kept-keys.ts'
import { publicKeyNatively, signNatively } from '../data/sign.ts'
import { verifyNatively } from './ed25519.ts'
import { openJournal } from './journal.ts'

const seed = Uint8Array.from({ length: 32 }, (_, place) => place)
let folder: string

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-keeping-'))
})
test.afterEach(() => rmSync(folder, { recursive: true }))

test('native keys and signatures are those of the log, byte for byte', () => {
  const message = Uint8Array.of(1, 2, 3)
  const signature = signNatively({ seed, message })
  const publicKey = publicKeyNatively(seed)
  expect(publicKey).toEqual(publicKeyOf(seed))
  expect(signature).toEqual(signEd25519({ seed, message }))
  expect(verifyNatively({ publicKey, message, signature })).toBe(true)
  expect(verifyNatively({ publicKey, message: Uint8Array.of(1, 2), signature })).toBe(false)
  expect(verifyNatively({ publicKey: publicKey.slice(1), message, signature })).toBe(false)
})

test('a kept key is read back as it was, and nobody else on this machine can read it', () => {
  const key = keptKey({
    origin: 'demo.invalid/x',
    use: 'operator',
    party: '7K3Q9XMD2TK',
    role: 'admin',
    nonce: '00'.repeat(16),
    seed,
  })
  expect(loadKeys(folder)).toEqual([])
  saveKey(folder, key)
  expect(loadKeys(folder)).toEqual([key])
  expect(statSync(join(folder, 'keys', `${key.key}.json`)).mode & 0o077).toBe(0)
  expect(() => saveKey(folder, key)).toThrow()
})

test('a key file whose seed was changed is refused by its name', () => {
  const key = keptKey({ origin: 'demo.invalid/x', use: 'operator', party: '', role: 'admin', seed })
  saveKey(folder, key)
  const path = join(folder, 'keys', `${key.key}.json`)
  writeFileSync(path, readFileSync(path, 'utf8').replace('000102', '000103'))
  expect(() => loadKeys(folder)).toThrow(`${path} is no key file`)
})

test('a journal gives back what was kept; a line cut short by a crash is dropped, a damaged one is not passed over', () => {
  const path = join(folder, 'deep', 'journal.jsonl')
  const first = openJournal<{ n: number }>(path)
  first.keep([{ n: 1 }, { n: 2 }])
  expect(first.entries).toEqual([{ n: 1 }, { n: 2 }])
  first.close()
  appendFileSync(path, '{"n":3')
  const second = openJournal<{ n: number }>(path)
  expect(second.entries).toEqual([{ n: 1 }, { n: 2 }])
  second.keep([{ n: 4 }], { durable: false })
  second.close()
  const third = openJournal<{ n: number }>(path)
  expect(third.entries).toEqual([{ n: 1 }, { n: 2 }, { n: 4 }])
  third.close()
  writeFileSync(path, readFileSync(path, 'utf8').replace('{"n":2}', '{"n":'))
  expect(() => openJournal(path)).toThrow(`${path}, line 2 is damaged`)
  expect(readdirSync(join(folder, 'deep'))).toEqual(['journal.jsonl'])
})

test('a claimed time is spelled with the offset of its place', () => {
  const noon = Date.parse('2026-03-01T12:00:00Z')
  expect(formatLocalTime(noon, 0)).toBe('2026-03-01T12:00:00+00:00')
  expect(formatLocalTime(noon, 330)).toBe('2026-03-01T17:30:00+05:30')
  expect(formatLocalTime(noon, -210)).toBe('2026-03-01T08:30:00-03:30')
  expect(isTime(formatLocalTime(noon))).toBe(true)
  expect(Date.parse(formatLocalTime(noon))).toBe(noon)
})
