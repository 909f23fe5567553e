import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect } from '@playwright/test'
import { decodeEntries } from '../lib/core/ledger/tile.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'
import { test } from './story.fixture.ts'

async function sizeOf({ url }: Told): Promise<number> {
  const note = await (await fetch(`${url}/log/checkpoint`)).text()
  return Number(note.split('\n')[1])
}

/** Bytes as sent, which `fetch` would unpack. */
const PLAIN = { headers: { 'accept-encoding': 'identity' } }

test('anyone may fetch the log’s tiles and entries from any site, and keep them', async ({ told }) => {
  // Other stories add to this log: of any size above 8 it has these.
  const width = 8
  const path = `000.p/${width}`
  const tile = await fetch(`${told.url}/log/tile/0/${path}`, PLAIN)
  const bundle = await fetch(`${told.url}/log/tile/entries/${path}`, PLAIN)
  for (const answer of [tile, bundle]) {
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('set-cookie')).toBeNull()
  }
  const entries = decodeEntries(new Uint8Array(await bundle.arrayBuffer()))
  if (!entries.ok) throw new Error(entries.code)
  const hashes = entries.value.map(entry => createHash('sha256').update(Buffer.of(0)).update(entry).digest())
  expect(Buffer.from(await tile.arrayBuffer()).equals(Buffer.concat(hashes))).toBe(true)
  expect(hashes).toHaveLength(width)
})

test('a bundle is sent packed to who takes that, and unpacks to the same bytes', async ({ told }) => {
  const address = `${told.url}/log/tile/entries/000.p/8`
  const plain = Buffer.from(await (await fetch(address, PLAIN)).arrayBuffer())
  for (const [accept, packs] of [
    ['gzip', true],
    ['br;q=1.0, gzip;q=0.8', true],
    ['gzip;q=0, identity', false],
    ['xgzip', false],
  ] as const) {
    const answer = await fetch(address, { headers: { 'accept-encoding': accept } })
    expect(answer.headers.get('content-encoding'), accept).toBe(packs ? 'gzip' : null)
    expect(answer.headers.get('vary'), accept).toMatch(/accept-encoding/i)
    // Whether unpacked by fetch or not packed at all, it is the same log.
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect((bytes.equals(plain) ? bytes : gunzipSync(bytes)).equals(plain), accept).toBe(true)
  }
})

test('what is not published is not found, and nobody may keep that', async ({ fresh }) => {
  const size = await sizeOf(fresh)
  const ask = (path: string) => fetch(`${fresh.url}/log/tile/${path}`)
  for (const path of [
    `0/000.p/${size + 1}`,
    '0/000',
    '0/001.p/1',
    '1/000.p/1',
    `entries/000.p/${size + 1}`,
    'entries/000',
  ]) {
    const answer = await ask(path)
    expect(answer.status, path).toBe(404)
    expect(answer.headers.get('cache-control'), path).toBe('no-store')
    expect(await answer.json(), path).toMatchObject({ code: 'tile-unknown' })
  }
  await send(fresh.url, bodyOf(await sign(fresh, packing(fresh.story.cast.donor).draft)))
  await untilSealed(fresh.url)
  expect((await ask(`0/000.p/${size + 1}`)).status).toBe(200)
})

test('every tile has one address', async ({ told }) => {
  for (const path of [
    '0/0',
    '0/000.p/0',
    '0/000.p/08',
    '0/000.p/256',
    '00/000.p/8',
    '0/x000/000.p/8',
    '64/000',
    'entries/000.p/8/',
    'entries',
    '0',
    'x/000',
    '-1/000',
    '0/%30%30%30.p/8x',
  ]) {
    const answer = await fetch(`${told.url}/log/tile/${path}`, { redirect: 'manual' })
    expect([404, 308], path).toContain(answer.status)
  }
})

test('the key and whom to trust are there for other programs', async ({ told }) => {
  const policy = await fetch(`${told.url}/log/policy`)
  expect(policy.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await policy.text()).toBe(`log ${told.vkey} ${told.url}/log\nquorum none\n`)
})
