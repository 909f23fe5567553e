import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { audited, codesOf, longStory } from './audited.fixture.ts'
import { type Answer, freshFolder, serveFolder, writeLog } from './served-log.fixture.ts'

const ENTRIES = 'tile/entries/000'
const hostile: readonly (readonly [string, Answer, string])[] = [
  [
    'points elsewhere',
    response => response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
    'source-redirects',
  ],
  [
    'announces more than a bundle can hold',
    response => response.writeHead(200, { 'content-length': 2 ** 34 }).end(),
    'too-large',
  ],
  ['never stops sending', response => pour(response), 'too-large'],
  [
    'unpacks to more than a bundle can hold',
    response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB),
    'too-large',
  ],
  ['cuts off in the middle', response => response.writeHead(200).end(Buffer.of(0, 9, 1)), 'entries-malformed'],
  ['hands out too few', response => response.writeHead(200).end(Buffer.of(0, 1, 1)), 'entries-malformed'],
  ['is forbidden', response => response.writeHead(403).end(), 'source-refuses'],
  ['has no such bundle', response => response.writeHead(404).end(), 'not-there'],
]
const BOMB = gzipSync(Buffer.alloc(40 * 2 ** 20))

/** Until the reader goes away. */
function pour(response: Parameters<Answer>[0]): void {
  const chunk = Buffer.alloc(2 ** 18)
  const more = () => {
    if (!response.destroyed) response.write(chunk, more)
  }
  more()
}

test('a server that redirects, floods, lies about lengths or withholds is refused by name, and nothing is found against the log', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await writeLog(site.path, log)
  for (const [what, answer, code] of hostile) {
    await using server = await serveFolder(site.path, { [ENTRIES]: answer })
    await using folder = await freshFolder()
    const report = await audited(server.url, { folder: folder.path })
    expect([what, ...codesOf(report)]).toEqual([what, code])
  }
})

test('an audit that ends early leaves nothing behind that still fetches or writes', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await writeLog(site.path, log)
  const second = 'tile/entries/001'
  let isOver = false
  await using server = await serveFolder(site.path, {
    [ENTRIES]: response => response.writeHead(403).end(),
    [second]: response => {
      response.on('close', () => {
        isOver = true
      })
      setTimeout(() => response.writeHead(404).end(), 100)
    },
  })
  await using folder = await freshFolder()
  expect(codesOf(await audited(server.url, { folder: folder.path }))).toEqual(['source-refuses'])
  expect(server.asked).toContain(second)
  expect(isOver).toBe(true)
})

test('a tile of another length is refused', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await writeLog(site.path, log)
  await using server = await serveFolder(site.path, { 'tile/0/000': response => response.end(Buffer.alloc(31)) })
  await using folder = await freshFolder()
  expect(codesOf(await audited(server.url, { folder: folder.path }))).toEqual(['tile-length'])
})

test('what fails in passing is asked for again', async () => {
  const { log } = await longStory()
  await using site = await freshFolder()
  await writeLog(site.path, log)
  let failures = 2
  await using server = await serveFolder(site.path, {
    [ENTRIES]: response => {
      if (failures-- <= 0) return false
      response.writeHead(503, { 'retry-after': '0' }).end()
      return undefined
    },
  })
  await using folder = await freshFolder()
  const report = await audited(server.url, { folder: folder.path })
  expect(codesOf(report)).toEqual([])
  expect(server.asked.filter(path => path === ENTRIES)).toHaveLength(3)
})
