import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { signInAs } from './accounts.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { test } from './people.fixture.ts'
import { addressOf, allRoutes } from './routes.fixture.ts'
import { startServer, untilSealed } from './server.fixture.ts'

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string }

async function get(url: string, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const response = await fetch(`${url}${path}`, { method, redirect: 'manual', headers })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/** What every answer says, whatever it is. */
const ALWAYS: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'referrer-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^(same|cross)-origin$/,
  'permissions-policy': /^camera=\(self\), .*microphone=\(\), payment=\(\), usb=\(\)/,
  'content-security-policy':
    /^default-src 'none'; .*base-uri 'none'; form-action '(self|none)'; frame-ancestors 'none'(; |$)/,
}

function expectHeaders({ headers }: Answer, what: string): void {
  for (const [name, said] of Object.entries(ALWAYS)) expect(headers.get(name) ?? '', `${name} of ${what}`).toMatch(said)
  expect(headers.get('content-security-policy'), what).not.toMatch(/unsafe-|\*|https?:|data:.*script/)
  expect(headers.get('x-powered-by'), what).toBeNull()
  expect(headers.get('server'), what).toBeNull()
}

const noncesIn = (policy: string) => new Set([...policy.matchAll(/'nonce-([^']+)'/g)].map(match => match[1]))

test('every page and every answer to programs says who may frame, read, sniff and run it; what is a member’s is kept by no cache', async ({
  peopled,
}) => {
  const { id, draft } = packing(peopled.cast.donor)
  const packed = await sign(peopled, draft)
  expect((await send(peopled.url, bodyOf(packed))).status).toBe(201)
  await untilSealed(peopled.url)
  const values = { reference: id, hash: packed.hash, token: 'A'.repeat(27), party: peopled.cast.donor.reference }
  const cookie = await signInAs(peopled.url, 'amal')
  const routes = allRoutes()
  expect(routes.length).toBeGreaterThan(45)
  for (const route of routes) {
    const path = addressOf(route, values)
    for (const as of [undefined, cookie]) {
      const answer = await get(peopled.url, path, as === undefined ? {} : { cookie: as })
      const what = `${path} (${answer.status}) ${as ? 'signed in' : 'signed out'}`
      expect(answer.status, what).toBeLessThan(500)
      expectHeaders(answer, what)
      if (route.isWorkspace) expect(answer.headers.get('cache-control') ?? '', what).toMatch(/no-store|^$/)
      if (route.isWorkspace && answer.status === 200)
        expect(answer.headers.get('cache-control'), what).toContain('no-store')
      if (route.kind !== 'page' || answer.status !== 200) continue
      const nonces = noncesIn(answer.headers.get('content-security-policy') ?? '')
      expect(nonces.size, what).toBe(1)
      for (const [tag] of answer.text.matchAll(/<script[^>]*>/g))
        expect(tag, what).toMatch(new RegExp(`nonce="${[...nonces][0]}"|type="application/(?:ld\\+)?json"`))
      expect(answer.text.replaceAll(/<script[\s\S]*?<\/script>/g, ''), what).not.toMatch(
        /<[^>]+ (?:style|on\w+)="|="javascript:/i,
      )
    }
  }
})

test('a nonce is used once', async ({ peopled }) => {
  const policies = await Promise.all([1, 2, 3].map(async () => (await get(peopled.url, '/')).headers))
  const nonces = policies.flatMap(headers => [...noncesIn(headers.get('content-security-policy') ?? '')])
  expect(new Set(nonces).size).toBe(3)
})

test('scripts, pictures, redirects, refusals and what is not there say it too', async ({ peopled }) => {
  const { url } = peopled
  const script = (await get(url, '/')).text.match(/\/_next\/static\/chunks\/[^"]+\.js/)?.[0] ?? ''
  expect(script).not.toBe('')
  const publicFiles = readdirSync(fileURLToPath(new URL('../public/', import.meta.url)), {
    recursive: true,
    encoding: 'utf8',
  }).filter(name => /\.\w+$/.test(name) && !name.startsWith('brotli'))
  const asked: [method: string, path: string][] = [
    ['GET', script],
    ...publicFiles.map((name): [string, string] => ['GET', `/${name.replaceAll('\\', '/')}`]),
    ['GET', '/icon.svg'],
    ['GET', '/_next/static/none.js'],
    ['GET', '/_next/image'],
    ['GET', '/_next/none'],
    ['GET', '/none'],
    ['GET', '/api/none'],
    ['GET', '/api/auth/get-session'],
    ['GET', '/api/events'],
    ['GET', '/track/none'],
    ['GET', '//none'],
    ['GET', '/track/'],
    ['GET', '/?lang=ar'],
    ['GET', '/%'],
    ['GET', '/t/7K3Q9XMD2TK'],
    ['POST', '/api/events'],
    ['PUT', '/api/events'],
    ['OPTIONS', '/api/events'],
    ['DELETE', '/api/evidence/7K3Q9XMD2TK'],
    ['TRACE', '/'].map(each => each.replace('TRACE', 'PROPFIND')) as [string, string],
    ['POST', '/'],
    ['HEAD', '/'],
  ]
  for (const [method, path] of asked) {
    const answer = await get(url, path, {}, method)
    expect(answer.status, `${method} ${path}`).not.toBe(500)
    expectHeaders(answer, `${method} ${path} (${answer.status})`)
  }
})

test('evidence may be read from any site, without cookies; nothing else may', async ({ peopled }) => {
  const cookie = await signInAs(peopled.url, 'amal')
  for (const route of allRoutes()) {
    const path = addressOf(route, { reference: peopled.cast.donor.reference, hash: '0'.repeat(64) })
    const { headers } = await get(peopled.url, path, { origin: 'https://evil.example', cookie })
    expect(headers.get('access-control-allow-credentials'), path).toBeNull()
    const isForEveryone = /^\/(api\/(checkpoints|events|evidence|keys)|log\/|previous\/|healthz|readyz|status)/.test(
      path,
    )
    if (!isForEveryone) expect(headers.get('access-control-allow-origin'), path).toBeNull()
  }
})

test('under https the browser is told to stay there, and the session’s cookie is for https and this host alone', async () => {
  const server = await startServer({ settings: { PUBLIC_URL: 'https://relief.example.org' } })
  for (const path of ['/', '/healthz', '/icon.svg', '/none', '//none', '/api/events', '/_next/static/none.js']) {
    const { headers } = await get(server.url, path)
    expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=(\d{8,})$/)
  }
  const page = await get(server.url, '/')
  expect(page.headers.get('content-security-policy')).toContain('; upgrade-insecure-requests')
  expect((await get(server.url, '/?lang=ar')).headers.getSetCookie().join()).toMatch(/^lang=ar;.*Secure/i)
  await server.end()
})

test('without https nothing says there is', async ({ peopled }) => {
  const { headers } = await get(peopled.url, '/')
  expect(headers.get('strict-transport-security')).toBeNull()
  expect(headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests')
})
