import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { flipByte } from './attack.fixture.ts'
import { send } from './events.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'
import { test } from './story.fixture.ts'

const NAMESPACE = 'http://www.w3.org/2005/Atom'

/** A feed as a reader takes it apart. Throws where it is not well-formed. */
async function readFeed(page: Page, text: string) {
  return page.evaluate(
    ([xml, namespace]) => {
      const parsed = new DOMParser().parseFromString(xml as string, 'application/xml')
      const problem = parsed.querySelector('parsererror')
      if (problem) throw new Error(problem.textContent ?? '')
      const children = (of: Element, name: string) =>
        [...of.children].filter(child => child.localName === name && child.namespaceURI === namespace)
      const textsOf = (of: Element, name: string) => children(of, name).map(child => child.textContent ?? '')
      const linksOf = (of: Element) =>
        children(of, 'link').map(link => [link.getAttribute('rel'), link.getAttribute('href')] as const)
      const read = (of: Element) => ({
        ids: textsOf(of, 'id'),
        titles: textsOf(of, 'title'),
        updated: textsOf(of, 'updated'),
        authors: children(of, 'author').flatMap(author => textsOf(author, 'name')),
        contents: textsOf(of, 'content'),
        links: linksOf(of),
      })
      const root = parsed.documentElement
      return { name: root.localName, ...read(root), entries: children(root, 'entry').map(read) }
    },
    [text, NAMESPACE],
  )
}

test('a stranger finds out whether the log is well, what was refused, and how to check from elsewhere', async ({
  page,
  told,
}) => {
  const { recorded } = await untilSealed(told.url)
  const { body } = await send(told.url, { event: 'no event at all\n' })
  await page.goto(`${told.url}/log`)
  await page.getByRole('contentinfo').getByRole('link', { name: 'Health of the log' }).click()
  await expect(page.getByRole('heading', { name: 'Is the log well?' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'All records are sealed' })).toBeVisible()
  const numbers = page.getByRole('region', { name: 'Numbers' })
  await expect(numbers).toContainText(`Records in all${recorded}`)
  await expect(numbers).toContainText(`Records sealed${recorded}`)
  const row = page.getByRole('region', { name: 'Refused' }).getByRole('row', { name: body.code })
  await expect(row.getByRole('cell').first()).toHaveText(/^[1-9]/)
  await expect(page.getByRole('region', { name: 'Witnesses' })).toContainText('None yet.')
  const steps = page.getByRole('region', { name: 'Check from elsewhere' })
  for (const address of ['/log/checkpoint', '/log/vkey', '/status/feed', '/status.json'])
    expect((await page.request.get(told.url + address)).status()).toBe(200)
  await expect(steps.getByRole('link')).toHaveCount(5)
  await page.getByRole('link', { name: 'Look again' }).click()
  await expect(page.getByRole('heading', { name: 'All records are sealed' })).toBeVisible()
  expect(await page.locator('link[rel=alternate][type="application/atom+xml"]').getAttribute('href')).toContain(
    '/status/feed',
  )
})

test('a monitor follows the feed: valid Atom with the newest checkpoints verbatim, asked again for next to nothing', async ({
  page,
  told,
}) => {
  await untilSealed(told.url)
  await page.goto(`${told.url}/status`)
  const answer = await fetch(`${told.url}/status/feed`)
  expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=30')
  const feed = await readFeed(page, await answer.text())
  expect(feed).toMatchObject({ name: 'feed', ids: [`${told.url}/status/feed`], authors: [told.origin] })
  expect(feed.titles).toEqual([`Health of the log ${told.origin}`])
  expect(feed.links).toEqual([
    ['self', `${told.url}/status/feed`],
    ['alternate', `${told.url}/status`],
  ])
  expect(feed.entries.length).toBeGreaterThan(0)
  for (const entry of feed.entries) {
    expect(entry.ids).toEqual([expect.stringMatching(/^tag:localhost,\d{4}-\d\d-\d\d:checkpoint\/\d+$/)])
    expect(entry.titles).toHaveLength(1)
    expect(entry.updated).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)])
    expect(entry.links).toEqual([['alternate', `${told.url}/log`]])
  }
  expect(new Set(feed.entries.flatMap(({ ids }) => ids)).size).toBe(feed.entries.length)
  expect(feed.updated).toEqual(feed.entries[0]?.updated)
  expect(feed.entries[0]?.contents).toEqual([await (await fetch(`${told.url}/log/checkpoint`)).text()])

  const etag = answer.headers.get('etag') ?? ''
  for (const known of [etag, `"another", W/${etag}`]) {
    const again = await fetch(`${told.url}/status/feed`, { headers: { 'if-none-match': known } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  }
  expect((await fetch(`${told.url}/status/feed`, { headers: { 'if-none-match': '"another"' } })).status).toBe(200)
})

test('page, feed and JSON name nobody: no party, no place, no address', async ({ told }) => {
  const texts = await Promise.all(
    ['/status', '/status/feed', '/status.json'].map(async path => (await fetch(told.url + path)).text()),
  )
  const cast = Object.values(told.story.cast).map(({ reference }) => reference)
  for (const text of texts)
    for (const named of ['Harbour Relief', 'Seaway', 'Hospital', 'Dock', '127.0.0.1', ...cast])
      expect(text).not.toContain(named)
})

test('when the log stops itself, the page, the feed and the JSON say so in words, and the server stays live', async ({
  page,
  fresh,
}) => {
  flipByte(fresh.database, `consignment/${fresh.reference('partLoad')}`)
  await page.goto(`${fresh.url}/track/${fresh.reference('partLoad')}`)
  await expect.poll(async () => (await health(fresh.url)).reason).toBe('leaf-altered')
  expect((await fetch(`${fresh.url}/healthz`)).status).toBe(200)

  await page.goto(`${fresh.url}/status`)
  await expect(page.getByRole('heading', { name: 'Nothing new is being recorded' })).toBeVisible()
  await expect(page.getByText('A record does not have the fingerprint that was signed')).toBeVisible()
  await expect(page.locator('[data-health]')).toHaveAttribute('data-health', 'read-only')
  await expectAccessible(page, 'status of a log that is read-only')
  const [alarm] = (await readFeed(page, await (await fetch(`${fresh.url}/status/feed`)).text())).entries
  expect(alarm?.titles).toEqual(['ALARM: nothing new is being recorded'])
  expect(alarm?.ids[0]).toContain(':read-only/leaf-altered/')
  expect(alarm?.links).toEqual([['alternate', `${fresh.url}/status`]])
  const json = await (await fetch(`${fresh.url}/status.json`)).json()
  expect(json).toMatchObject({ version: 1, state: 'read-only', readOnly: { code: 'leaf-altered' }, witnesses: [] })
})
