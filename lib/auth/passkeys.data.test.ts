import { expect, test } from '@playwright/test'
import { foundedLog } from '../data/live-log.fixture.ts'
import { closeLog } from '../data/open-log.ts'
import { makeAccount } from './account.ts'
import { openAuth } from './auth.ts'
import { answer } from './handler.ts'

const SITE = 'https://relief.example.org'
const AMAL = { name: 'Amal Haddad', email: 'amal@example.org', password: 'ten letters' }
const NEW = '/passkey/generate-register-options'
const ANY = '/passkey/generate-authenticate-options'

async function withAmal() {
  const { log } = await foundedLog()
  const auth = await openAuth({ publicUrl: SITE, log })
  const made = await makeAccount(AMAL, auth)
  if (!made.ok) throw new Error(made.code)
  const ask = (method: string, path: string, { body, cookie = '', from = '192.0.2.1' }: Asked = {}) =>
    answer(
      new Request(`${SITE}/api/auth${path}`, {
        method,
        headers: { origin: SITE, 'x-forwarded-for': from, cookie, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      auth,
    )
  const signIn = async () =>
    cookieOf(await ask('POST', '/sign-in/email', { body: { email: AMAL.email, password: AMAL.password } }))
  return { log, ask, signIn }
}

type Asked = { readonly body?: unknown; readonly cookie?: string; readonly from?: string }

const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(each => each.split(';')[0] ?? '')
    .join('; ')
const told = async (response: Response) => [response.status, ((await response.json()) as { code?: string }).code]

test('a passkey is added only in a session, and only a quarter of an hour after it was opened', async () => {
  const { log, ask, signIn } = await withAmal()
  expect(await told(await ask('GET', NEW))).toEqual([401, 'UNAUTHORIZED'])
  expect((await ask('GET', `${NEW}?context=x&name=y`)).status).toBe(401)
  const cookie = await signIn()
  const options = (await (await ask('GET', NEW, { cookie })).json()) as Options
  expect(options.rp).toEqual({ id: 'relief.example.org', name: 'Throughline' })
  expect(options.user.name).toBe(AMAL.email)
  expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' })
  await log.prisma.session.updateMany({ data: { createdAt: new Date(Date.now() - 15 * 60_000) } })
  expect(await told(await ask('GET', NEW, { cookie }))).toEqual([403, 'SESSION_NOT_FRESH'])
  const body = { name: 'Phone', response: {} }
  expect(await told(await ask('POST', '/passkey/verify-registration', { cookie, body }))).toEqual([
    403,
    'SESSION_NOT_FRESH',
  ])
  expect(await log.prisma.passkey.count()).toBe(0)
  await closeLog(log)
})
type Options = { rp: unknown; user: { name: string }; authenticatorSelection: unknown }

test('what anyone is asked names nobody: no account, no passkey of an account', async () => {
  const { log, ask } = await withAmal()
  const options = await (await ask('GET', ANY)).json()
  expect(Object.keys(options as object).sort()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
  const cookie = cookieOf(await ask('GET', ANY))
  expect(cookie).toMatch(/^__Host-throughline\.passkey=/)
  const body = { response: { id: 'unknown', rawId: 'unknown', type: 'public-key', response: {} } }
  expect(await told(await ask('POST', '/passkey/verify-authentication', { cookie, body }))).toEqual([
    401,
    'PASSKEY_NOT_FOUND',
  ])
  expect(await told(await ask('POST', '/passkey/verify-authentication', { cookie, body }))).toEqual([
    400,
    'CHALLENGE_NOT_FOUND',
  ])
  await closeLog(log)
})

test('challenges are limited by address: each is a row of the database', async () => {
  const { log, ask } = await withAmal()
  let refused = 0
  for (let asked = 0; asked < 206; asked++) if ((await ask('GET', ANY)).status === 429) refused += 1
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThan(12)
  expect((await ask('GET', ANY, { from: '192.0.2.2' })).status).toBe(200)
  await closeLog(log)
})
