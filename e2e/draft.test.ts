import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import { enterDemo } from './demo.fixture.ts'
import type { Told } from './server.fixture.ts'
import { test } from './story.fixture.ts'

const DONOR = 'Harbour Relief'
const SAVED = 'Saved.'

/** A fresh draft of the donor, in this page. */
async function startDraft(page: Page, { url }: Told): Promise<{ reference: string }> {
  const as = await enterDemo(page, url, DONOR)
  await page.goto(`${url}/consignments/new?as=${as}`)
  await page.getByRole('button', { name: 'Start a consignment' }).click()
  await page.waitForURL(/\/consignments\/[0-9A-Z]{11}/)
  return { reference: /consignments\/([0-9A-Z]{11})/.exec(page.url())?.[1] ?? '' }
}

/** Query of an address in the workspace: whom the page acts for, where it says so, and what is added. */
function asIn(page: Page, more: Readonly<Record<string, string>> = {}): string {
  const as = new URL(page.url()).searchParams.get('as')
  return `?${new URLSearchParams({ ...(as !== null && { as }), ...more })}`
}
const cell = (page: Page, field: string, line: number) => page.getByLabel(`${field}, line ${line}`, { exact: true })

async function typeMasks(page: Page): Promise<void> {
  await cell(page, 'Item', 1).fill('Surgical masks')
  await cell(page, 'Quantity', 1).fill('474')
  await cell(page, 'Unit', 1).selectOption('piece')
  await cell(page, 'Per pack', 1).fill('50')
}

/** What someone reads who scanned the label and has no account. */
async function stranger(browser: Browser, address: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(address)
  return { page, context }
}

test('goods are typed and pasted, survive a reload, and are signed: until then the public page says that nothing is recorded', async ({
  page,
  browser,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  const draft = page.url()
  await page.getByLabel('For whom').fill('valley district hospital')
  await typeMasks(page)
  await expect(page.getByText('9 packs of 50 and 24 loose')).toBeVisible()
  await cell(page, 'Quantity', 1).press('Enter')
  await expect(cell(page, 'Item', 2)).toBeFocused()
  await page.keyboard.type('Pulse oximeters')
  await cell(page, 'Quantity', 2).fill('12')
  await cell(page, 'Quantity', 2).press('ArrowUp')
  await expect(cell(page, 'Quantity', 1)).toBeFocused()

  const clipboard =
    'QTY\tItem description\tUoM\tExpiry\n1,200\tGloves, nitrile\tpairs\t06/2028\nmany\tSaline\tbtl\t\n\t\t\t\n'
  await cell(page, 'Item', 2).evaluate((field, text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, clipboard)
  await expect(page.getByText('Row 3: Quantity reads “many”')).toBeVisible()
  await page.getByRole('button', { name: 'Add 2 lines' }).click()
  await expect(cell(page, 'Quantity', 3)).toHaveValue('1200')
  await expect(cell(page, 'Expiry', 3)).toHaveValue('2028-06')
  await expect(cell(page, 'Quantity', 4)).toHaveValue('many')
  await expect(page.getByRole('button', { name: 'Sign what is packed' })).toBeDisabled()
  await expect(page.getByText('First to be completed or mended: line 4.')).toBeVisible()
  await expect(page.getByText(SAVED)).toBeVisible()

  await page.reload()
  await expect(page.getByLabel('For whom')).toHaveValue('Valley District Hospital')
  await expect(cell(page, 'Quantity', 4)).toHaveValue('many')

  const label = `${told.url}/t/${reference}#k=${told.fingerprint}`
  const public1 = await stranger(browser, label)
  await expect(public1.page.getByRole('heading', { level: 1 })).toHaveText('A label was made. Nothing is recorded yet.')
  await expect(public1.page.getByRole('main')).not.toContainText(/Harbour|Valley|masks/i)
  expect((await fetch(`${told.url}/api/evidence/${reference}`)).status).toBe(404)

  await cell(page, 'Quantity', 4).fill('40')
  await page.getByRole('button', { name: /^Sign: packed .* in 4 lines, for Valley District Hospital$/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Surgical masks')
  expect(page.url()).toBe(draft)

  await public1.page.goto(label)
  await public1.page.reload()
  await expect(public1.page.getByRole('main')).toContainText('Gloves, nitrile')
  await public1.context.close()
})

test('of two windows on one draft the second is told, keeps what it typed, and chooses whose text goes on', async ({
  page,
  context,
  told,
}) => {
  await startDraft(page, told)
  const other = await context.newPage()
  await other.goto(page.url())
  await cell(page, 'Item', 1).fill('Blankets')
  await expect(page.getByText(SAVED)).toBeVisible()
  await cell(other, 'Item', 1).fill('Tents')
  await expect(other.getByText('changed in another window')).toBeVisible()
  await expect(cell(other, 'Item', 1)).toHaveValue('Tents')
  await other.getByRole('button', { name: 'Show the newer text' }).click()
  await expect(cell(other, 'Item', 1)).toHaveValue('Blankets')
  await cell(other, 'Item', 1).fill('Wool blankets')
  await expect(other.getByText(SAVED)).toBeVisible()

  await cell(page, 'Item', 1).fill('Fleece blankets')
  await expect(page.getByText('changed in another window')).toBeVisible()
  await page.getByRole('button', { name: 'Keep mine instead' }).click()
  await expect(page.getByText(SAVED)).toBeVisible()
  await other.reload()
  await expect(cell(other, 'Item', 1)).toHaveValue('Fleece blankets')
})

test('signed out in the middle of typing: nothing typed is lost, and it is stored after signing in again', async ({
  page,
  context,
  told,
}) => {
  await startDraft(page, told)
  const draft = page.url()
  await cell(page, 'Item', 1).fill('Blankets')
  await expect(page.getByText(SAVED)).toBeVisible()
  await context.clearCookies()
  await cell(page, 'Item', 1).fill('Blankets, wool, 150 × 200 cm')
  await expect(page.getByText('you are signed out')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Sign in', exact: true }).last()).toHaveAttribute(
    'href',
    /sign-in\?next=/,
  )
  await enterDemo(page, told.url, DONOR)
  await page.goto(draft)
  await expect(cell(page, 'Item', 1)).toHaveValue('Blankets, wool, 150 × 200 cm')
  await expect(page.getByText(SAVED)).toBeVisible()
  const elsewhere = await context.newPage()
  await elsewhere.goto(draft)
  await expect(cell(elsewhere, 'Item', 1)).toHaveValue('Blankets, wool, 150 × 200 cm')
})

test('while the server cannot be reached what is typed stays, and is stored when it can be', async ({
  page,
  context,
  told,
}) => {
  await startDraft(page, told)
  await context.setOffline(true)
  await cell(page, 'Item', 1).fill('Blankets')
  await expect(page.getByText('the server cannot be reached')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText(SAVED)).toBeVisible({ timeout: 15_000 })
})

test('a draft is nothing to another party: no page, no label, no picture', async ({ page, browser, told }) => {
  const { reference } = await startDraft(page, told)
  await cell(page, 'Item', 1).fill('Insulin')
  await expect(page.getByText(SAVED)).toBeVisible()
  const context = await browser.newContext()
  const carrier = await context.newPage()
  const as = await enterDemo(carrier, told.url, 'Northline Transport')
  await carrier.goto(`${told.url}/consignments/${reference}?as=${as}`)
  await expect(carrier.getByRole('main')).not.toContainText('Draft')
  await expect(carrier.getByLabel('Item, line 1')).toHaveCount(0)
  expect(await carrier.content()).not.toContain('Insulin')
  const page404 = await carrier.goto(`${told.url}/consignments/${reference}/label?as=${as}`)
  expect(page404?.status()).toBe(404)
  const picture = `${told.url}/consignments/${reference}/label.svg`
  expect((await context.request.get(`${picture}?as=${as}`)).status()).toBe(404)
  expect((await fetch(picture)).status).toBe(401)
  await context.close()
})

test('labels of a draft print one a page or eight a sheet, in millimetres, with nothing else on the paper', async ({
  page,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await expect(page.getByText(SAVED)).toBeVisible()
  await page.goto(`${told.url}/consignments/${reference}/label${asIn(page)}`)
  await expect(page.getByText('is this computer alone')).toBeVisible()
  await page.getByText('A4 with eight labels').click()
  await page.getByText('Keep cool').click()
  await page.getByLabel('How many').fill('9')
  await page.getByText('Number the parcels').click()
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByText('Parcel 9 of 9')).toBeVisible()
  const address = `${told.url}/t/${reference}#k=${told.fingerprint}`
  await expect(page.getByRole('img', { name: address })).toHaveCount(9)

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation').first()).toBeHidden()
  const code = await page.getByRole('img', { name: address }).first().boundingBox()
  // 49 modules with the quiet zone, 41 without; 96 CSS pixels are an inch.
  expect((((code?.width ?? 0) * 41) / 49 / 96) * 25.4).toBeGreaterThanOrEqual(30)
  const size = await page
    .locator('.label-reference')
    .first()
    .evaluate(text => getComputedStyle(text).fontSize)
  expect((Number.parseFloat(size) / 96) * 72).toBeGreaterThanOrEqual(24)
  const sheet = await page.pdf({ preferCSSPageSize: true })
  expect(pagesOf(sheet)).toEqual([
    [210, 297],
    [210, 297],
  ])
  for (const [name, paper] of [
    ['single', [100, 150]],
    ['a6', [105, 148]],
  ] as const) {
    await page.goto(`${told.url}/consignments/${reference}/label${asIn(page, { sheet: name, copies: '2' })}`)
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true })), name).toEqual([paper, paper])
  }
})

/** Width and height of each page of a PDF, in whole millimetres. */
function pagesOf(pdf: Buffer): number[][] {
  const text = pdf.toString('latin1')
  const pages = [...text.matchAll(/\/Type\s*\/Page\b(?!s)[\s\S]*?\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)]
  return pages.map(([, width, height]) => [width, height].map(points => Math.round((Number(points) / 72) * 25.4)))
}

test('a withdrawn draft says so on its page and under its label, and has no label any more', async ({
  page,
  browser,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await expect(page.getByText(SAVED)).toBeVisible()
  await page.getByText('Withdraw this draft').click()
  await page.getByRole('button', { name: 'Withdraw the draft' }).click()
  await expect(page.getByText('withdrawn before anything was recorded')).toBeVisible()
  const seen = await stranger(browser, `${told.url}/track/${reference}`)
  await expect(seen.page.getByRole('heading', { level: 1 })).toHaveText('This label was withdrawn.')
  await seen.context.close()
  const label = await page.goto(`${told.url}/consignments/${reference}/label${asIn(page)}`)
  expect(label?.status()).toBe(404)
})

test('more lines than one signed record holds are signed in two, and none is lost', async ({ page, told }) => {
  const { reference } = await startDraft(page, told)
  await page.getByRole('button', { name: 'Paste from a spreadsheet' }).click()
  const rows = Array.from(
    { length: 180 },
    (_, line) => `Didanosine 200mg [Videx], tablets, 60 Tabs\tB${line}\t2028-06\tpack\t579\t60`,
  )
  await page.getByLabel('Rows').fill(`Item\tLot\tExpiry\tUnit\tQuantity\tPack size\n${rows.join('\n')}`)
  await page.getByRole('button', { name: 'Add 180 lines' }).click()
  await expect(page.getByText('One signed record holds')).toBeVisible()
  await page.getByRole('button', { name: /^Sign: packed .* in \d+ lines$/ }).click()
  await page.waitForURL(/\/pack(\?|$)/)
  await expect(page.getByText('did not fit into the first record')).toBeVisible()
  await page.getByRole('button', { name: /^Sign: packed .* in \d+ lines$/ }).click()
  await page.waitForURL(new RegExp(`/consignments/${reference}(\\?|$)`))
  const evidence = await (await fetch(`${told.url}/track/${reference}`)).text()
  for (const lot of ['B0', 'B90', 'B179']) expect(evidence).toContain(lot)
})

test('drafts and labels are accessible, with errors, with a table being pasted, and on paper', async ({
  page,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await cell(page, 'Expiry', 1).fill('soon')
  await cell(page, 'Donor', 1).selectOption('named')
  await page.getByRole('button', { name: 'Paste from a spreadsheet' }).click()
  await page.getByLabel('Rows').fill('item,quantity,unit\nMasks,many,bxs')
  await page.getByText('Place, order and waybill number').click()
  await expectAccessible(page, 'draft')
  for (const path of [
    `${reference}/label${asIn(page, { marks: 'fragile' })}`,
    `${reference}/label${asIn(page, { sheet: 'a4' })}`,
    `new${asIn(page)}`,
  ]) {
    await page.goto(`${told.url}/consignments/${path}`)
    await expectAccessible(page, path)
  }
})

async function expectAccessible(page: Page, name: string): Promise<void> {
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`)
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect({ found, wider }, `${name}, ${width} px, ${colorScheme}`).toEqual({ found: [], wider: 0 })
    }
  }
}

test.describe('without scripts', () => {
  test('a draft can be started and its labels chosen and shown', async ({ browser, page, told }) => {
    await enterDemo(page, told.url, DONOR)
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    })
    const plain = await context.newPage()
    await plain.goto(`${told.url}/consignments/new${asIn(page)}`)
    await plain.getByRole('button', { name: 'Start a consignment' }).click()
    await expect(plain.getByRole('heading', { level: 1 })).toContainText('Draft')
    expect(await plain.content()).toContain('signing them needs JavaScript. Labels can be printed without.')
    await plain.getByRole('link', { name: 'Labels' }).click()
    await plain.getByText('This side up').click()
    await plain.getByRole('button', { name: 'Show' }).click()
    await expect(plain.locator('.label-marks')).toContainText('This side up')
    await context.close()
  })
})
