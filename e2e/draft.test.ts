import { expect } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { enterDemo } from './demo.fixture.ts'
import { asIn, cell, DONOR, SAVED, startDraft, stranger, typeMasks } from './draft.fixture.ts'
import { test } from './story.fixture.ts'

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
