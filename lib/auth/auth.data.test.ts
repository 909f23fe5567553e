import { expect, test } from '@playwright/test'
import { foundedLog } from '../data/live-log.fixture.ts'
import { closeLog } from '../data/open-log.ts'
import { makeAccount, personOfReset, resetLink, spendPasswordReset, unmakeAccount } from './account.ts'
import { openAuth } from './auth.ts'
import { answer } from './handler.ts'

const SITE = 'https://relief.example.org'
const AMAL = { name: 'Amal Haddad', email: 'Amal@Example.org', password: 'ten letters' }

/** Each call from an address of its own: tries are counted by address, and one test's are not the next one's. */
let callers = 0

async function withAccounts() {
  const { log } = await foundedLog()
  const auth = await openAuth({ publicUrl: SITE, log })
  const ask = (
    method: string,
    path: string,
    { body, cookie, from = `10.0.${callers >> 8}.${callers++ & 255}` }: Asked = {},
  ) =>
    answer(
      new Request(`${SITE}/api/auth${path}`, {
        method,
        headers: {
          origin: SITE,
          'x-forwarded-for': from,
          ...(cookie !== undefined && { cookie }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
      auth,
      log,
    )
  const signIn = async (password: string, asked: Asked = {}) =>
    ask('POST', '/sign-in/email', { ...asked, body: { email: AMAL.email, password } })
  const isSignedIn = async (cookie: string) =>
    (await auth.api.getSession({ headers: new Headers({ cookie }) })) !== null
  const made = await makeAccount(AMAL, auth)
  if (!made.ok) throw new Error(made.code)
  return { log, auth, ask, signIn, isSignedIn, userId: made.value }
}

type Asked = { body?: unknown; cookie?: string; from?: string }

/** What a browser sends back of what it was told to keep. */
const cookieOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map(each => each.split(';')[0] ?? '')
    .join('; ')

test('of all that better-auth can answer over HTTP, only signing in and out, and what a browser asks about passkeys, is answered', async () => {
  const { log, auth, ask } = await withAccounts()
  const paths = Object.values(auth.api).flatMap(({ path }) => (typeof path === 'string' ? [path] : []))
  expect(paths.length).toBeGreaterThan(30)
  const known = [...paths, '', '/', '/sign-in', '/sign-up', '/sign-in/email/', '/organization/create', '/reference']
  const answered: string[] = []
  for (const path of known)
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status } = await ask(method, path.replaceAll(/:\w+/g, 'x'), method === 'GET' ? {} : { body: {} })
      if (status !== 404) answered.push(`${method} ${path}`)
    }
  expect(answered.sort()).toEqual([
    'GET /passkey/generate-authenticate-options',
    'GET /passkey/generate-register-options',
    'POST /passkey/verify-authentication',
    'POST /passkey/verify-registration',
    'POST /sign-in/email',
    'POST /sign-out',
  ])
  await closeLog(log)
})

test('nobody signs up over HTTP', async () => {
  const { log, auth, ask } = await withAccounts()
  const stranger = { name: 'Stranger', email: 'stranger@example.org', password: 'long enough to be one' }
  expect((await ask('POST', '/sign-up/email', { body: stranger })).status).toBe(404)
  await expect(auth.api.signUpEmail({ body: stranger })).rejects.toThrow()
  expect(await log.prisma.user.count()).toBe(1)
  await closeLog(log)
})

test('an account has a name, an address of its own and a password of ten characters or more', async () => {
  const { log, auth } = await withAccounts()
  const refused = async (change: Partial<typeof AMAL>) => {
    const made = await makeAccount({ ...AMAL, email: 'new@example.org', ...change }, auth)
    return made.ok ? 'made' : made.code
  }
  expect(await refused({ name: '  ' })).toBe('name-malformed')
  expect(await refused({ name: 'a\u202eb' })).toBe('name-malformed')
  expect(await refused({ name: 'x'.repeat(81) })).toBe('name-malformed')
  expect(await refused({ email: 'amal at example.org' })).toBe('email-malformed')
  expect(await refused({ email: ' AMAL@example.ORG ' })).toBe('email-taken')
  expect(await refused({ password: 'nine char' })).toBe('password-short')
  expect(await refused({ password: 'x'.repeat(129) })).toBe('password-long')
  expect(await log.prisma.user.count()).toBe(1)
  expect(await refused({})).toBe('made')
  await closeLog(log)
})

test('of two people who take one address at the same moment, one has it', async () => {
  const { log, auth } = await withAccounts()
  const both = await Promise.all([1, 2].map(() => makeAccount({ ...AMAL, email: 'new@example.org' }, auth)))
  expect(both.map(each => (each.ok ? 'made' : each.code)).sort()).toEqual(['email-taken', 'made'])
  await closeLog(log)
})

test('an account that is taken back leaves nothing that signs in', async () => {
  const { log, auth, signIn, userId } = await withAccounts()
  await unmakeAccount(userId, auth)
  expect((await signIn(AMAL.password)).status).toBe(401)
  expect([await log.prisma.user.count(), await log.prisma.account.count()]).toEqual([0, 0])
  await closeLog(log)
})

test('the session cookie is for this host alone, over https alone, and no script reads it', async () => {
  const { log, signIn, isSignedIn } = await withAccounts()
  const answered = await signIn(AMAL.password)
  expect(answered.status).toBe(200)
  const cookies = answered.headers.getSetCookie()
  expect(cookies).toHaveLength(1)
  const [pair, ...attributes] = (cookies[0] ?? '').split('; ')
  expect(pair).toMatch(/^__Host-throughline\.session_token=/)
  expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=2592000', 'Path=/', 'SameSite=Lax', 'Secure'])
  expect(await isSignedIn(cookieOf(answered))).toBe(true)
  expect(await log.prisma.session.findMany({ select: { ipAddress: true } })).toEqual([{ ipAddress: '' }])
  await closeLog(log)
})

test('signing in again in the same browser ends the session it had, and no other', async () => {
  const { log, signIn, isSignedIn } = await withAccounts()
  const elsewhere = cookieOf(await signIn(AMAL.password))
  const first = cookieOf(await signIn(AMAL.password))
  const second = cookieOf(await signIn(AMAL.password, { cookie: first }))
  expect(second).not.toBe(first)
  expect(await Promise.all([first, second, elsewhere].map(isSignedIn))).toEqual([false, true, true])
  await closeLog(log)
})

test('a session that the server opens itself ends the one the browser had', async () => {
  const { log, auth, signIn, isSignedIn, userId } = await withAccounts()
  const first = cookieOf(await signIn(AMAL.password))
  const opened = await auth.api.openSession({
    body: { userId },
    headers: new Headers({ cookie: first }),
    returnHeaders: true,
  })
  const second = cookieOf(new Response(null, { headers: opened.headers ?? {} }))
  expect(await Promise.all([first, second].map(isSignedIn))).toEqual([false, true])
  await closeLog(log)
})

test('after signing out the cookie opens nothing', async () => {
  const { log, ask, signIn, isSignedIn } = await withAccounts()
  const cookie = cookieOf(await signIn(AMAL.password))
  expect((await ask('POST', '/sign-out', { cookie })).status).toBe(200)
  expect(await isSignedIn(cookie)).toBe(false)
  expect(await log.prisma.session.count()).toBe(0)
  await closeLog(log)
})

test('another site cannot use a visitor’s cookie', async () => {
  const { log, auth, signIn, isSignedIn } = await withAccounts()
  const cookie = cookieOf(await signIn(AMAL.password))
  const forged = new Request(`${SITE}/api/auth/sign-out`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', cookie },
  })
  expect(await isSignedIn(cookie)).toBe(true)
  expect((await answer(forged, auth, log)).status).toBe(403)
  expect(await isSignedIn(cookie)).toBe(true)
  await closeLog(log)
})

test('a link to set a new password works once, ends every session of the person, and replaces older links', async () => {
  const { log, auth, signIn, isSignedIn, userId } = await withAccounts()
  const cookie = cookieOf(await signIn(AMAL.password))
  const tokenOf = (link: string) => link.split('/').at(-1) ?? ''
  const older = tokenOf((await resetLink(userId, log)).link)
  const token = tokenOf((await resetLink(userId, log)).link)
  expect(token).toMatch(/^[\w-]{27}$/)
  expect(JSON.stringify(await log.prisma.verification.findMany())).not.toContain(token)
  expect(await personOfReset(older, auth)).toBeUndefined()
  expect(await personOfReset(token, auth)).toEqual({ id: userId, name: AMAL.name, email: 'amal@example.org' })

  expect(await spendPasswordReset({ token, password: 'short' }, auth)).toEqual({ ok: false, code: 'password-short' })
  const both = await Promise.all(
    ['first new one', 'second new one'].map(password => spendPasswordReset({ token, password }, auth)),
  )
  expect(both.map(each => (each.ok ? each.value : each.code)).sort()).toEqual([userId, 'reset-unknown'].sort())
  expect(await isSignedIn(cookie)).toBe(false)
  expect((await signIn(AMAL.password)).status).toBe(401)
  expect((await signIn(both[0]?.ok ? 'first new one' : 'second new one')).status).toBe(200)
  await closeLog(log)
})

test('after a day a link to set a new password is no more', async () => {
  const { log, auth, userId } = await withAccounts()
  const token = (await resetLink(userId, log)).link.split('/').at(-1) ?? ''
  const [kept] = await log.prisma.verification.findMany()
  expect(Math.round((Number(kept?.expiresAt) - Date.now()) / 60_000)).toBe(24 * 60)
  await log.prisma.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } })
  expect(await personOfReset(token, auth)).toBeUndefined()
  expect(await spendPasswordReset({ token, password: AMAL.password }, auth)).toEqual({
    ok: false,
    code: 'reset-unknown',
  })
  await closeLog(log)
})

test('tries at one account from one address are limited, and it is said when to come back', async () => {
  const { log, signIn } = await withAccounts()
  const statuses: number[] = []
  for (let tries = 0; tries < 11; tries++) statuses.push((await signIn('wrong password', { from: '192.0.2.7' })).status)
  expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
  const refused = await signIn(AMAL.password, { from: '192.0.2.7' })
  expect([refused.status, Number(refused.headers.get('retry-after')) > 800]).toEqual([429, true])
  expect((await signIn(AMAL.password, { from: '192.0.2.8' })).status).toBe(200)
  await closeLog(log)
})
