import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { emailOf, PASSWORD, signInAs } from './accounts.fixture.ts'
import { callAction, Fields, serverActions } from './actions.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { allRoutes } from './routes.fixture.ts'

const FOREIGN: Readonly<Record<string, Record<string, string>>> = {
  'another site': { origin: 'https://evil.example' },
  'a site with our name in it': { origin: 'http://localhost.evil.example' },
  'a page without an origin': { origin: 'null' },
  'another port of this host': { origin: 'http://localhost:1' },
  'another site that names our host in a header': {
    origin: 'https://evil.example',
    'x-forwarded-host': 'evil.example',
  },
}

/** All that the server keeps about people, and that is not signed. */
async function everything({ log }: Peopled): Promise<string> {
  const { prisma } = log
  const tables = [
    prisma.user,
    prisma.session,
    prisma.account,
    prisma.verification,
    prisma.passkey,
    prisma.member,
    prisma.invitation,
    prisma.deviceKey,
    prisma.draft,
    prisma.noticeSetting,
    prisma.pushSubscription,
    prisma.preference,
    prisma.gs1Key,
  ]
  const rows = await Promise.all(tables.map(table => (table.findMany as () => Promise<unknown[]>)()))
  return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
}

/** Something for every name that a form of ours has, so that most actions would do something with it. */
const fieldsOf = (as: string): Record<string, string> => ({
  as,
  party: as,
  name: 'Mallory',
  role: 'admin',
  note: 'x',
  days: '7',
  email: 'mallory@evil.example',
  current: PASSWORD,
  password: 'mallory was here',
})

test('no server action is done for another site, whoever’s cookie comes along', async ({ peopled }) => {
  test.slow()
  const as = peopled.cast.donor.reference
  const cookie = await signInAs(peopled.url, 'amal')
  const before = await everything(peopled)
  expect(serverActions().size).toBeGreaterThan(20)
  for (const name of serverActions().keys())
    for (const [who, headers] of Object.entries(FOREIGN)) {
      const args = [{}, new Fields(fieldsOf(as))]
      const called = await callAction(peopled.url, name, { args, cookie, headers })
      expect(called.status, `${name} from ${who}`).toBe(403)
      expect(called.setCookie, `${name} from ${who}`).toEqual([])
    }
  expect(await everything(peopled)).toBe(before)
})

test('nor is a request done that does not say where it comes from', async ({ peopled }) => {
  const as = peopled.cast.donor.reference
  const cookie = await signInAs(peopled.url, 'amal')
  const before = await everything(peopled)
  for (const [name, { id, path }] of serverActions()) {
    const body = new FormData()
    body.append('0', JSON.stringify(['$K1']))
    for (const [field, value] of Object.entries(fieldsOf(as))) body.append(`_1_${field}`, value)
    const response = await fetch(`${peopled.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'next-action': id, cookie },
      body,
    })
    expect(response.status, name).toBe(403)
  }
  expect(await everything(peopled)).toBe(before)
})

test('a form without scripts from another site is refused in words, from our own page it is done', async ({
  peopled,
}) => {
  const cookie = await signInAs(peopled.url, 'amal')
  const post = (headers: Record<string, string>) =>
    fetch(`${peopled.url}/account`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
      body: 'name=Mallory',
    })
  const foreign = await post({ origin: 'https://evil.example', 'accept-language': 'ar' })
  expect(foreign.status).toBe(403)
  expect(await foreign.text()).toContain('لم يُنفَّذ شيء')
  expect((await post({ origin: peopled.url })).status).not.toBe(403)
})

test('nobody is signed in, out or given a passkey from another site', async ({ peopled }) => {
  const cookie = await signInAs(peopled.url, 'amal')
  const before = await everything(peopled)
  const calls: [path: string, body: unknown][] = [
    ['/api/auth/sign-in/email', { email: emailOf('hana'), password: PASSWORD }],
    ['/api/auth/sign-out', {}],
    ['/api/auth/passkey/verify-authentication', { response: {} }],
    ['/api/auth/passkey/verify-registration', { response: {} }],
  ]
  for (const [path, body] of calls)
    for (const headers of [...Object.values(FOREIGN), {} as Record<string, string>])
      for (const withCookie of [true, false])
        for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
          const response = await fetch(`${peopled.url}${path}`, {
            method: 'POST',
            headers: { 'content-type': type, ...headers, ...(withCookie && { cookie }) },
            body: JSON.stringify(body),
          })
          expect(response.status, `${path} ${JSON.stringify(headers)}`).toBe(403)
          expect(response.headers.getSetCookie()).toEqual([])
        }
  expect(await everything(peopled)).toBe(before)
})

/** Route handlers that change something: what authorises each. */
const CHANGING: Readonly<Record<string, string>> = {
  '/api/events': 'the signature of what is sent; no cookie is read',
  '/api/checkpoints': 'the log’s own signature on what is handed in; no cookie is read',
  '/api/auth/[...all]': 'a cookie or a password; only from our own pages',
}

test('no other route handler changes anything', () => {
  const changing = allRoutes().filter(({ file, kind }) => {
    if (kind !== 'route') return false
    const source = readFileSync(fileURLToPath(new URL(`../${file}`, import.meta.url)), 'utf8')
    return /\b(?:function|const|as)\s+(?:POST|PUT|PATCH|DELETE)\b/.test(source)
  })
  expect(changing.map(({ folder }) => folder).sort()).toEqual(Object.keys(CHANGING).sort())
})

test('an event is taken by its signature: a cookie makes no difference, another site’s page none either, and none is set', async ({
  peopled,
}) => {
  const cookie = await signInAs(peopled.url, 'amal')
  const ways: Record<string, string>[] = [{}, { cookie }, { cookie, origin: 'https://evil.example' }, { cookie: 'x=y' }]
  for (const headers of ways) {
    const signed = await sign(peopled, packing(peopled.cast.donor).draft)
    expect(await send(peopled.url, bodyOf(signed), headers)).toMatchObject({ status: 201 })
  }
  const { hospital, donor } = peopled.cast
  for (const headers of ways) {
    const forged = await sign(peopled, packing({ reference: donor.reference, key: hospital.key }).draft)
    expect(await send(peopled.url, bodyOf(forged), headers)).toMatchObject({ status: 403, body: { code: 'key-party' } })
  }
  const response = await fetch(`${peopled.url}/api/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: '{}',
  })
  expect(response.headers.getSetCookie()).toEqual([])
})

test('a method or type that is not the one meant does nothing', async ({ peopled }) => {
  const signed = await sign(peopled, packing(peopled.cast.donor).draft)
  const body = JSON.stringify(bodyOf(signed))
  for (const method of ['PUT', 'PATCH', 'DELETE'])
    expect((await fetch(`${peopled.url}/api/events`, { method, body })).status).toBe(405)
  for (const override of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
    const answer = await fetch(`${peopled.url}/api/events?_method=POST`, { headers: { [override]: 'POST' } })
    expect(answer.status).toBe(405)
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
  ])
    expect(await send(peopled.url, body, { 'content-type': type })).toMatchObject({ status: 415 })
  expect(await send(peopled.url, bodyOf(signed)), 'as it is meant it is new').toMatchObject({ status: 201 })
})
