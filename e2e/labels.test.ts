import { readFileSync } from 'node:fs'
import { PDFDocument } from '@cantoo/pdf-lib'
import { expect, type Page } from '@playwright/test'
import { formatReference } from '../lib/core/custody/reference.ts'
import { expectAccessible } from './accessible.fixture.ts'
import { asIn, cell, SAVED, startDraft, typeMasks } from './draft.fixture.ts'
import { test } from './story.fixture.ts'

/** The file that a link downloads: its bytes, and each page's width and height in whole millimetres. */
async function download(page: Page, name: string) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: true }).click(),
  ])
  const bytes = readFileSync(await file.path())
  const pages = (await PDFDocument.load(bytes)).getPages()
  const millimetres = (points: number) => Math.round((points / 72) * 25.4)
  return {
    name: file.suggestedFilename(),
    bytes,
    pages: pages.map(each => [millimetres(each.getWidth()), millimetres(each.getHeight())]),
  }
}

test('labels come as a PDF in the sheet’s size, begin on a used sheet where they are told to, and are the same again', async ({
  page,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await expect(page.getByText(SAVED)).toBeVisible()
  await page.goto(`${told.url}/consignments/${reference}/label${asIn(page)}`)
  const first = await download(page, 'PDF')
  expect([first.name, first.pages]).toEqual([`label-${formatReference(reference)}.pdf`, [[100, 150]]])

  await page.getByText('A4 with four labels (A6)').click()
  await page.getByLabel('How many').fill('3')
  await page.getByLabel('First free place').fill('3')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.locator('.label-page')).toHaveCount(2)
  await expect(page.locator('.label-page').first().locator('.label-reference')).toHaveCount(2)
  const sheets = await download(page, 'PDF')
  expect(sheets.pages).toEqual([
    [210, 297],
    [210, 297],
  ])
  await page.reload()
  const again = await download(page, 'PDF')
  expect(Buffer.compare(again.bytes, sheets.bytes)).toBe(0)
  await expect(page.locator('.label-reference').first()).toHaveText(formatReference(reference))
  await page.getByText('Print again, or replace a damaged label').click()
  await expect(page.getByText('reference and code stay the same')).toBeVisible()
  await expectAccessible(page, 'labels, four a sheet')
})

test('letters without a face in the PDF are printed from the browser, and whoever asks for the file is told', async ({
  page,
  told,
}) => {
  const { reference } = await startDraft(page, told)
  await typeMasks(page)
  await cell(page, 'Item', 1).fill('كمامات جراحية')
  await expect(page.getByText(SAVED)).toBeVisible()
  await page.goto(`${told.url}/consignments/${reference}/label${asIn(page)}`)
  await expect(page.getByText('letters for which the PDF has no typeface')).toBeVisible()
  await expect(page.getByRole('link', { name: 'PDF', exact: true })).toHaveCount(0)
  await page.goto(`${told.url}/labels/labels.pdf${asIn(page, { ref: reference })}`)
  expect(new URL(page.url()).pathname).toBe(`/consignments/${reference}/label`)
  await expect(page.getByText('letters for which the PDF has no typeface').first()).toBeVisible()
  const printed = await page.pdf({ preferCSSPageSize: true })
  expect((await PDFDocument.load(printed)).getPageCount()).toBe(1)
})

test('drafts are ticked and their labels come in one go; another party gets none of them', async ({ page, told }) => {
  const made: string[] = []
  for (let i = 0; i < 2; i++) {
    made.push((await startDraft(page, told)).reference)
    await typeMasks(page)
    await expect(page.getByText(SAVED)).toBeVisible()
  }
  await page.goto(`${told.url}/labels${asIn(page)}`)
  await expectAccessible(page, 'drafts to print labels for')
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
  for (const reference of made) await page.getByLabel(formatReference(reference)).check()
  await page.getByRole('button', { name: 'Show the labels' }).click()
  await expect(page.locator('.label-reference')).toHaveCount(2)
  for (const reference of made) await expect(page.getByText(formatReference(reference)).first()).toBeVisible()
  const file = await download(page, 'PDF')
  expect(file.pages).toHaveLength(2)
  await expectAccessible(page, 'labels of several drafts')

  await page.goto(`${told.url}/enter`)
  await page.getByRole('button', { name: 'Enter as Northline Transport' }).click()
  await page.waitForURL(/\/today\?as=/)
  const stolen = await page.request.get(`${told.url}/labels/labels.pdf${asIn(page, { ref: made[0] as string })}`)
  expect(stolen.status()).toBe(404)
  expect((await fetch(`${told.url}/labels/labels.pdf?ref=${made[0]}`)).status).toBe(401)
})
