import { connect } from 'node:net'
import { expect } from '@playwright/test'
import { emailOf, PASSWORD, signInAs } from './accounts.fixture.ts'
import { callAction, Fields } from './actions.fixture.ts'
import { bodyOf, packing, send, sign, signText, textOf } from './events.fixture.ts'
import { test } from './people.fixture.ts'
import { addressOf, allRoutes } from './routes.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'

/** Sends bytes as they are, which no browser or fetch would, and answers what came back until the connection ended. */
function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    const parts: Buffer[] = []
    socket.on('data', part => parts.push(part))
    socket.on('close', () => resolve(Buffer.concat(parts).toString('latin1')))
    socket.on('error', reject)
  })
}

const getRaw = (url: string, path: string, headers: readonly string[] = []) =>
  raw(url, [`GET ${path} HTTP/1.1`, `Host: ${new URL(url).host}`, 'Connection: close', ...headers, '', ''].join('\r\n'))
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const headersOf = (answer: string) => answer.split('\r\n\r\n', 1)[0] ?? ''
const locationOf = (answer: string) => /^location: (.*)$/im.exec(headersOf(answer))?.[1]

test('no address of ours sends a visitor to another site', async ({ peopled }) => {
  const { url } = peopled
  const elsewhere = [
    '//evil.example/?lang=ar',
    '/\\evil.example/?lang=ar',
    '/%5cevil.example?lang=ar',
    '/%2f%2fevil.example?lang=ar',
    '/.//evil.example?lang=ar',
    '/..//evil.example/?lang=ar',
    '//evil.example',
    '//evil.example/..',
    '/\t/evil.example?lang=ar',
    '/t//evil.example',
    '/t/%2F%2Fevil.example',
    '/t/https:%2F%2Fevil.example',
    '/track?reference=//evil.example',
    '/track?reference=https://evil.example',
    '/scan/%2F%2Fevil.example',
    '/00//evil.example',
    '/01/%2F%2Fevil.example',
    '/today?as=//evil.example',
    'http://evil.example/?lang=ar',
  ]
  for (const path of elsewhere)
    for (const host of [new URL(url).host, 'evil.example']) {
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      expect(statusOf(answer), path).toBeLessThan(500)
      const location = locationOf(answer)
      if (location === undefined) continue
      // Seen from another name of this server the address may name it, never a third one.
      const allowed = [new URL(url).origin, `http://${host}`]
      if (host === 'evil.example') expect(location, path).toMatch(/^\/(?![/\\])/)
      else expect(allowed, `${path} leads to ${location}`).toContain(new URL(location, url).origin)
    }
})

test('after signing in one stays here, whatever the address asked for', async ({ peopled }) => {
  for (const next of [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
  ]) {
    const { redirect } = await callAction(peopled.url, 'app/(workspace)/sign-in/actions.ts#signIn', {
      args: [{}, new Fields({ email: emailOf('amal'), password: PASSWORD, next })],
    })
    expect(redirect, next).toMatch(/^\/(today|choose-party|keys|consignments)/)
  }
})

test('what is typed into an address becomes no header', async ({ peopled }) => {
  const { url } = peopled
  const cookie = await signInAs(url, 'amal')
  const line = '%0d%0aset-cookie:%20planted=1%0d%0ax-planted:%201'
  const paths = [
    `/t/7K3Q${line}`,
    `/track/7K3Q${line}`,
    `/track?reference=7K3Q${line}`,
    `/?lang=ar${line}&x=${line}`,
    `/scan/7K3Q${line}?as=${line}`,
    `/00/${line}`,
    `/consignments/7K3Q9XMD2TK${line}/label.svg?marks=${line}`,
    `/consignments/list.csv?as=${line}`,
    `/sign-in?next=/${line}`,
    `/api/evidence/7K3Q${line}`,
    `/api/keys/7K3Q${line}`,
  ]
  for (const path of paths)
    for (const headers of [[], [`cookie: ${cookie}`]]) {
      const answer = await getRaw(url, path, headers)
      expect(statusOf(answer), path).toBeLessThan(500)
      expect(headersOf(answer), path).not.toMatch(/^(set-cookie: planted|x-planted)/im)
    }
})

test('no address reaches a file that is not meant to be read', async ({ peopled }) => {
  const { url } = peopled
  const ups = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '%252e%252e%252f', '....//']
  const wanted = ['etc/passwd', '.data/log.key', 'package.json', '.env', 'auth.secret', 'throughline.db']
  const folders = [
    '/',
    '/_next/static/',
    '/seal/',
    '/log/',
    '/log/tile/0/',
    '/api/evidence/',
    '/api/keys/',
    '/brotli/',
    '/track/',
    '/00/',
  ]
  for (const folder of folders)
    for (const up of ups)
      for (const file of wanted) {
        const answer = await getRaw(url, `${folder}${up.repeat(6)}${file}`)
        expect(statusOf(answer), `${folder}${up}${file}`).toBeLessThan(500)
        expect(answer, `${folder}${up}${file}`).not.toMatch(/root:.*:0:0:|"dependencies"|SQLite format 3|LOG_KEY=/)
      }
})

test('odd, long and broken addresses are answered, by every route', async ({ peopled }) => {
  test.slow()
  const { url } = peopled
  const cookie = `cookie: ${await signInAs(url, 'amal')}`
  const odd = [
    '%',
    '%zz',
    '%ff',
    '%00',
    '%c0%ae',
    '%ed%a0%80',
    'a'.repeat(3000),
    '\'"><svg',
    '__proto__',
    '-1',
    '%F0%9F%93%A6',
    '%E2%80%AE',
  ]
  const routes = allRoutes()
  expect(routes.length).toBeGreaterThan(45)
  const failed: string[] = []
  for (const route of routes)
    for (const value of odd) {
      const names = ['reference', 'hash', 'token', 'party', 'rest', 'path', 'all', 'key', 'id', 'size']
      const path = addressOf(route, Object.fromEntries(names.map(name => [name, value])))
      if (route.folder.includes('[') || value === '%ff') {
        const query = `as=${value}&q=${value}&release=${value}&next=${value}&page=${value}&sort=${value}&size=${value}&seen=${value}`
        const answer = await getRaw(url, `${path.replaceAll(/["<> ]/g, encodeURIComponent)}?${encodeURI(query)}`, [
          cookie,
        ])
        if (!(statusOf(answer) < 500)) failed.push(`${statusOf(answer)} ${path.slice(0, 120)}`)
      }
    }
  expect(failed).toEqual([])
})

test('what is said twice, is a list or an object where a word is meant, breaks nothing', async ({ peopled }) => {
  const cookie = `cookie: ${await signInAs(peopled.url, 'amal')}`
  for (const route of allRoutes()) {
    const path = addressOf(route, {})
    const query = ['as', 'q', 'release', 'next', 'page', 'sort', 'lang', 'role', 'stage', 'marks', 'sheet', 'part']
      .flatMap(name => [`${name}=x`, `${name}=y`, `${name}[]=z`, `${name}[a]=b`])
      .join('&')
    const answer = await getRaw(peopled.url, `${path}?${query}`, [cookie])
    expect(statusOf(answer), path).toBeLessThan(500)
  }
})

test('bodies that are too large, too deep or of a false length are refused, and the log goes on', async ({
  peopled,
}) => {
  const { url } = peopled
  const before = await untilSealed(url)
  const deep = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`
  expect((await send(url, deep(60_000))).status).toBe(422)
  expect((await send(url, `{"event":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`)).status).toBe(422)
  expect(
    (
      await send(
        url,
        `{"event":"x","openings":{${'"__proto__":{"salt":"","value":""},'.repeat(3000)}"a":{"salt":"","value":""}}}`,
      )
    ).status,
  ).toBe(422)
  const { donor } = peopled.cast
  const text = textOf((await sign(peopled, packing(donor).draft)).note)
  const nested = text.replace('"lines":[', `"lines":[${deep(4000)},`)
  expect((await send(url, { event: signText(nested, donor, { origin: peopled.origin }) })).status).toBe(422)

  const long = await raw(
    url,
    `POST /api/events HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\nConnection: close\r\n\r\n{`,
  )
  expect(statusOf(long)).toBe(413)
  const both = await raw(
    url,
    'POST /api/events HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: x\r\n\r\n',
  )
  expect(statusOf(both), 'a request hidden in another').toBe(400)
  const headers = await getRaw(url, '/', [`x-long: ${'a'.repeat(20_000)}`])
  expect(statusOf(headers)).toBe(431)

  const cookie = await signInAs(url, 'amal')
  const huge = await callAction(url, 'app/(workspace)/account/actions.ts#changeName', {
    args: [{}, new Fields({ as: donor.reference, name: 'x'.repeat(6 * 1024 * 1024) })],
    cookie,
  }).catch(() => ({ status: 413 }))
  expect(huge.status).toBeGreaterThanOrEqual(400)
  expect((await peopled.log.prisma.user.findUnique({ where: { email: emailOf('amal') } }))?.name.length).toBeLessThan(
    81,
  )
  const after = await health(url)
  expect([after.isReady, after.recorded]).toEqual([true, before.recorded])
})

test('a server does not take its name or scheme from whoever asks', async ({ peopled }) => {
  const { url } = peopled
  for (const headers of [
    ['Host: evil.example'],
    [`Host: ${new URL(url).host}`, 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https'],
    [`Host: ${new URL(url).host}`, 'X-Original-URL: /today', 'X-Rewrite-URL: /today', 'X-Middleware-Subrequest: proxy'],
  ])
    for (const path of ['/', '/log', '/track/7K3Q9XMD2TK', `/parties/${peopled.cast.donor.reference}`]) {
      const answer = await raw(url, `GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\nConnection: close\r\n\r\n`)
      expect(statusOf(answer), path).toBeLessThan(500)
      expect(answer, `${path} ${headers}`).not.toContain('evil.example')
      expect(headersOf(answer), path).toMatch(/^content-security-policy: default-src 'none'/im)
    }
})

test('what somebody typed is text, on the page as it comes and as the seal draws it, on labels and in pictures', async ({
  peopled,
  page,
}) => {
  const { url, cast } = peopled
  const evil = `"'><img src=x onerror=alert(1)></script><script>alert(1)</script><b id=typed>{{7*7}}`
  const line = { id: '1', item: evil, lot: evil.slice(0, 60), unit: 'box', quantity: '480' }
  const packed = packing(cast.donor, { lines: [line], sealed: { place: evil, remark: evil, order: evil } })
  expect(await send(url, bodyOf(await sign(peopled, packed.draft)))).toMatchObject({ status: 201 })
  await untilSealed(url)
  const cookie = await signInAs(url, 'amal')
  for (const path of [
    `/track/${packed.id}`,
    `/consignments/${packed.id}`,
    `/consignments/${packed.id}/label`,
    '/today',
  ])
    for (const headers of [{}, { cookie }]) {
      const response = await fetch(`${url}${path}`, { headers: headers as Record<string, string> })
      const html = (await response.text()).replaceAll(/<script[^>]*>[\s\S]*?<\/script>/g, '')
      expect(html, path).not.toMatch(/<img src=x|<b id=typed|<script>alert/)
    }
  const picture = await fetch(`${url}/consignments/${packed.id}/label.svg`, { headers: { cookie } })
  expect(await picture.text()).not.toMatch(/<img|<script|<b id/)

  const dialogs: string[] = []
  page.on('dialog', async dialog => {
    dialogs.push(dialog.message())
    await dialog.dismiss()
  })
  await page.goto(`${url}/track/${packed.id}`)
  await expect(page.getByText('Consistent in itself').first()).toBeVisible()
  await expect(page.getByText('{{7*7}}').first()).toBeVisible()
  await expect(page.locator('img[src="x"], #typed')).toHaveCount(0)
  expect(dialogs).toEqual([])
})
