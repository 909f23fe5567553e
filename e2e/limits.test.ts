import { expect } from '@playwright/test'
import { hexEncode } from '../lib/core/bytes.ts'
import { deriveReference } from '../lib/core/custody/reference.ts'
import { LIMITS } from '../lib/data/standing.ts'
import { expectAccessible } from './accessible.fixture.ts'
import { emailOf, PASSWORD } from './accounts.fixture.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { test } from './people.fixture.ts'
import { random, startServer, untilSealed } from './server.fixture.ts'

/** A reference that is spelled well and that nobody has. */
const unknown = () => deriveReference({ kind: 'consignment', author: '7K3Q9XMD2TK', nonce: hexEncode(random(16)) })
const get = (url: string, path: string, from: string, more: Record<string, string> = {}) =>
  fetch(`${url}${path}`, { redirect: 'manual', headers: { 'x-forwarded-for': from, ...more } })

test('who tries references that lead nowhere is told when to try again, on pages and by programs, and nobody else is', async ({
  own,
  page,
}) => {
  const { url, cast } = own
  const { id, draft } = packing(cast.donor)
  expect(await send(url, bodyOf(await sign(own, draft)))).toMatchObject({ status: 201 })
  await untilSealed(url)
  const [prober, visitor] = ['203.0.113.66', '203.0.113.67']
  const { most, seconds, step } = LIMITS.reference
  for (let at = 0; at < most; at++) {
    const path = at % 2 === 0 ? `/track/${unknown()}` : `/api/evidence/${unknown()}`
    expect((await get(url, path, prober)).status).toBe(404)
  }
  for (const path of [`/track/${unknown()}`, `/track/${id}`, `/parties/${cast.donor.reference}`]) {
    const page = await get(url, path, prober, { 'accept-language': 'ar' })
    expect(page.status, path).toBe(429)
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(page.headers.get('retry-after'))).toBeLessThanOrEqual(seconds)
    expect(await page.text()).toMatch(/dir="rtl"[\s\S]*طلبات كثيرة دفعة واحدة[\s\S]*حاول ثانيةً بعد /)
  }
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': prober })
  await page.goto(`${url}/track/${id}`)
  await expect(page.getByRole('heading', { name: 'Too many at once' })).toBeVisible()
  await expectAccessible(page, 'too many references')
  for (const path of [`/api/evidence/${unknown()}`, `/api/evidence/${id}`]) {
    const answer = await get(url, path, prober)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests', message: expect.stringMatching(/\.$/) })
  }
  for (const path of [`/track/${id}`, `/api/evidence/${id}`, `/parties/${cast.donor.reference}`, '/'])
    expect((await get(url, path, visitor)).status, path).toBe(200)
  expect((await get(url, '/', prober)).status, 'what is not looked up is served').toBe(200)

  await own.restart()
  let asked = 0
  while ((await get(url, `/track/${unknown()}`, prober)).status === 404) asked += 1
  expect(asked, 'a restart forgives nothing but what was not written down').toBeLessThanOrEqual(step)
  expect((await get(url, `/track/${id}`, visitor)).status).toBe(200)
})

test('an address in IPv6 is one caller with its whole network', async ({ own }) => {
  const { url } = own
  for (let at = 0; at < LIMITS.reference.most; at++)
    await get(url, `/track/${unknown()}`, `2001:db8:1:2::${at.toString(16)}`)
  expect((await get(url, `/track/${unknown()}`, '2001:db8:1:2:ffff::1')).status).toBe(429)
  expect((await get(url, `/track/${unknown()}`, '2001:db8:1:3::1')).status).toBe(404)
})

test('ten wrong passwords, then the right one waits too, and from elsewhere the person gets in', async ({ own }) => {
  const { url } = own
  const signIn = (password: string, from: string) =>
    callAction(url, 'app/(workspace)/sign-in/actions.ts#signIn', {
      args: [{}, new Fields({ email: emailOf('amal'), password, next: '' })],
      headers: { 'x-forwarded-for': from },
    })
  const codeOf = async (password: string, from: string) =>
    ((await signIn(password, from)).value as { code?: string })?.code
  for (let at = 0; at < 10; at++) expect(await codeOf('wrong password', '203.0.113.7')).toBe('sign-in-refused')
  expect(await codeOf(PASSWORD, '203.0.113.7')).toBe('too-many-attempts')
  const program = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'x-forwarded-for': '203.0.113.7' },
    body: JSON.stringify({ email: emailOf('amal'), password: PASSWORD }),
  })
  expect(program.status).toBe(429)
  expect(Number(program.headers.get('retry-after'))).toBeGreaterThan(800)
  await own.restart()
  expect(await codeOf(PASSWORD, '203.0.113.7'), 'also after a restart').toBe('too-many-attempts')
  expect((await signIn(PASSWORD, '203.0.113.8')).setCookie.join()).toContain('session_token=')
})

test('without a proxy in front nobody pretends to come from elsewhere', async () => {
  const { url, end } = await startServer({ settings: { TRUSTED_PROXIES: '0' } })
  const statuses = new Set<number>()
  for (let at = 0; at < LIMITS.reference.most + 1; at++)
    statuses.add(
      (
        await get(url, `/api/evidence/${unknown()}`, `203.0.113.${at % 250}`, {
          'x-real-ip': `203.0.113.${at % 250}`,
          forwarded: `for=203.0.113.${at % 250}`,
        })
      ).status,
    )
  expect([...statuses].sort()).toEqual([404, 429])
  await end()
})

test('a key whose records are refused again and again waits, from wherever they are sent; its signature must be good for that', async ({
  own,
}) => {
  const { url, cast } = own
  const { donor, hospital } = cast
  const { most } = LIMITS['events-key']
  const { id } = packing(donor)
  const refused = await sign(own, {
    actor: donor,
    id,
    kind: 'withdraw',
    after: '0'.repeat(64),
    body: { release: '0'.repeat(64) },
  })
  const statuses: number[] = []
  for (let at = 0; at <= most; at++)
    statuses.push((await send(url, bodyOf(refused), { 'x-forwarded-for': `203.0.${at >> 8}.${at & 255}` })).status)
  expect([statuses.filter(status => status === 429).length, statuses.at(-1)]).toEqual([1, 429])
  const good = await sign(own, packing(hospital).draft)
  expect(await send(url, bodyOf(good)), 'another key is not stopped').toMatchObject({ status: 201 })
})
