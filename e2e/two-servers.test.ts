import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openFolderMemory } from '../lib/cli/folder-memory.ts'
import { fetchVkey, postTo } from '../lib/cli/post.ts'
import type { Post } from '../lib/cli/scribe.ts'
import { tellStory } from '../lib/cli/story.ts'
import { vkeyFingerprint } from '../lib/core/ledger/vkey.ts'
import { newServer } from '../lib/data/postgresql-server.fixture.ts'
import { verdict } from './report.fixture.ts'
import { health, random, type Server, startServer, untilSealed } from './server.fixture.ts'

/** Events go to the one and the other in turn, as from behind a balancer. */
function inTurn(posts: readonly Post[]): Post {
  let count = 0
  return posted => (posts[count++ % posts.length] as Post)(posted)
}

test('two servers on one PostgreSQL are one log: founded, told, sealed and read through either, and both outlive the database’s end', async ({
  browser,
}) => {
  test.setTimeout(5 * 60_000)
  const postgresql = newServer()
  const settings = {
    DATABASE_URL: postgresql.url('two_servers'),
    // Two machines, two folders: what both must have is the log's key.
    LOG_KEY: randomBytes(32).toString('base64'),
  }
  const servers: Server[] = [await startServer({ settings }), await startServer({ settings })]
  const [one, other] = servers as [Server, Server]
  try {
    const posts = servers.map(({ url, dataDir }) =>
      postTo({ url, firstRunCode: readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim() }),
    )
    const memory = openFolderMemory(one.dataDir)
    const origin = `demo.invalid/${randomBytes(5).toString('hex')}`
    const story = await tellStory({ origin, post: inTurn(posts), clock: Date.now, random, memory })
    memory.close()
    for (const { url } of servers) expect(await untilSealed(url)).toMatchObject({ isReady: true })
    const vkey = (await fetchVkey(one.url)) ?? ''
    expect(await fetchVkey(other.url)).toBe(vkey)

    const { reference } = story.consignments.find(each => each.name === 'relay') ?? { reference: '' }
    const label = `/track/${reference}#k=${vkeyFingerprint(vkey)}`
    for (const { url } of servers) {
      const page = await browser.newPage()
      await page.goto(url + label)
      await expect(page.getByRole('main')).toContainText('Delivered: Valley District Hospital signed for it.')
      await expect(verdict(page)).toContainText('Checked by your browser')
      await page.close()
    }

    postgresql.kill()
    for (const { url } of servers) {
      const page = await browser.newPage()
      await expect.poll(async () => (await page.goto(url + label))?.status()).toBe(503)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('The records cannot be read just now')
      expect(await health(url)).toMatchObject({ isReady: false, reason: 'storage' })
      await page.close()
    }
    postgresql.restart()
    for (const { url } of servers) {
      const page = await browser.newPage()
      await expect.poll(async () => (await page.goto(url + label))?.status()).toBe(200)
      await expect(verdict(page)).toContainText('Checked by your browser')
      expect(await untilSealed(url)).toMatchObject({ isReady: true })
      await page.close()
    }
  } finally {
    for (const server of servers) await server.end()
    postgresql.stop()
  }
})
