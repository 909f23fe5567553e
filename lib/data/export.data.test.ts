import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { decodeEntries } from '../core/ledger/tile.ts'
import { submit } from './append.ts'
import { type ExportStep, exportLog } from './export.ts'
import { newFolder } from './folders.fixture.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { publishedEntries, publishedTile } from './log-tiles.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'

async function ended(steps: AsyncGenerator<ExportStep>): Promise<ExportStep | undefined> {
  let last: ExportStep | undefined
  for await (const step of steps) last = step
  return last
}

/** A log of `size` leaves, signed; it promises no index, so that every size may be. */
async function logOf(size: number) {
  const founded = await foundedLog(freshSettings(), { index: false })
  const { live, log, donor } = founded
  const missing = Math.max(0, size - 8)
  const packings = await Promise.all(Array.from({ length: missing }, (_, i) => live.packing(donor, `pallet ${i}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  await publish(log)
  return founded
}

const sha256 = (...parts: Uint8Array[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** RFC 6962 root, written for this test from the RFC's own recursion. */
function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256()
  const [only] = hashes
  if (hashes.length === 1 && only) return only
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return sha256(Buffer.of(1), rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}

/** What a reader who knows only C2SP's paths finds in the folder: the checkpoint's size and root, and the root its entries come to. */
function readTree(folder: string) {
  const [origin, size, root] = readFileSync(join(folder, 'checkpoint'), 'utf8').split('\n')
  const entries: Uint8Array[] = []
  for (let at = 0; at < Number(size); at += 256) {
    const width = Math.min(256, Number(size) - at)
    const name = `${String(at / 256).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`
    const bundle = decodeEntries(readFileSync(join(folder, 'tile/entries', name)))
    if (!bundle.ok) throw new Error(bundle.code)
    const hashes = bundle.value.map(entry => sha256(Buffer.of(0), entry))
    expect(readFileSync(join(folder, 'tile/0', name)).equals(Buffer.concat(hashes))).toBe(true)
    entries.push(...bundle.value)
  }
  return {
    origin,
    size: Number(size),
    root,
    entries: entries.map(entry => Buffer.from(entry)),
    computed: rootOf(entries.map(entry => sha256(Buffer.of(0), entry))).toString('base64'),
  }
}

for (const size of [8, 255, 256, 257]) {
  test(`a log of ${size} leaves, written as files, is that log for a reader who knows only the paths`, async () => {
    const { log, settings } = await logOf(size)
    const folder = newFolder()
    expect(await ended(exportLog({ url: settings.databaseUrl, folder }))).toMatchObject({ step: 'end', size })
    const tree = readTree(folder)
    expect(tree).toMatchObject({ origin: log.founding?.origin, size, root: tree.computed })
    expect(existsSync(join(folder, 'tile/1'))).toBe(size >= 256)
    await closeLog(log)
  })
}

test('a log with an index, written as files, ends in an index leaf', async () => {
  const { live, log, donor, settings } = await foundedLog()
  const packings = await Promise.all(Array.from({ length: 300 }, (_, i) => live.packing(donor, `pallet ${i}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  await closeLog(log)
  const folder = newFolder()
  expect(await ended(exportLog({ url: settings.databaseUrl, folder }))).toMatchObject({ step: 'end' })
  const tree = readTree(folder)
  expect(tree.root).toBe(tree.computed)
  expect(tree.entries.at(-1)?.subarray(0, 21).toString()).toBe('throughline/index/v1 ')
})

test('what is published is answered at every width, and nothing beyond it', async () => {
  const { live, log, donor } = await logOf(300)
  const full = await publishedTile({ level: 0, index: 0, width: 256 }, log)
  for (const width of [1, 255, 256]) {
    const tile = await publishedTile({ level: 0, index: 0, width }, log)
    expect(Buffer.from(tile ?? [])).toEqual(Buffer.from(full?.subarray(0, 32 * width) ?? []))
  }
  expect(await publishedTile({ level: 0, index: 1, width: 44 }, log)).toHaveLength(44 * 32)
  expect(await publishedTile({ level: 1, index: 0, width: 1 }, log)).toHaveLength(32)
  const beyond = [
    { level: 0, index: 1, width: 45 },
    { level: 0, index: 1, width: 256 },
    { level: 0, index: 2, width: 1 },
    { level: 1, index: 0, width: 2 },
    { level: 2, index: 0, width: 1 },
    { level: 63, index: 0, width: 1 },
  ]
  for (const address of beyond) expect(await publishedTile(address, log), JSON.stringify(address)).toBeUndefined()
  // A timer that is set keeps the publisher from setting its own.
  log.publisher.timer = setTimeout(() => {}, 600_000)
  await submit(await live.packing(donor, 'recorded, not signed for yet'), log)
  expect(await publishedEntries({ index: 1, width: 45 }, log)).toBeUndefined()
  expect(await publishedEntries({ index: 1, width: 44 }, log)).toBeDefined()
  await closeLog(log)
})

test('written again it adds what is new and keeps what cannot have changed', async () => {
  const { live, log, donor, settings } = await logOf(260)
  const folder = newFolder()
  const url = settings.databaseUrl
  await ended(exportLog({ url, folder }))
  const packings = await Promise.all([1, 2, 3].map(i => live.packing(donor, `later ${i}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  await publish(log)
  expect(await ended(exportLog({ url, folder }))).toMatchObject({ step: 'end', size: 263, kept: 2 })
  const tree = readTree(folder)
  expect(tree).toMatchObject({ size: 263, root: tree.computed })
  await closeLog(log)
})

test('a folder that holds another log, a newer one, a changed one or tiles alone is left as it is', async () => {
  const [one, other] = [await logOf(10), await logOf(12)]
  const url = one.settings.databaseUrl
  const folder = newFolder()
  await ended(exportLog({ url: other.settings.databaseUrl, folder }))
  const before = readFileSync(join(folder, 'checkpoint'), 'utf8')
  // Both logs have one name here: to a reader they are one log that forked.
  expect(await ended(exportLog({ url, folder }))).toEqual({ step: 'refused', code: 'folder-ahead' })
  const shorter = before.replace('\n12\n', '\n9\n')
  writeFileSync(join(folder, 'checkpoint'), shorter)
  expect(await ended(exportLog({ url, folder }))).toEqual({ step: 'refused', code: 'folder-differs' })
  writeFileSync(join(folder, 'checkpoint'), before.replace(/^[^\n]+/, 'other.example/log'))
  expect(await ended(exportLog({ url, folder }))).toEqual({ step: 'refused', code: 'other-log' })
  rmSync(join(folder, 'checkpoint'))
  expect(await ended(exportLog({ url, folder }))).toEqual({ step: 'refused', code: 'folder-unreadable' })
  expect(readdirSync(folder)).toEqual(['tile'])
  await closeLog(one.log)
  await closeLog(other.log)
})
