import { expect } from '@playwright/test'
import { resetLink } from '../lib/auth/account.ts'
import { emailOf, PASSWORD, signInAs } from './accounts.fixture.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { startServer } from './server.fixture.ts'

const HOUR = 3600 * 1000
const DAY = 24 * HOUR

/** Whether this cookie opens the workspace. */
async function isIn({ url }: Pick<Peopled, 'url'>, cookie: string): Promise<boolean> {
  const { status } = await fetch(`${url}/account`, { redirect: 'manual', headers: { cookie } })
  expect([200, 307]).toContain(status)
  return status === 200
}

const tokenOf = (cookie: string) => decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')[0] as string
const cookieOf = (setCookie: readonly string[]) => setCookie.map(each => each.split(';')[0]).join('; ')

const signIn = (url: string, cookie: string | undefined, password = PASSWORD) =>
  callAction(url, 'app/(workspace)/sign-in/actions.ts#signIn', {
    args: [{}, new Fields({ email: emailOf('amal'), password, next: '' })],
    ...(cookie !== undefined && { cookie }),
    headers: { 'x-forwarded-for': '198.51.100.1' },
  })

test('a session that was planted in a browser before signing in is not the one after it, and opens nothing any more', async ({
  peopled,
}) => {
  const planted = await signInAs(peopled.url, 'hana')
  const [name] = planted.split('=')
  const forged = [`${name}=chosen-by-mallory`, `${name}=${encodeURIComponent('chosen.by.mallory')}`, `${name}=`]
  for (const cookie of [planted, ...forged]) {
    const after = cookieOf((await signIn(peopled.url, cookie)).setCookie)
    expect(tokenOf(after)).not.toBe(tokenOf(cookie))
    expect(await isIn(peopled, after)).toBe(true)
    expect(await isIn(peopled, cookie)).toBe(false)
  }
})

test('a cookie is worth nothing with another signature, another’s signature, or none', async ({ peopled }) => {
  const [amal, hana] = [await signInAs(peopled.url, 'amal'), await signInAs(peopled.url, 'hana')]
  const [name, value = ''] = amal.split('=')
  const [token = '', signature = ''] = decodeURIComponent(value).split(/\.(.*)/s)
  const other = decodeURIComponent(hana.split('=')[1] ?? '').split(/\.(.*)/s)[1] ?? ''
  const turned = `${signature.slice(0, 5)}${signature[5] === 'A' ? 'B' : 'A'}${signature.slice(6)}`
  for (const wrong of [
    token,
    `${token}.`,
    `${token}.${other}`,
    `${token}.${turned}`,
    `${token.toLowerCase()}.${signature}`,
  ])
    expect(await isIn(peopled, `${name}=${encodeURIComponent(wrong)}`), wrong).toBe(false)
  expect(await isIn(peopled, amal)).toBe(true)
})

test('a session that nobody used for a week is over, as is one of thirty days; a use is written down once an hour', async ({
  peopled,
}) => {
  const { session } = peopled.log.prisma
  const cookie = await signInAs(peopled.url, 'amal')
  const where = { token: tokenOf(cookie) }
  const used = async () => (await session.findUnique({ where }))?.updatedAt.getTime()
  const setUsed = (ago: number) => session.update({ where, data: { updatedAt: new Date(Date.now() - ago) } })

  const { updatedAt } = await setUsed(HOUR / 2)
  expect(await isIn(peopled, cookie)).toBe(true)
  expect(await used(), 'not every use is a write').toBe(updatedAt.getTime())
  await setUsed(6 * DAY)
  expect(await isIn(peopled, cookie)).toBe(true)
  expect(Date.now() - ((await used()) ?? 0), 'six days of rest are forgotten with the next use').toBeLessThan(HOUR)
  await setUsed(8 * DAY)
  expect(await isIn(peopled, cookie)).toBe(false)
  expect(await used(), 'it is deleted').toBeUndefined()

  const old = await signInAs(peopled.url, 'amal')
  const { expiresAt, createdAt } = await session.findUniqueOrThrow({ where: { token: tokenOf(old) } })
  expect(Math.round((expiresAt.getTime() - createdAt.getTime()) / DAY)).toBe(30)
  await session.update({ where: { token: tokenOf(old) }, data: { expiresAt: new Date(Date.now() - 1) } })
  expect(await isIn(peopled, old), 'however it was used').toBe(false)
})

test('an account’s programs take no session either that nobody used for a week', async ({ peopled }) => {
  const cookie = await signInAs(peopled.url, 'amal')
  const where = { token: tokenOf(cookie) }
  await peopled.log.prisma.session.update({ where, data: { updatedAt: new Date(Date.now() - 8 * DAY) } })
  const { status } = await fetch(`${peopled.url}/api/auth/passkey/generate-register-options`, { headers: { cookie } })
  expect(status).toBe(401)
})

test('another password: this browser has a new session, all others have none', async ({ own }) => {
  const [here, elsewhere] = [await signInAs(own.url, 'amal'), await signInAs(own.url, 'amal')]
  const changed = await callAction(own.url, 'app/(workspace)/account/actions.ts#changePassword', {
    args: [{}, new Fields({ as: own.cast.donor.reference, current: PASSWORD, password: 'another battery staple' })],
    cookie: here,
  })
  const after = cookieOf(changed.setCookie.filter(each => each.includes('session_token=')))
  expect(await Promise.all([here, elsewhere, after].map(cookie => isIn(own, cookie)))).toEqual([false, false, true])
  expect((await signIn(own.url, undefined)).setCookie.join()).not.toContain('session_token=')
})

test('a link to set a password ends every session of the person, and opens one here', async ({ own }) => {
  const before = await signInAs(own.url, 'amal')
  const { id } = await own.log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('amal') } })
  const token = (await resetLink(id, own.log)).link.split('/').at(-1) ?? ''
  const set = await callAction(own.url, 'app/(workspace)/reset-password/[token]/actions.ts#setPassword', {
    args: [{}, new Fields({ token, password: 'another battery staple' })],
  })
  expect(await isIn(own, before)).toBe(false)
  expect(await isIn(own, cookieOf(set.setCookie))).toBe(true)
})

test('a role that is taken away is gone with the next request, and so is a membership: a session holds neither', async ({
  own,
}) => {
  const { log, cast, url } = own
  const [cookie, as] = [await signInAs(url, 'dana'), cast.donor.reference]
  const userId = (await log.prisma.user.findUniqueOrThrow({ where: { email: emailOf('dana') } })).id
  const startDraft = () =>
    callAction(url, 'app/(workspace)/consignments/new/actions.ts#startDraft', {
      args: [new Fields({ party: as })],
      cookie,
    })
  const drafts = () => log.prisma.draft.count({ where: { createdBy: userId } })
  await startDraft()
  expect(await drafts()).toBe(1)
  await log.prisma.member.updateMany({ where: { userId }, data: { role: 'viewer' } })
  await startDraft()
  expect(await drafts()).toBe(1)
  await log.prisma.member.deleteMany({ where: { userId } })
  const { status, headers } = await fetch(`${url}/today?as=${as}`, { redirect: 'manual', headers: { cookie } })
  expect([status, new URL(headers.get('location') ?? '', url).pathname]).toEqual([307, '/choose-party'])
})

test('signing out ends the session itself, not only the cookie', async ({ peopled }) => {
  const cookie = await signInAs(peopled.url, 'amal')
  await callAction(peopled.url, 'app/(workspace)/account/actions.ts#signOut', { args: [new Fields({})], cookie })
  expect(await isIn(peopled, cookie)).toBe(false)
  expect(await peopled.log.prisma.session.count({ where: { token: tokenOf(cookie) } })).toBe(0)
})

test('no cookie of this site is for scripts, and under https none is without it', async () => {
  const { url, end } = await startServer({ settings: { PUBLIC_URL: 'https://relief.example.org' } })
  const entered = await callAction(url, 'app/(workspace)/enter/actions.ts#enterAs', {
    args: [new Fields({ party: '7K3Q9XMD2TK' })],
    headers: { origin: 'https://relief.example.org' },
  })
  const lang = await fetch(`${url}/?lang=ar`, { redirect: 'manual' })
  for (const cookie of [...entered.setCookie, ...lang.headers.getSetCookie()])
    expect(cookie).toMatch(/; Secure.*; HttpOnly|; HttpOnly.*; Secure|Secure; HttpOnly/i)
  expect(lang.headers.getSetCookie()).toHaveLength(1)
  await end()
})
