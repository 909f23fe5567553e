import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { postTo } from '../lib/cli/post.ts'
import type { Posted } from '../lib/cli/scribe.ts'
import { countLeaves } from './attack.fixture.ts'
import { foundWithParties, presignFor } from './bench/dataset.ts'
import { logLines } from './lines.fixture.ts'
import { health, type Server, startServer, untilSealed } from './server.fixture.ts'

test.describe.configure({ timeout: 3 * 60_000 })

let server: Server
test.beforeEach(async () => {
  server = await startServer()
})
test.afterEach(async () => {
  await server.end()
})

type Told = {
  readonly posted: Posted
  readonly status: number | undefined
  readonly code?: string
  readonly wait?: string | null
  readonly hash?: string
}

/** What a client that gives up at the first refusal was told of its event; no status: there was no answer. */
async function deliver(posted: Posted): Promise<Told> {
  const body = JSON.stringify({ event: posted.note, openings: posted.openings })
  try {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/api/events`, { method: 'POST', headers, body })
    const { code, eventHash } = (await answer.json()) as { code?: string; eventHash?: string }
    const wait = answer.headers.get('retry-after')
    return { posted, status: answer.status, wait, ...(code && { code }), ...(eventHash && { hash: eventHash }) }
  } catch {
    return { posted, status: undefined }
  }
}

/** A request of which all but the last eight bytes have reached the server. */
function hang(): Promise<ReturnType<typeof connect>> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => {})
  const head = ['POST /api/events HTTP/1.1', 'host: localhost', 'content-type: application/json', 'content-length: 9']
  socket.write(`${[...head, 'expect: 100-continue'].join('\r\n')}\r\n\r\n{`)
  // "100 Continue": it has begun.
  return new Promise(resolve => socket.once('data', () => resolve(socket)))
}

test('SIGTERM under load: what was acknowledged is there and sealed before the end, what was not is refused with a time to come back, exit 0', async () => {
  const firstRunCode = readFileSync(join(server.dataDir, 'first-run.code'), 'utf8').trim()
  const parties = await foundWithParties('demo.invalid/stopping', postTo({ url: server.url, firstRunCode }))
  const queues = await presignFor(parties, { callers: 24, events: 4800 })
  const told: Told[] = []
  let acknowledged = 0
  const callers = queues.map(async queue => {
    for (const posted of queue) {
      const answer = await deliver(posted)
      told.push(answer)
      if (answer.status !== 201) return
      acknowledged++
      if (acknowledged === 300) server.signal('SIGTERM')
    }
  })
  await Promise.all(callers)
  expect(await server.ended()).toBe(0)

  const accepted = told.filter(({ status }) => status === 201)
  expect(accepted.length).toBeGreaterThanOrEqual(300)
  for (const { status, code, wait } of told.filter(({ status }) => status !== 201 && status !== undefined))
    expect({ status, code, wait }).toEqual({ status: 503, code: 'stopping', wait: '5' })
  // The database as it was left: nothing is recorded that no checkpoint covers, and nothing was recorded unheard.
  const { recorded, sealed } = countLeaves(server.database)
  expect(sealed).toBe(recorded)
  expect(recorded).toBeGreaterThanOrEqual(10 + accepted.length)
  expect(
    logLines(server.output())
      .filter(({ room }) => room === 'stop')
      .map(({ msg }) => msg),
  ).toEqual(['stopping: nothing new is taken', 'stopped'])

  await server.restart()
  expect(await health(server.url)).toMatchObject({ isReady: true, recorded, sealed })
  for (const { hash } of accepted) expect((await fetch(`${server.url}/api/events/${hash}/proof`)).status).toBe(200)
  for (const { posted } of told.filter(({ status }) => status !== 201))
    expect([200, 201]).toContain((await deliver(posted)).status)
  await untilSealed(server.url)
})

test('a request that had begun is still answered: an orderly end waits for it', async () => {
  const socket = await hang()
  server.signal('SIGTERM')
  await expect.poll(() => server.output(), { intervals: [10] }).toContain('stopping: nothing new is taken')
  const answer = new Promise<string>(resolve => socket.once('data', bytes => resolve(String(bytes))))
  socket.write('"a":1}  ')
  expect(await answer).toContain('HTTP/1.1 ')
  expect(await server.ended()).toBe(0)
})

test('a second signal ends it at once; two within a second are one wish, as Ctrl+C reaches a server and the command that started it', async () => {
  await hang()
  const since = Date.now()
  const again = setInterval(() => server.signal('SIGINT'), 100)
  expect(await server.ended()).toBe(130)
  clearInterval(again)
  expect(Date.now() - since).toBeGreaterThan(1000)
  expect(server.output()).toContain('Ended at once by a second SIGINT.')
})

test('a request that hangs does not hold up the end for ever: the database is closed in order, the log names the step, exit 1', async () => {
  await hang()
  const since = Date.now()
  server.signal('SIGTERM')
  expect(await server.ended()).toBe(1)
  expect(Date.now() - since).toBeLessThan(9_000)
  expect(existsSync(`${server.database}-wal`)).toBe(false)
  expect(logLines(server.output())).toContainEqual(
    expect.objectContaining({ level: 'error', room: 'stop', code: 'stop-failed', step: 'answers' }),
  )
})
