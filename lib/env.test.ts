import { expect, test } from '@playwright/test'
import { parseEnv, secretValues } from './env.ts'

test('without any variable the settings suit development', () => {
  expect(parseEnv({})).toEqual({
    port: 3000,
    dataDir: '.data',
    databaseUrl: 'file:.data/throughline.db',
    publicUrl: 'http://localhost:3000',
    isDemo: false,
    logOrigin: undefined,
    logKey: undefined,
    trustedProxies: 0,
    logLevel: 'info',
    metricsToken: undefined,
    smtpUrl: undefined,
    mailFrom: undefined,
    pushHosts: [],
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
  ['DATABASE_URL', 'postgresql://localhost'],
  ['TRUSTED_PROXIES', 'true'],
  ['TRUSTED_PROXIES', '9'],
  ['LOG_ORIGIN', 'two words'],
  ['LOG_ORIGIN', 'a+b'],
  ['PUBLIC_URL', 'relief.example.org'],
  ['PUBLIC_URL', 'https://relief.example.org/'],
  ['PUBLIC_URL', 'https://relief.example.org:443'],
  ['PUBLIC_URL', 'ftp://relief.example.org'],
  ['PUSH_HOSTS', 'push.example.org'],
  ['PUSH_HOSTS', 'https://push.example.org https://push.example.com/'],
  ['DEMO', 'yes'],
  ['MAIL_FROM', 'Relief'],
  ['MAIL_FROM', 'Relief <log@relief.example.org>\r\nBcc: all@relief.example.org'],
  ['MAIL_FROM', 'a@relief.example.org, b@relief.example.org'],
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

for (const url of [
  'https://mail.example.org',
  'smtp://',
  'mail.example.org:25',
  'smtp://u:pa55@mail.example.org/?pool=1',
  'smtp://u@mail',
]) {
  test(`SMTP_URL=${url} stops the start, and what may hold a password is not printed`, () => {
    expect(() => parseEnv({ SMTP_URL: url })).toThrow(
      `SMTP_URL is ${url.length} characters (not shown); expected smtp://`,
    )
    expect(() => parseEnv({ SMTP_URL: url })).not.toThrow('pa55')
  })
}

test('a PostgreSQL server may be named in all its ways, and its password is printed nowhere', () => {
  for (const url of [
    'postgresql://log@db.example.org/log',
    'postgres://log:pa55@db.example.org:5433/log?sslmode=verify-full',
    'postgresql:///log?host=/run/postgresql',
  ])
    expect(parseEnv({ DATABASE_URL: url }).databaseUrl).toBe(url)
  expect(() => parseEnv({ DATABASE_URL: 'postgresql://log:pa55@db' })).toThrow(
    'DATABASE_URL is 24 characters (not shown)',
  )
  expect(secretValues({ DATABASE_URL: 'postgresql://log:pa55@db.example.org/log' })).toEqual(['pa55', 'pa55'])
})

test('a mail server has a name or an address, perhaps a port, a user and a password', () => {
  for (const url of ['smtp://localhost:2525', 'smtps://user:p%40ss@mail.example.org', 'smtp://[::1]:25'])
    expect(parseEnv({ SMTP_URL: url }).smtpUrl).toBe(url)
  for (const from of ['log@relief.example.org', 'Relief of Nyanza <log@relief.example.org>'])
    expect(parseEnv({ MAIL_FROM: from }).mailFrom).toBe(from)
})
