import { generateKeyPairSync } from 'node:crypto'
import { expect } from '@playwright/test'
import { base64Encode, utf8Encode } from '../lib/core/bytes.ts'
import { signCheckpoint } from '../lib/core/ledger/checkpoint.ts'
import { LIMITS } from '../lib/data/standing.ts'
import { checkpointOf, recordMore, snapshotOf } from './memory.fixture.ts'
import { verdict } from './report.fixture.ts'
import { health, random } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

type Headers = Readonly<Record<string, string>>

const handIn = (url: string, body: string | Uint8Array, headers: Headers = {}) =>
  fetch(`${url}/api/checkpoints`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: body as BodyInit,
  })

test('what this log has signed is taken from anyone, without a cookie, and what it has not signed stops nothing', async ({
  fresh,
}) => {
  const { note, size } = await checkpointOf(fresh.url)
  const old = await (await fetch(`${fresh.url}/api/evidence/${fresh.reference('relay')}?size=0`)).status
  expect(old).toBe(404)
  const known = await handIn(fresh.url, note, { origin: 'https://elsewhere.example' })
  expect(known.status).toBe(204)
  expect(known.headers.get('set-cookie')).toBeNull()
  expect(known.headers.get('access-control-allow-origin')).toBe('*')
  await recordMore(fresh, 2)
  // An old honest one is what most visitors hold.
  expect((await handIn(fresh.url, note)).status).toBe(204)

  const seed = random(32)
  const { origin } = fresh
  const forged = signCheckpoint({ checkpoint: { origin, size: 9_999n, rootHash: random(32) }, seed, name: origin })
  const [text = '', line = ''] = note.split('\n\n')
  const grown = text.replace(`\n${size}\n`, `\n${size + 1000}\n`)
  for (const [what, body] of [
    ['nothing', ''],
    ['no note', 'hello'],
    ['bytes', new Uint8Array([0xff, 0xfe, 0, 1, 2])],
    ['a line end of another system', note.replaceAll('\n', '\r\n')],
    ['another log’s key under our name', forged],
    ['our signature under a larger tree', `${grown}\n\n${line}`],
    [
      'our signature, one character changed',
      note.replace(/(.{20})(.)(.*\n)$/, (_, a, b, c) => `${a}${b === 'A' ? 'B' : 'A'}${c}`),
    ],
    ['our checkpoint without a signature', `${text}\n\n`],
    ['an extension line', `${text}\nmore\n\n${line}`],
    ['a hundred and one lines', `${text}\n\n${line.repeat(101)}`],
  ] as const) {
    const answer = await handIn(fresh.url, body)
    expect({ what, status: answer.status, code: (await answer.json()).code }).toEqual({
      what,
      status: 404,
      code: 'checkpoint-not-ours',
    })
  }
  expect(await health(fresh.url)).toMatchObject({ isReady: true })
  expect((await fetch(`${fresh.url}/api/checkpoints/handed-in`)).status).toBe(404)
})

test('a body that is huge, of another type, or one of thousands is refused before it costs anything', async ({
  fresh,
}) => {
  const { note } = await checkpointOf(fresh.url)
  const [text = '', line = ''] = note.split('\n\n')
  const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })
  // Just below the cap: as many lines by others as fit, and ours last.
  const stranger = `\u2014 witness.example ${base64Encode(key)}\n`
  const lines = Math.min(90, Math.floor((16_384 - note.length) / utf8Encode(stranger).length) - 1)
  expect((await handIn(fresh.url, `${text}\n\n${stranger.repeat(lines)}${line}`)).status).toBe(204)
  const huge = await handIn(fresh.url, 'x'.repeat(16 * 1024 + 1))
  expect([huge.status, (await huge.json()).code]).toEqual([413, 'body-too-large'])
  const endless = new ReadableStream({
    pull: controller => controller.enqueue(new Uint8Array(64 * 1024)),
  })
  const streamed = await fetch(`${fresh.url}/api/checkpoints`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: endless,
    duplex: 'half',
  } as RequestInit).catch(() => undefined)
  expect(streamed === undefined || streamed.status === 413).toBe(true)
  const other = await handIn(fresh.url, note, { 'content-type': 'application/json' })
  expect([other.status, (await other.json()).code]).toEqual([415, 'body-not-text'])

  const { most } = LIMITS.checkpoints
  const flood = { 'x-forwarded-for': '203.0.113.9' }
  const statuses = new Map<number, number>()
  for (let round = 0; round < 20; round++) {
    const answers = await Promise.all(Array.from({ length: 100 }, () => handIn(fresh.url, note, flood)))
    for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1)
  }
  expect([...statuses.keys()].sort()).toEqual([204, 429])
  expect(statuses.get(204)).toBeLessThanOrEqual(most + LIMITS.checkpoints.step)
  expect((await handIn(fresh.url, note, flood)).headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
  // Nobody else waits for it.
  expect((await handIn(fresh.url, note, { 'x-forwarded-for': '203.0.113.10' })).status).toBe(204)
  expect(await health(fresh.url)).toMatchObject({ isReady: true })
})

test('a server set back to an old snapshot is told by anyone who kept a checkpoint: it signs nothing more, also after a restart', async ({
  fresh,
}) => {
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 2)
  const { note } = await checkpointOf(fresh.url)
  await snapshot.restore()
  snapshot.drop()
  expect(await health(fresh.url)).toMatchObject({ isReady: true })
  const alarm = await handIn(fresh.url, note)
  expect([alarm.status, (await alarm.json()).code]).toEqual([409, 'checkpoint-alarm'])
  expect(await health(fresh.url)).toMatchObject({ isReady: false, reason: 'database-behind' })
  expect(await (await fetch(`${fresh.url}/api/checkpoints/handed-in`)).text()).toBe(note)
  const shown = await checkpointOf(fresh.url)
  await fresh.restart()
  expect(await health(fresh.url)).toMatchObject({ isReady: false, reason: 'database-behind' })
  expect((await handIn(fresh.url, note)).status).toBe(409)
  expect((await checkpointOf(fresh.url)).note).toBe(shown.note)
})

test('a member’s own device hands in what it holds when a day has passed: a restored server learns of it without any visitor', async ({
  page,
  fresh,
}) => {
  const snapshot = await snapshotOf(fresh)
  await recordMore(fresh, 1)
  await page.goto(labelOf(fresh, fresh.reference('relay')))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await page.goto('about:blank')
  await snapshot.restore()
  snapshot.drop()
  await page.clock.setSystemTime(Date.now() + 26 * 60 * 60_000)
  await page.goto(`${fresh.url}/enter`)
  await page.getByRole('button', { name: 'Harbour Relief' }).click()
  await expect.poll(async () => (await health(fresh.url)).isReady).toBe(false)
  // Behind at first; what the day's work added to the old snapshot makes it another history.
  expect((await health(fresh.url)).reason).toMatch(/^database-(behind|differs)$/)
})
