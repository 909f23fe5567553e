import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { hideCheckpoints } from './attack.fixture.ts'
import { send } from './events.fixture.ts'
import { logLines, metricsOf, sumOf } from './lines.fixture.ts'
import { health, type Server, startServer, startTold, type Told, untilSealed } from './server.fixture.ts'

const TOKEN = 'a-token-for-the-tests-alone'
let told: Told
let empty: Server

test.beforeAll(async () => {
  told = await startTold({
    METRICS_TOKEN: TOKEN,
    LOG_LEVEL: 'debug',
    SMTP_URL: 'smtp://ward:ro5es-in-spring@127.0.0.1:1',
  })
  empty = await startServer({ demo: false })
})
test.afterAll(async () => {
  await told.end()
  await empty.end()
})

const lines = (server: Server) => logLines(server.output())

test('a server whose log is founded is live and ready; one that is still to be founded is live, and says why it is not ready', async () => {
  expect(await (await fetch(`${told.url}/healthz`)).json()).toEqual({ isLive: true, isStopping: false })
  const ready = await fetch(`${told.url}/readyz`)
  expect(ready.status).toBe(200)
  expect(await ready.json()).toMatchObject({ isReady: true, waiting: 0 })

  expect((await fetch(`${empty.url}/healthz`)).status).toBe(200)
  const unready = await fetch(`${empty.url}/readyz`)
  expect(unready.status).toBe(503)
  expect(unready.headers.get('retry-after')).toBe('5')
  expect(await unready.json()).toEqual({ isReady: false, reason: 'not-founded', recorded: 0, sealed: 0, waiting: 0 })
})

test('measures are for who knows the token, and are not there where none is set', async () => {
  const ask = (server: Server, authorization?: string) =>
    fetch(`${server.url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })
  expect((await ask(empty)).status).toBe(404)
  expect((await ask(empty, `Bearer ${TOKEN}`)).status).toBe(404)
  for (const bad of [undefined, TOKEN, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`]) {
    const refused = await ask(told, bad)
    expect(refused.status, bad).toBe(401)
    expect(await refused.text()).toBe('')
  }
  const answer = await ask(told, `Bearer ${TOKEN}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
})

test('every record is counted by its kind, and how long it took; the gauges say what stands in the log', async () => {
  const { recorded } = await untilSealed(told.url)
  const metrics = await metricsOf(told.url, TOKEN)
  expect(sumOf(metrics, 'throughline_appends_total')).toBe(recorded)
  expect(metrics.get('throughline_appends_total{kind="found",effect="yes"}')).toBe(1)
  const indexLeaves = metrics.get('throughline_appends_total{kind="index",effect="yes"}') ?? 0
  expect(indexLeaves).toBeGreaterThan(0)
  expect(metrics.get('throughline_append_seconds_count')).toBe(recorded - indexLeaves)
  expect(metrics.get('throughline_batch_events_sum')).toBeGreaterThanOrEqual(recorded - indexLeaves)
  expect(metrics.get('throughline_publish_seconds_count')).toBeGreaterThan(0)
  expect(metrics.get('throughline_publish_lag_seconds_count')).toBeGreaterThan(0)
  expect(metrics.get('throughline_recorded_leaves')).toBe(recorded)
  expect(metrics.get('throughline_sealed_leaves')).toBe(recorded)
  expect(metrics.get('throughline_unsealed_seconds')).toBe(0)
  expect(metrics.get('throughline_queue_events')).toBe(0)
  expect(metrics.get('throughline_ready')).toBe(1)
  expect(metrics.get('throughline_read_only')).toBe(0)
  expect(metrics.get('process_start_time_seconds')).toBeGreaterThan(0)
})

test('what is refused is counted by the code that its sender was told', async () => {
  const { body } = await send(told.url, { event: 'no event at all\n' })
  const name = `throughline_refusals_total{code="${body.code}"}`
  const before = (await metricsOf(told.url, TOKEN)).get(name)
  expect(before).toBeGreaterThan(0)
  await send(told.url, { event: 'no event at all\n' })
  expect((await metricsOf(told.url, TOKEN)).get(name)).toBe((before as number) + 1)
})

test("a request's number comes back, a new one or the proxy's own, and stands in the log with route, status and time", async () => {
  const brought = await fetch(`${told.url}/log/vkey`, { headers: { 'x-request-id': 'edge-0123456789' } })
  expect(brought.headers.get('x-request-id')).toBe('edge-0123456789')
  const page = await fetch(`${told.url}/track/${told.reference('relay')}`)
  const own = page.headers.get('x-request-id')
  expect(own).toMatch(/^[0-9a-z]{12}$/)
  const forged = await fetch(`${told.url}/log/vkey`, { headers: { 'x-request-id': '{"level":"fatal"}' } })
  expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-z]{12}$/)
  await expect
    .poll(() =>
      lines(told).filter(line => line.room === 'http' && [own, 'edge-0123456789'].includes(String(line.requestId))),
    )
    .toEqual([
      expect.objectContaining({ requestId: 'edge-0123456789', method: 'GET', route: '/log/vkey', status: 200 }),
      expect.objectContaining({ requestId: own, route: '/track/[reference]', status: 200, ms: expect.any(Number) }),
    ])
})

test('the log holds no secret, no query, nothing that was typed into an address', async () => {
  const asked = [
    fetch(`${told.url}/join/9vQ2-an-invitation-that-is-secret`),
    fetch(`${told.url}/track/Maria%20Example?asked=privately`),
    fetch(`${told.url}/sign-in?next=/today`, { headers: { cookie: 'session=cookie-of-a-member' } }),
    fetch(`${told.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } }),
  ].map(async answer => {
    // A line is written once all of the answer was taken.
    await (await answer).text()
    return (await answer).headers.get('x-request-id')
  })
  const ids = await Promise.all(asked)
  const written = () => lines(told).filter(({ requestId }) => ids.includes(String(requestId)))
  await expect.poll(() => written().length).toBe(ids.length)
  expect(written().filter(({ route }) => route === '/join/[token]')).toHaveLength(1)
  for (const secret of ['an-invitation', 'Maria', 'privately', 'cookie-of-a-member', TOKEN, 'ro5es-in-spring'])
    expect(told.output(), secret).not.toContain(secret)
  expect(told.output()).not.toContain('first-run#')
})

test('every line says when, how important and from which part; the start says where it serves', async () => {
  for (const line of lines(told)) {
    expect(line).toMatchObject({
      time: expect.stringMatching(/^20.*Z$/),
      level: expect.any(String),
      room: expect.any(String),
    })
  }
  const started = lines(empty).find(({ room, msg }) => room === 'start' && msg === 'serving')
  expect(started).toMatchObject({ url: empty.url, notReady: 'not-founded' })
  // In plain words beside the log lines, for who starts a server and is to found its log.
  expect(empty.output()).toMatch(/^This log is not founded yet\. Its one-time code: ([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/m)
  expect(lines(empty).filter(line => JSON.stringify(line).includes('one-time'))).toEqual([])
})

test('a server that cannot start says so in one line with its code, and in words, and ends', async () => {
  const ended = spawnSync(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', '3999'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: 'mysql://root:tulips@localhost/log' },
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect(ended.status).toBe(1)
  expect(logLines(ended.stdout)).toEqual([
    expect.objectContaining({ level: 'fatal', room: 'start', code: 'cannot-start' }),
  ])
  expect(ended.stderr).toContain('This server cannot start. The environment cannot be used:\n  DATABASE_URL is ')
})

test('a page that cannot be made shows a number, and the log holds it with the cause, the route and the request', async ({
  page,
}) => {
  const broken = await startTold()
  try {
    hideCheckpoints(broken.database)
    const answer = await page.goto(`${broken.url}/status?asked=privately`)
    expect(answer?.status()).toBe(500)
    await expect(page.getByRole('heading', { name: 'This page could not be made' })).toBeVisible()
    const digest = await page.getByText('Ask the operator about it with this number:').locator('bdi').textContent()
    expect(lines(broken).filter(({ code }) => code === 'request-failed')).toContainEqual(
      expect.objectContaining({
        level: 'error',
        room: 'http',
        digest,
        route: '/status',
        requestId: answer?.headers()['x-request-id'],
        err: expect.objectContaining({ message: 'TableDoesNotExist', stack: expect.any(String) }),
      }),
    )
    expect(JSON.stringify(lines(broken))).not.toContain('privately')
    expect(await health(broken.url)).toMatchObject({ isReady: false, reason: 'storage' })
    expect((await fetch(`${broken.url}/healthz`)).status).toBe(200)
  } finally {
    await broken.end()
  }
})
