import { readFileSync, statSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { hexDecode } from '../core/bytes.ts'
import { readCosignature } from '../core/ledger/cosign.ts'
import { EMPTY_ROOT } from '../core/ledger/merkle.ts'
import { signNoteLine } from '../core/ledger/note.ts'
import { formatVkey, noteKey, parseVkey, TYPE_COSIGNATURE } from '../core/ledger/vkey.ts'
import { verifyNatively } from '../data/ed25519.ts'
import { newFolder } from '../data/folders.fixture.ts'
import { publicKeyNatively } from '../data/sign.ts'
import { originHash, witnessServer } from './server.ts'
import { openWitnessStore } from './store.ts'
import { post, runWitness, spelled, startWitness, testLog } from './witness.fixture.ts'

const NAME = ['--name', 'witness.example/w1']
const log = testLog()
const fork = testLog(log.origin, 'other')
const other = testLog('other.example/log')

type Step = {
  name: string
  request: string
  response?: string
  content_type?: string
  status: number
  witness_size_after: number
}
type Vectors = {
  keys: Record<'log' | 'witness1', { name: string; seed_hex: string; ed25519_vkey: string; cosig_vkey: string }>
  witness: { clock: number; origin_hash: string; steps: Step[] }
}

test('the published script of requests is answered byte for byte', async () => {
  const path = new URL('../core/ledger/vectors/tlog-vectors.json', import.meta.url)
  const { keys, witness } = JSON.parse(readFileSync(path, 'utf8')) as Vectors
  const store = openWitnessStore(newFolder())
  const logKey = parseVkey(keys.log.ed25519_vkey)
  if (logKey.ok) store.addLog({ key: logKey.value, url: undefined })
  const seed = hexDecode(keys.witness1.seed_hex, 32) as Uint8Array
  const vkey = formatVkey(
    noteKey({ name: keys.witness1.name, type: TYPE_COSIGNATURE, publicKey: publicKeyNatively(seed) }),
  )
  expect(vkey).toBe(keys.witness1.cosig_vkey)
  const key = { name: keys.witness1.name, seed, vkey }
  const server = witnessServer({ store, key, now: () => witness.clock, rate: 1000 })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const step of witness.steps) {
    const answer = await post(url, step.request)
    expect([step.name, answer.status]).toEqual([step.name, step.status])
    if (step.response !== undefined) expect(answer.body).toBe(step.response)
    if (step.content_type !== undefined) expect(answer.type).toBe(step.content_type)
    const latest = await (await fetch(`${url}/${witness.origin_hash}/checkpoint`)).text()
    expect(latest.split('\n').slice(0, 2)).toEqual([keys.log.name, String(step.witness_size_after)])
  }
  server.close()
  store.close()
})

test('every wrong request has the answer that the protocol gives it, and changes nothing', async () => {
  const folder = newFolder()
  await runWitness(folder, ['add-log', log.vkey, ...NAME])
  const witness = await startWitness(folder)
  const key = parseVkey(witness.vkey)
  if (!key.ok) throw new Error(key.detail)
  const latest = async () => (await fetch(`${witness.url}/${originHash(log.origin)}/checkpoint`)).text()

  expect((await fetch(`${witness.url}/${originHash(log.origin)}/checkpoint`)).status).toBe(404)
  const good = log.note(8)
  const badSignature = good.replace(/ (\S)(\S{10})\S/, ' $1$2A')
  const line = (name: string, over: string) => signNoteLine({ name, seed: other.seed, text: over })
  const text = good.slice(0, good.indexOf('\n\n') + 1)
  const hash = new Uint8Array(32)
  const most = (count: number) => Array.from({ length: count }, () => hash)
  const before: [number, string | Uint8Array][] = [
    [400, ''],
    [400, '\n'],
    [400, 'old 0\n'],
    [400, 'old 0\n\n'],
    [400, log.request(0, 8).replace('old 0', 'old')],
    [400, log.request(0, 8).replace('old 0', 'old 00')],
    [400, log.request(0, 8).replace('old 0', 'old +0')],
    [400, log.request(0, 8).replace('old 0', 'old -1')],
    [400, log.request(0, 8).replace('old 0', 'old 0 ')],
    [400, log.request(0, 8).replace('old 0', 'old 9223372036854775808')],
    [400, log.request(0, 8).replaceAll('\n', '\r\n')],
    [400, spelled({ old: 9, note: good })],
    [400, spelled({ old: 0, hashes: most(64), note: good })],
    [400, spelled({ old: 0, note: good }).replace('\n\n', '\nAAAA\n\n')],
    [400, spelled({ old: 0, note: text })],
    [400, spelled({ old: 0, note: good.replace('\n8\n', '\n08\n') })],
    [
      400,
      spelled({
        old: 0,
        note: `${text}more\n\n${signNoteLine({ name: log.origin, seed: log.seed, text: `${text}more\n` })}`,
      }),
    ],
    [400, new Uint8Array(200_000).fill(65)],
    [400, Uint8Array.of(0xff, 0xfe, 10, 10, 65)],
    [404, other.request(0, 8)],
    [404, spelled({ old: 5, hashes: most(63), note: other.note(8) })],
    [403, spelled({ old: 0, note: badSignature })],
    [403, spelled({ old: 0, note: `${text}\n${line(log.origin, text)}` })],
    [403, spelled({ old: 0, note: `${text}\n${line('stranger.example', text)}` })],
    [403, spelled({ old: 5, note: badSignature })],
    [409, log.request(5, 8)],
    [422, spelled({ old: 0, hashes: most(1), note: good })],
    [422, spelled({ old: 0, note: log.note(0, hash) })],
  ]
  for (const [status, body] of before)
    expect([String(body).slice(0, 200), (await witness.post(body)).status]).toEqual([
      String(body).slice(0, 200),
      status,
    ])
  expect((await fetch(`${witness.url}/${originHash(log.origin)}/checkpoint`)).status).toBe(404)

  const first = await witness.post(log.request(0, 8))
  expect([first.status, first.type]).toEqual([200, 'text/plain; charset=utf-8'])
  const read = await readCosignature({ lines: first.body, text, key: key.value, verify: verifyNatively })
  expect(read).toMatchObject({ ok: true, value: { line: first.body } })
  const kept = await latest()
  expect(kept).toBe(`${good}${first.body}`)

  const proof = log.proof(8, 20)
  const after: [number, string, string?][] = [
    [409, log.request(0, 20), '8\n'],
    [409, spelled({ old: 7, hashes: proof, note: log.note(20) }), '8\n'],
    [409, fork.request(5, 20), '8\n'],
    [409, log.request(0, 7), '8\n'],
    [422, fork.request(8, 20)],
    [422, fork.request(8, 8)],
    [422, spelled({ old: 8, note: log.note(20) })],
    [422, spelled({ old: 8, hashes: proof.slice(1), note: log.note(20) })],
    [422, spelled({ old: 8, hashes: [...proof, hash], note: log.note(20) })],
    [422, spelled({ old: 8, hashes: proof, note: log.note(21) })],
    [422, spelled({ old: 8, hashes: [hash], note: good })],
    [400, spelled({ old: 8, note: log.note(7) })],
    [403, spelled({ old: 8, hashes: proof, note: log.note(20).replace('\n20\n', '\n21\n') })],
  ]
  for (const [status, body, answer] of after) {
    const given = await witness.post(body)
    expect([body.slice(0, 200), given.status]).toEqual([body.slice(0, 200), status])
    if (status === 409) expect([given.body, given.type]).toEqual([answer, 'text/x.tlog.size'])
  }
  expect(await latest()).toBe(kept)

  // A stranger's line is neither counted nor handed on, and no line of ours is taken from outside.
  const forged = `— witness.example/w1 ${Buffer.alloc(76, 7).toString('base64')}\n`
  expect((await witness.post(spelled({ old: 8, hashes: proof, note: log.note(20) + forged }))).status).toBe(200)
  const [, lines = ''] = (await latest()).split('\n\n')
  expect(lines.trim().split('\n')).toHaveLength(2)
  expect(lines).not.toContain(forged)
  expect((await witness.post(log.request(20, 20))).status).toBe(200)

  expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405)
  expect((await fetch(`${witness.url}/nothing`)).status).toBe(404)
  expect(await (await fetch(witness.url)).text()).toBe(`${witness.vkey}\n`)
  expect(await witness.stop()).toBe(0)
})

test('of 32 requests at once that start from the same size exactly one is taken, by two processes on one folder too', async () => {
  const folder = newFolder()
  await runWitness(folder, ['add-log', log.vkey, ...NAME])
  const witnesses = [await startWitness(folder), await startWitness(folder)]
  expect((await witnesses[0]?.post(log.request(0, 5)))?.status).toBe(200)
  let old = 5
  for (let round = 0; round < 4; round++) {
    const sizes = Array.from({ length: 32 }, (_, i) => old + 1 + i)
    const answers = await Promise.all(
      sizes.map((size, i) => witnesses[i % witnesses.length]?.post(log.request(old, size))),
    )
    const won = sizes.filter((_, i) => answers[i]?.status === 200)
    expect(won).toHaveLength(1)
    const [size = 0] = won
    const lost = answers.filter(answer => answer?.status !== 200)
    expect(new Set(lost.map(answer => `${answer?.status} ${answer?.body}`))).toEqual(new Set([`409 ${size}\n`]))
    old = size
  }
  for (const witness of witnesses) expect(await witness.stop()).toBe(0)
})

test('what was cosigned is kept through kill -9: no request is ever answered from an older state', async () => {
  const folder = newFolder()
  await runWitness(folder, ['add-log', log.vkey, ...NAME])
  let acknowledged = 0
  for (let round = 0; round < 4; round++) {
    const witness = await startWitness(folder)
    const probe = await witness.post(spelled({ old: acknowledged + 1, note: log.note(acknowledged + 1) }))
    const known = probe.status === 409 ? Number(probe.body) : acknowledged + 1
    expect(known).toBeGreaterThanOrEqual(acknowledged)
    let size = known
    // Killed in the middle of a burst: some of these were answered, some were not.
    const burst = (async () => {
      for (let step = 0; step < 60; step++) {
        const next = await witness.post(log.request(size, size + 1))
        if (next.status !== 200) throw new Error(`${next.status} ${next.body}`)
        size++
        acknowledged = size
        if (step === 10 + round * 5) witness.child.kill('SIGKILL')
      }
    })()
    await expect(burst).rejects.toThrow()
    await witness.stop('SIGKILL')
  }
  const witness = await startWitness(folder)
  expect((await witness.post(fork.request(0, 200))).status).toBe(409)
  const { body } = await witness.post(spelled({ old: 0, note: log.note(1) }))
  expect(Number(body)).toBeGreaterThanOrEqual(acknowledged)
  expect(Number(body)).toBeLessThanOrEqual(acknowledged + 1)
  expect((await witness.post(log.request(Number(body), 250))).status).toBe(200)
  expect(await witness.stop()).toBe(0)
})

test('a log that is added again is not begun again, and a key of it may be added', async () => {
  const folder = newFolder()
  await runWitness(folder, ['add-log', log.vkey, ...NAME])
  const witness = await startWitness(folder)
  expect((await witness.post(log.request(0, 5))).status).toBe(200)
  expect(await witness.stop()).toBe(0)
  expect((await runWitness(folder, ['add-log', log.vkey])).code).toBe(0)
  expect((await runWitness(folder, ['add-log', log.vkey.replace('log.', 'lag.')])).code).toBe(1)
  expect((await runWitness(folder, ['add-log', witness.vkey])).output).toContain('it is a witness’s')
  const listed = await runWitness(folder, ['list'])
  expect(listed.output).toContain(`${log.origin}  5 leaves`)
  const store = openWitnessStore(folder)
  expect(store.log(log.origin)?.head.size).toBe(5n)
  const old = { size: 5n, rootHash: log.rootAt(5) }
  const back = { origin: log.origin, old, head: { size: 0n, rootHash: EMPTY_ROOT }, note: '', cosignedAt: 1 }
  expect(() => store.replace(back)).toThrow('a log only grows')
  store.close()
})

test('a witness’s key is its owner’s alone, and its name stays', async () => {
  const folder = newFolder()
  expect((await runWitness(folder, ['list'])).output).toContain('--name')
  expect((await runWitness(folder, ['list', '--name', 'a b'])).code).toBe(1)
  expect((await runWitness(folder, ['list', ...NAME])).code).toBe(0)
  expect(statSync(join(folder, 'witness.key')).mode & 0o777).toBe(0o600)
  expect((await runWitness(folder, ['list', '--name', 'witness.example/w2'])).output).toContain('witness.example/w1')
  expect((await runWitness(folder, ['forget-log', log.vkey])).code).toBe(2)
})

test('one address that asks too often is told to wait', async () => {
  const folder = newFolder()
  await runWitness(folder, ['list', ...NAME])
  const witness = await startWitness(folder, ['--rate', '1'])
  const answers = await Promise.all(Array.from({ length: 20 }, () => fetch(witness.url)))
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter(status => status === 200).length).toBeGreaterThanOrEqual(8)
  const late = answers.find(({ status }) => status === 429)
  expect(late?.headers.get('retry-after')).toBe('5')
  expect(await witness.stop()).toBe(0)
})
