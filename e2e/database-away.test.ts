import { expect, test } from '@playwright/test'
import { closeLog, openLog } from '../lib/data/open-log.ts'
import { newServer } from '../lib/data/postgresql-server.fixture.ts'
import { makePeople, signInAs } from './accounts.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { startFounded } from './founded.fixture.ts'
import { addressOf, allRoutes } from './routes.fixture.ts'
import { untilSealed } from './server.fixture.ts'

/** What answers without the records, and with what. */
const WITHOUT: Readonly<Record<string, number>> = {
  '/healthz': 200,
  '/metrics': 200,
  '/t/[reference]': 307,
  // These take what is posted alone; that is posted below.
  '/api/events': 405,
  '/api/checkpoints': 405,
}

/** Of the server, the driver, the database and this program's own files. */
const INTERNALS = /postgres|PGSQL|prisma|ECONN|ENOENT|socket|connection|\/tmp|\.ts:|node_modules| at [A-Z]\w+\./

test('while the database is away every address says so, for how long, and nothing of the inside; afterwards all is as before', async () => {
  test.setTimeout(5 * 60_000)
  const postgresql = newServer()
  const databaseUrl = postgresql.url('away')
  const secret = 'metrics-for-this-test-alone'
  const server = await startFounded({ DATABASE_URL: databaseUrl, METRICS_TOKEN: secret })
  const { url, dataDir, cast } = server
  try {
    const log = await openLog({ dataDir, databaseUrl, isDemo: false })
    await makePeople(server, log)
    await closeLog(log)
    const { id, draft } = packing(cast.donor)
    const packed = await sign(server, draft)
    expect((await send(url, bodyOf(packed))).status).toBe(201)
    await untilSealed(url)
    const cookie = await signInAs(url, 'amal')
    const values = { reference: id, hash: packed.hash, token: 'A'.repeat(27), party: cast.donor.reference }
    const get = (path: string, more: Readonly<Record<string, string>> = {}) =>
      fetch(`${url}${path}`, { redirect: 'manual', headers: { cookie, authorization: `Bearer ${secret}`, ...more } })
    const posts = () => ({
      event: send(url, bodyOf(packed)),
      checkpoint: fetch(`${url}/api/checkpoints`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: 'relief.example/log\n0\n\n',
      }),
      signIn: fetch(`${url}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify({ email: 'amal@relief.example', password: 'wrong' }),
      }),
    })
    const addresses = allRoutes().map(route => ({ ...route, path: addressOf(route, values) }))
    const paths = [
      ...new Set([...addresses.map(each => each.path), '/log/tile/entries/000.p/4', '/log/tile/0/000.p/4']),
    ]
    const before = new Map<string, number>()
    for (const path of paths) before.set(path, (await get(path)).status)
    expect([...before.values()].filter(status => status >= 500)).toEqual([])

    postgresql.kill()
    for (const { folder, path } of addresses) {
      for (const encoding of ['identity', 'gzip']) {
        const answer = await get(path, { 'accept-encoding': encoding })
        const text = await answer.text()
        expect(answer.status, path).toBe(WITHOUT[folder] ?? 503)
        if (answer.status === 503) expect(answer.headers.get('retry-after'), path).toMatch(/^[1-9]$/)
        if (folder !== '/metrics') expect(text, path).not.toMatch(INTERNALS)
      }
    }
    const bundle = await get('/log/tile/entries/000.p/4', { 'accept-encoding': 'gzip' })
    expect([bundle.status, await bundle.json()]).toEqual([503, expect.objectContaining({ code: 'database-away' })])
    expect(await (await get('/metrics')).text()).toMatch(/^throughline_ready 0$/m)
    const { event, checkpoint, signIn } = posts()
    expect(await event).toMatchObject({ status: 503, body: { code: 'storage' } })
    for (const answer of [await checkpoint, await signIn]) {
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
      expect(await answer.json()).toMatchObject({ code: 'database-away' })
    }

    postgresql.restart()
    await expect.poll(async () => (await get('/log/checkpoint')).status).toBe(200)
    for (const path of paths) expect((await get(path)).status, path).toBe(before.get(path))
    const again = posts()
    expect((await again.event).status).toBe(200)
    expect([(await again.checkpoint).status, (await again.signIn).status]).toEqual([404, 401])
  } finally {
    await server.end()
    postgresql.stop()
  }
})
