import { expect, type Page } from '@playwright/test'
import { formatReference } from '../lib/core/custody/reference.ts'
import { enterDemo } from './demo.fixture.ts'
import { bodyOf, packing, send, sign } from './events.fixture.ts'
import { startTold, type Told } from './server.fixture.ts'
import { test as base } from './story.fixture.ts'

/** A server to which nothing is added by other stories: lists are counted here. */
const test = base.extend<object, { told: Told }>({
  told: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const told = await startTold()
      await use(told)
      await told.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

test.use({ locale: 'en' })

const rowsOf = (page: Page) => page.getByRole('table').getByRole('row')
const dayOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)

/** The cells of a file of RFC 4180, as a spreadsheet reads them. */
function readCsv(text: string): string[][] {
  const cells = text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)
  const lines: string[][] = [[]]
  for (const [, cell = '', end] of cells) {
    lines.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end !== ',') lines.push([])
  }
  return lines.slice(0, -1)
}

/** Fetches what the page's link to the file leads to, with the browser's own session. */
async function fileOf(page: Page): Promise<{ name: string; text: string; lines: string[][] }> {
  const href = (await page.getByRole('link', { name: 'Export as CSV' }).getAttribute('href')) as string
  const answer = await page.request.get(new URL(href, page.url()).href)
  expect(answer.status()).toBe(200)
  const text = (await answer.body()).toString('utf8')
  return { name: answer.headers()['content-disposition'] ?? '', text, lines: readCsv(text.slice(1)) }
}

test('every filter stands in the address: another window shows the same list, and each is taken away by itself', async ({
  page,
  context,
  told,
}) => {
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await page.goto(`${told.url}/consignments?as=${party}`)
  await page.getByRole('searchbox').fill('e')
  // What is listed may have been told on the other side of midnight.
  await page.getByLabel('From').fill(dayOf(Date.now() - 86_400_000))
  await page.getByLabel('To', { exact: true }).fill(dayOf(Date.now()))
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('link', { name: /^You gave/ }).click()
  await page.getByRole('link', { name: 'By goods' }).click()
  await page.getByRole('link', { name: /^Delivered/ }).click()
  for (const part of [/query=e/, /role=consignor/, /stage=delivered/, /sort=item/, /from=\d{4}-/, /to=\d{4}-/])
    await expect(page).toHaveURL(part)
  await expect(rowsOf(page)).toHaveCount(4)
  const titles = await rowsOf(page).locator('td:first-of-type').allInnerTexts()
  expect(titles.map(title => title.replace(/^[\d,]+ \w+\s+/, ''))).toEqual([
    expect.stringMatching(/^Fleece/),
    expect.stringMatching(/^Oral/),
    expect.stringMatching(/^Tarpaulin/),
  ])
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(rowsOf(other)).toHaveCount(4)
  await expect(other.getByRole('link', { name: /^Delivered/ })).toHaveAttribute('aria-current', 'true')
  await other.getByRole('link', { name: /^Take away: “e”/ }).click()
  await expect(other).not.toHaveURL(/query=/)
  await expect(other).toHaveURL(/stage=delivered/)
  await page.goto(`${told.url}/consignments?as=${party}&to=2020-01-01`)
  await expect(page.getByRole('heading', { name: 'Nothing fits' })).toBeVisible()
  await page.getByRole('link', { name: 'Without to 1 Jan 2020' }).click()
  await expect(rowsOf(page)).toHaveCount(10)
})

test('the number on a filter is the number of rows behind it', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Seaway Freight')
  for (const narrowed of ['', '&query=tablet', '&role=holder']) {
    const list = `${told.url}/consignments?as=${party}${narrowed}`
    await page.goto(list)
    const chips = page.locator('nav a.filter:not([aria-current])').filter({ has: page.locator('.filter-count') })
    const links = await chips.evaluateAll(all =>
      all.map(link => ({
        href: (link as HTMLAnchorElement).href,
        count: Number(link.querySelector('.filter-count')?.textContent),
      })),
    )
    expect(links.length).toBeGreaterThan(10)
    for (const { href, count } of links) {
      await page.goto(href)
      await expect(rowsOf(page), href).toHaveCount(count === 0 ? 0 : count + 1)
    }
  }
})

test('a column’s name orders the list, and arrows go from row to row', async ({ page, told }) => {
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await page.goto(`${told.url}/consignments?as=${party}`)
  const newest = await rowsOf(page).locator('th a').allInnerTexts()
  await page.getByRole('columnheader', { name: 'Last record' }).getByRole('link').click()
  await expect(page).toHaveURL(/sort=oldest/)
  await expect(page.getByRole('columnheader', { name: 'Last record' })).toHaveAttribute('aria-sort', 'ascending')
  const references = rowsOf(page).locator('th[scope=row] a')
  const oldest = await references.allInnerTexts()
  expect(oldest).toEqual(newest.filter(text => oldest.includes(text)).reverse())
  await references.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(references.nth(2)).toBeFocused()
  await page.keyboard.press('End')
  await expect(references.last()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/consignments\/[0-9A-Z]{11}/)
})

test('the file has every row of the filter with what this party may read, and nothing in it runs', async ({
  page,
  told,
}) => {
  const { donor } = told.story.cast
  const lines = [{ id: '1', item: '=HYPERLINK("https://x.example","free")', unit: 'piece', quantity: '3' }]
  const { id, draft } = packing(donor, { lines })
  expect((await send(told.url, bodyOf(await sign(told, { ...draft, id })))).status).toBe(201)
  const party = await enterDemo(page, told.url, 'Harbour Relief')
  await page.goto(`${told.url}/consignments?as=${party}`)
  const shown = await rowsOf(page).locator('th[scope=row] a').allInnerTexts()
  const before = dayOf(Date.now())
  const { name, text, lines: all } = await fileOf(page)
  // Fetched over midnight, either day is right.
  const named = [before, dayOf(Date.now())].map(day => `attachment; filename="consignments-${party}-${day}.csv"`)
  expect(named).toContain(name)
  // Excel takes a file without it for one of another alphabet.
  expect(text.charCodeAt(0)).toBe(0xfeff)
  const [head, ...rows] = all
  expect(head?.slice(0, 6)).toEqual(['reference', 'item', 'quantity', 'unit', 'lines', 'stage'])
  expect(rows.map(row => formatReference(row[0] ?? ''))).toEqual(shown)
  expect(new Set(rows.map(row => row.length))).toEqual(new Set([head?.length]))
  expect(rows.find(row => row[0] === id)?.[1]).toBe(`'=HYPERLINK("https://x.example","free")`)
  const waiting = rows.find(row => row[0] === told.reference('waiting'))
  expect(waiting).toContain('Wheelchair, folding, adult')
  expect(waiting?.slice(12, 15)).toEqual(['open', 'Harbour Relief', 'Seaway Freight'])
  await page.goto(`${told.url}/consignments?as=${party}&query=fleece`)
  expect((await fileOf(page)).lines.map(row => row[0])).toEqual(['reference', told.reference('partLoad')])
})

test('the file shows a withheld name to those who take part alone, and is refused to everyone else', async ({
  browser,
  page,
  told,
}) => {
  const columnOf = async (name: string) => {
    const [head, row] = (await fileOf(page)).lines
    return row?.[head?.indexOf(name) ?? -1]
  }
  const clinic = await enterDemo(page, told.url, 'Lakeside Clinic')
  await page.goto(`${told.url}/consignments?as=${clinic}&query=food+paste`)
  expect(await columnOf('from')).toBe('Grace Banda')
  const hospital = await enterDemo(page, told.url, 'Valley District Hospital')
  await page.goto(`${told.url}/consignments?as=${hospital}&role=all&query=food+paste`)
  expect(await columnOf('from')).toBe('')
  expect(await columnOf('from_reference')).toBe(told.story.cast.person.reference)
  const file = `${told.url}/consignments/list.csv`
  const stranger = await browser.newContext()
  expect((await stranger.request.get(`${file}?as=${hospital}`)).status()).toBe(401)
  await stranger.close()
  expect((await page.request.get(`${file}?as=${told.story.cast.donor.reference}`)).status()).toBe(403)
})

test('anyone reads what an organisation did, over a period that the address keeps; of a person nobody does', async ({
  page,
  told,
}) => {
  const { carrierA, person } = told.story.cast
  await page.goto(`${told.url}/parties/${carrierA.reference}`)
  const figures = page.getByRole('region', { name: 'What it did on this log' })
  const figure = (name: string) =>
    figures
      .locator('div')
      .filter({ has: page.locator('dt', { hasText: name }) })
      .last()
  await expect(figure('Holds now')).toContainText(/Holds now\s*2/)
  await expect(figure('Handed over, confirmed')).toContainText(/confirmed\s*4/)
  await expect(figure('Handed over, confirmed')).toContainText('2 with a difference (50%)')
  await expect(figure('Handed over, confirmed')).toContainText('1 not confirmed yet · 1 turned away')
  await expect(figure('Received')).toContainText(/Received\s*5/)
  await expect(figure('Received')).toContainText('none with a difference')
  await expect(figures).toContainText('Half of 4 legs took less than 1 hour')
  await expect(figures.getByRole('row', { name: /under 1 day/ })).toContainText('4')
  await figures.getByRole('link', { name: '30 days' }).click()
  await expect(page).toHaveURL(/period=30/)
  await expect(figures.getByRole('link', { name: '30 days' })).toHaveAttribute('aria-current', 'true')
  await expect(figure('Received')).toContainText(/Received\s*5/)
  await page.goto(`${told.url}/parties/${person.reference}`)
  await expect(page.getByRole('heading', { name: 'Every key ever enrolled' })).toBeVisible()
  await expect(page.getByText('What it did on this log')).toHaveCount(0)
  await expect(page.locator('body')).not.toContainText('Grace')
})

test('a member reads what passed between two parties, and from there what both take part in', async ({
  page,
  told,
}) => {
  const party = await enterDemo(page, told.url, 'Valley District Hospital')
  await page.goto(`${told.url}/parties?as=${party}`)
  await page.getByRole('searchbox').fill('northline')
  await page.getByRole('searchbox').press('Enter')
  await expect(rowsOf(page)).toHaveCount(2)
  await page.getByRole('link', { name: 'Northline Transport' }).click()
  const between = page.getByRole('region', { name: 'Between you and this party' })
  await expect(between).toContainText(/Handed over, confirmed\s*2/)
  await expect(between).toContainText('1 with a difference (50%)')
  await expect(between).toContainText(/Consignments in common\s*2/)
  await between.getByRole('link', { name: 'List them' }).click()
  await expect(page.getByRole('link', { name: /^Take away: with Northline Transport/ })).toBeVisible()
  await expect(rowsOf(page)).toHaveCount(3)
})
