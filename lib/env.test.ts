import { expect, test } from '@playwright/test'
import { parseEnv } from './env.ts'

test('without any variable the settings suit development', () => {
  expect(parseEnv({})).toEqual({
    port: 3000,
    dataDir: '.data',
    databaseUrl: 'file:.data/throughline.db',
    publicUrl: 'http://localhost:3000',
    isDemo: false,
    logOrigin: undefined,
    logKey: undefined,
  })
})

test('the database and the public address follow the folder and the port', () => {
  const env = parseEnv({ PORT: '8080', DATA_DIR: '/srv/log', DEMO: '1', LOG_ORIGIN: '' })
  expect(env.databaseUrl).toBe('file:/srv/log/throughline.db')
  expect(env.publicUrl).toBe('http://localhost:8080')
  expect(env.isDemo).toBe(true)
  expect(env.logOrigin).toBeUndefined()
})

const bad: [name: string, value: string][] = [
  ['PORT', '0'],
  ['PORT', '080'],
  ['PORT', '65536'],
  ['PORT', '3000 '],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['DATABASE_URL', 'file:'],
  ['LOG_ORIGIN', 'two words'],
  ['LOG_ORIGIN', 'a+b'],
  ['PUBLIC_URL', 'relief.example.org'],
  ['PUBLIC_URL', 'https://relief.example.org/'],
  ['PUBLIC_URL', 'https://relief.example.org:443'],
  ['PUBLIC_URL', 'ftp://relief.example.org'],
  ['DEMO', 'yes'],
]

for (const [name, value] of bad) {
  test(`${name}=${value} stops the start with its name, the value and what was expected`, () => {
    expect(() => parseEnv({ [name]: value })).toThrow(`${name} is ${JSON.stringify(value)}; expected `)
  })
}

test('a log key that cannot be used is not printed', () => {
  const given = { LOG_KEY: 'c2VjcmV0', PORT: 'x' }
  expect(() => parseEnv(given)).toThrow(
    'LOG_KEY is 8 characters (not shown); expected the base64 of a 32-byte Ed25519 seed',
  )
  expect(() => parseEnv(given)).toThrow('PORT is "x"')
  expect(() => parseEnv(given)).not.toThrow('c2VjcmV0')
  expect(parseEnv({ LOG_KEY: `${'A'.repeat(43)}=` }).logKey).toBe(`${'A'.repeat(43)}=`)
})
