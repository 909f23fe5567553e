import { expect } from '@playwright/test'
import { enterDemo } from './demo.fixture.ts'
import { asIn, DONOR, SAVED, startDraft, typeMasks } from './draft.fixture.ts'
import { test } from './story.fixture.ts'

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
