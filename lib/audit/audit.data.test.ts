import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { formatVkey, noteKey, TYPE_COSIGNATURE, vkeyFingerprint } from '../core/ledger/vkey.ts'
import { audited, codesOf, longStory, ORIGIN } from './audited.fixture.ts'
import { IndexedLog, story } from './indexed-log.fixture.ts'
import { freshFolder, serveFolder, vkeyOf, writeLog } from './served-log.fixture.ts'

test('an honest log holds, from a folder and from any file server, and from there with another fingerprint it does not', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await using server = await serveFolder(site.path)
  await using first = await freshFolder()
  await using second = await freshFolder()
  await writeLog(site.path, log)
  const here = await audited(site.path, { folder: first.path })
  expect(codesOf(here)).toEqual([])
  expect(here).toMatchObject({ leaves: log.size, head: { isKeyGiven: true, size: log.size } })
  const key = vkeyFingerprint(vkeyOf(ORIGIN))
  const there = await audited(server.url, { folder: second.path, trusted: { fingerprint: key } })
  expect(codesOf(there)).toEqual([])
  expect(there.events).toBe(here.events)
  await using third = await freshFolder()
  const other = vkeyFingerprint(vkeyOf('other.example.org'))
  expect(codesOf(await audited(server.url, { folder: third.path, trusted: { fingerprint: other } }))).toEqual([
    'log-key-other',
  ])
  const untrusted = await audited(server.url, { folder: third.path, trusted: {} })
  expect(untrusted).toMatchObject({ head: { isKeyGiven: false }, found: 0 })
})

test('a log that has grown is fetched and replayed from where the last audit stood', async () => {
  const { log, hand } = await longStory()
  await using site = await freshFolder()
  await using server = await serveFolder(site.path)
  await using folder = await freshFolder()
  await writeLog(site.path, log)
  await audited(server.url, { folder: folder.path })
  const size = log.size
  await hand('one more')
  log.index()
  await writeLog(site.path, log)
  server.asked.length = 0
  const report = await audited(server.url, { folder: folder.path })
  expect(codesOf(report)).toEqual([])
  expect(report).toMatchObject({ resumedAt: size, leaves: log.size, seen: 1 })
  expect(server.asked.filter(path => path.startsWith('tile/entries/'))).toHaveLength(1)
})

test('an audit that was interrupted goes on, and finds what an uninterrupted one finds', async () => {
  const { log } = await longStory()
  log.index(new Uint8Array(32))
  await using site = await freshFolder()
  await using folder = await freshFolder()
  await writeLog(site.path, log)
  const stop = new AbortController()
  stop.abort()
  const first = await audited(site.path, { folder: folder.path, signal: stop.signal })
  expect(first).toMatchObject({ interrupted: true, found: 0 })
  expect(first.leaves).toBeLessThan(log.size)
  const second = await audited(site.path, { folder: folder.path })
  expect(second.resumedAt).toBe(first.leaves)
  expect(codesOf(second)).toEqual([`${log.size - 1} index-false`])
})

test('what lies in the folder is not believed: an altered state, and an altered copy, are made again', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await using server = await serveFolder(site.path)
  await using folder = await freshFolder()
  await writeLog(site.path, log)
  await audited(server.url, { folder: folder.path })
  const bundle = join(folder.path, 'tile', 'entries', '000')
  const bytes = await readFile(bundle)
  bytes[700] = (bytes[700] as number) ^ 1
  await writeFile(bundle, bytes)
  const report = await audited(server.url, { folder: folder.path })
  expect(codesOf(report)).toEqual([])
  const state = join(folder.path, 'replay.state')
  await writeFile(state, (await readFile(state)).subarray(0, 1000))
  expect(await audited(server.url, { folder: folder.path })).toMatchObject({ resumedAt: 0, found: 0 })
})

test('one altered byte in a served entry or tile is found', async () => {
  const { log } = await longStory()
  for (const [path, codes] of [
    ['tile/entries/000', ['0 tile-differs', 'root-differs']],
    ['tile/0/001', ['256 tile-differs']],
    ['tile/1/000.p/2', ['tile-differs']],
  ] as const) {
    await using site = await freshFolder()
    await using folder = await freshFolder()
    await writeLog(site.path, log)
    const bytes = await readFile(join(site.path, path))
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1
    await writeFile(join(site.path, path), bytes)
    const found = codesOf(await audited(site.path, { folder: folder.path }))
    for (const code of codes) expect(found).toContain(code)
  }
})

test('a fork of what was seen before is found, and so is a log that has become smaller', async () => {
  const told = await story()
  const other = await story()
  await using site = await freshFolder()
  await using folder = await freshFolder()
  await told.hand('one')
  told.log.index()
  await writeLog(site.path, told.log)
  await audited(site.path, { folder: folder.path })
  await other.hand('two')
  other.log.index()
  await rm(site.path, { recursive: true })
  await writeLog(site.path, other.log)
  expect(codesOf(await audited(site.path, { folder: folder.path }))).toEqual(['checkpoint-forked'])

  const short = await story()
  await rm(site.path, { recursive: true })
  await writeLog(site.path, short.log)
  const codes = codesOf(await audited(site.path, { folder: folder.path }))
  expect(codes).toContain('checkpoint-behind')
})

test('a signed size without the promised index is found, and a checkpoint of another name than leaf 0 gives', async () => {
  const { log, hand } = await story()
  await hand('one')
  await using site = await freshFolder()
  await using folder = await freshFolder()
  await writeLog(site.path, log)
  expect(codesOf(await audited(site.path, { folder: folder.path }))).toEqual([`${log.size - 1} index-missing`])

  const renamed = Object.assign(new IndexedLog({ origin: 'second.example.org' }), {
    leaves: log.leaves,
    hashes: log.hashes,
  })
  renamed.clock = log.clock
  renamed.index(log.map.root())
  await using elsewhere = await freshFolder()
  await using other = await freshFolder()
  await writeLog(elsewhere.path, renamed)
  const trusted = { vkey: vkeyOf('second.example.org') }
  expect(codesOf(await audited(elsewhere.path, { folder: other.path, trusted }))).toEqual(['0 origin-differs'])
})

test('a folder holds the audit of one log: another is not mixed into it', async () => {
  const { log } = await story()
  await using site = await freshFolder()
  await using folder = await freshFolder()
  await writeLog(site.path, log)
  await audited(site.path, { folder: folder.path })
  const renamed = Object.assign(new IndexedLog({ origin: 'second.example.org' }), {
    leaves: log.leaves,
    hashes: log.hashes,
  })
  await writeLog(site.path, renamed)
  const trusted = { vkey: vkeyOf('second.example.org') }
  expect(codesOf(await audited(site.path, { folder: folder.path, trusted }))).toEqual(['folder-of-other-log'])
  expect(await readdir(join(folder.path, 'seen'))).toHaveLength(1)
})

test('a policy from elsewhere asks for witnesses: without their signature that is found, and a policy that asks for none is met', async () => {
  const { log } = await story()
  await using site = await freshFolder()
  await writeLog(site.path, log)
  const vkey = vkeyOf(ORIGIN)
  const witness = formatVkey(
    noteKey({ name: 'w.example.org', type: TYPE_COSIGNATURE, publicKey: pairOf('w').publicKey }),
  )
  for (const [quorum, codes] of [
    ['w', ['witnesses-missing']],
    ['none', []],
  ] as const) {
    await using folder = await freshFolder()
    const policy = `log ${vkey}\nwitness w ${witness}\nquorum ${quorum}\n`
    expect(codesOf(await audited(site.path, { folder: folder.path, trusted: { vkey, policy } }))).toEqual(codes)
  }
})
