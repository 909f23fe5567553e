import { expect, type Page } from '@playwright/test'
import type { ConsignmentView } from '../lib/core/custody/views.ts'
import { bodyOf, send, sign } from './events.fixture.ts'
import { untilChecked, verdict } from './report.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const viewOf = async (page: Page) => JSON.parse((await page.locator('#view').textContent()) ?? '') as ConsignmentView

/** The taker of the open release signs for all of it; waits until that is sealed. */
async function takeAll(page: Page, told: Told): Promise<void> {
  const view = await viewOf(page)
  const open = view.handoffs.find(handoff => handoff.status === 'open')
  const actor = Object.values(told.story.cast).find(each => each.reference === open?.taker)
  if (!open || !actor) throw new Error('nothing waits to be taken')
  const lines = open.gave.map(({ line, condition, quantity }) => ({ line, condition, received: String(quantity) }))
  const signed = await sign(told, {
    actor,
    id: view.reference,
    after: view.head,
    kind: 'receive',
    body: { release: open.release, lines },
  })
  expect(await send(told.url, bodyOf(signed))).toMatchObject({ status: 201, body: { inEffect: true } })
  await untilSealed(told.url)
}

const stepsOn = (page: Page) => page.getByRole('list', { name: 'From need to receipt' }).getByRole('listitem')

test('five steps from need to receipt: what is not recorded here says so, a relay was passed on, the consignee received', async ({
  page,
  told,
}) => {
  await page.goto(labelOf(told, told.reference('relay')))
  await expect(stepsOn(page)).toHaveText([
    /^Needed\s*not recorded here$/,
    /^Pledged\s*not recorded here$/,
    /^Dispatched\s*\d+ \w+ \d{4}$/,
    /^On the way\s*passed on 2 times$/,
    /^Received\s*\d+ \w+ \d{4}$/,
  ])
  await expect(page.getByRole('region', { name: 'Who held it' })).toContainText('7 events')
  // How many there are is proven by the index, not said by the page.
  await expect(page.getByText('7 of 7 events')).toBeVisible()
})

test('what was offered and not taken is not dispatched, and a short delivery says how much of how much', async ({
  page,
  told,
}) => {
  await page.goto(labelOf(told, told.reference('waiting')))
  await expect(stepsOn(page).nth(2)).toHaveText(/offered, not confirmed/)
  await expect(stepsOn(page).nth(4)).toHaveText(/not yet/)
  await page.goto(labelOf(told, told.reference('partLoad')))
  await expect(stepsOn(page).nth(4)).toContainText('476 blankets of 480 blankets')
})

test('a map shows where it was signed for, and the list beside it says the same', async ({ page, told }) => {
  await page.goto(labelOf(told, told.reference('relay')))
  const way = page.getByRole('region', { name: 'Where it went' })
  await expect(way.getByRole('img')).toHaveAttribute('aria-label', /1 Netherlands, 2 Mozambique, 3 Malawi/)
  await expect(way.getByRole('heading', { level: 3 })).toHaveText([
    'Harbour Relief, warehouse 3, Rotterdam · Netherlands',
    'Port of Beira, shed 7 · Mozambique',
    'Valley District Hospital, goods-in · Malawi',
  ])
  await expect(way).toContainText('From 1 to 2 with Seaway Freight')
  await expect(way).toContainText('From 2 to 3 with Northline Transport')
  await expect(way).toContainText('are not roads')
  await way.getByRole('link', { name: 'Delivered to Valley District Hospital' }).click()
  await expect(page).toHaveURL(/#record-\d+$/)
})

test('the map keeps the page light: all of its HTML stays under 50 kB compressed', async ({ told }) => {
  const answer = await fetch(`${told.url}/track/${told.reference('relay')}`)
  const html = new Uint8Array(await answer.arrayBuffer())
  const { gzipSync } = await import('node:zlib')
  expect(gzipSync(html).length).toBeLessThan(50_000)
})

test('the address is copied with the part that names the log’s key', async ({ page, context, told }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(labelOf(told, told.reference('relay')))
  await untilChecked(page)
  await page.getByRole('button', { name: 'Copy the address' }).click()
  await expect(page.getByText('The address is copied.')).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(`${told.url}/track/${told.reference('relay')}#k=${told.fingerprint}`)
})

test('where the browser refuses to copy, the address stands there to be copied by hand', async ({ page, told }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('denied')) } })
  })
  await page.goto(labelOf(told, told.reference('relay')))
  await untilChecked(page)
  await page.getByRole('button', { name: 'Copy the address' }).click()
  await expect(page.getByLabel(/copied by hand/)).toHaveValue(new RegExp(`#k=${told.fingerprint}$`))
})

test('a device that can share is asked to, with the whole address', async ({ page, told }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', {
      value: async (given: { url: string }) => {
        document.title = `shared ${given.url}`
      },
    })
  })
  await page.goto(labelOf(told, told.reference('relay')))
  await untilChecked(page)
  await page.getByRole('button', { name: 'Share' }).click()
  await expect(page).toHaveTitle(`shared ${told.url}/track/${told.reference('relay')}#k=${told.fingerprint}`)
})

test('on paper stand the address as a code, the log’s key and the list it was printed from, and no buttons', async ({
  page,
  told,
}) => {
  await page.goto(labelOf(told, told.reference('relay')))
  await untilChecked(page)
  const foot = page.getByText('This sheet is a copy')
  await expect(foot).toBeHidden()
  await page.emulateMedia({ media: 'print' })
  await expect(foot).toBeVisible()
  await expect(page.getByText(told.fingerprint.match(/.{1,4}/g)?.join(' ') ?? '')).toBeVisible()
  await expect(page.getByText(`${told.url}/track/${told.reference('relay')}`)).toBeVisible()
  await expect(page.getByText(/^Printed from the list of \d+ records/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy the address' })).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Try to cheat' })).toBeHidden()
})

test('who comes back is told what is new since, and a second look does not take it away', async ({ page, fresh }) => {
  const label = labelOf(fresh, fresh.reference('waiting'))
  const firstDay = new Date('2027-05-03T10:00:00Z')
  await page.clock.setFixedTime(firstDay)
  await page.goto(label)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(page.getByText(/since your visit/)).toHaveCount(0)
  await takeAll(page, fresh)

  await page.clock.setFixedTime(new Date('2027-05-20T10:00:00Z'))
  for (const look of ['first', 'again']) {
    await page.goto('about:blank')
    await page.goto(label)
    await expect(page.getByText('1 event since your visit on 3 May 2027'), look).toBeVisible()
    const fresh = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: /^Passed on/ }) })
    await expect(fresh.getByText('new', { exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: /^Passed on to Seaway Freight/ }).first()).toBeVisible()
  }
  await page.clock.setFixedTime(new Date('2027-06-01T10:00:00Z'))
  await page.goto('about:blank')
  await page.goto(label)
  await expect(page.getByText('Nothing new since your visit on 20 May 2027.')).toBeVisible()
  await expect(page.getByText('new', { exact: true })).toHaveCount(0)
})

test('other sites get a title and a picture that name no party and claim no check', async ({ page, told }) => {
  const reference = told.reference('openRelease')
  await page.goto(`${told.url}/track/${reference}`)
  const meta = async (name: string) =>
    (await page.locator(`meta[property="${name}"], meta[name="${name}"]`).first().getAttribute('content')) ?? ''
  expect(await meta('og:title')).toBe('Therapeutic food paste, 92 g sachet, 450 sachets')
  expect(await meta('twitter:card')).toBe('summary_large_image')
  const said = [await meta('og:title'), await meta('og:description'), await meta('og:image:alt')].join('\n')
  expect(said).toContain('450 sachets')
  for (const { name } of (await viewOf(page)).parties) if ('value' in name) expect(said).not.toContain(name.value)
  expect(said).not.toMatch(/Grace Banda|verified|Checked by your browser|intact/i)

  const address = await meta('og:image')
  expect(address).toBe(`${told.url}/track/${reference}/picture`)
  const picture = await fetch(address)
  expect(picture.headers.get('content-type')).toBe('image/png')
  const bytes = new Uint8Array(await picture.arrayBuffer())
  expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  const size = new DataView(bytes.buffer)
  expect([size.getUint32(16), size.getUint32(20)]).toEqual([1200, 630])
  expect((await fetch(`${told.url}/track/7K3Q9XMD2TK/picture`)).status).toBe(404)
})

test('the start page says in one screen what this is, and has a consignment to try it on', async ({ page, told }) => {
  await page.goto(told.url)
  const example = page.getByRole('region', { name: 'For example' })
  await expect(page.getByRole('heading', { name: 'Both sides sign' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'You check, not we' })).toBeVisible()
  await example.getByRole('link', { name: 'Follow this one' }).click()
  expect(new URL(page.url()).hash, 'as from a label').toBe(`#k=${told.fingerprint}`)
  await expect(verdict(page)).toContainText('Checked by your browser')
})
