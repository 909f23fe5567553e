import { expect } from '@playwright/test'
import { FIRST_VISIT, verdict } from './report.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const ARABIC = /\p{Script=Arabic}/u
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/

test('the browser’s language decides, right to left for Arabic, and the seal speaks it too', async ({
  browser,
  told,
}) => {
  const context = await browser.newContext({ locale: 'ar' })
  const page = await context.newPage()
  await page.goto(labelOf(told, told.reference('partLoad')))
  const html = page.locator('html')
  await expect(html).toHaveAttribute('lang', 'ar')
  await expect(html).toHaveAttribute('dir', 'rtl')
  await expect(verdict(page)).toContainText('فحصه متصفحك')
  const main = page.getByRole('main')
  expect(await main.textContent()).not.toMatch(ARABIC_DIGITS)
  await expect(main).toContainText('474')
  for (const heading of await main.getByRole('heading', { level: 2 }).allTextContents()) expect(heading).toMatch(ARABIC)
  const checks = main.getByRole('region').filter({ has: page.getByRole('link', { name: 'نزّل ملف الإثبات' }) })
  const said = await checks.getByRole('listitem').getByRole('paragraph').allTextContents()
  expect(said.filter(text => !ARABIC.test(text))).toEqual([])
  expect(said).toHaveLength(2 * Object.keys(FIRST_VISIT).length)
  await context.close()
})

test('references and keys keep their direction inside right-to-left text', async ({ browser, told }) => {
  const context = await browser.newContext({ locale: 'ar' })
  const page = await context.newPage()
  const reference = told.reference('relay')
  const shown = `${reference.slice(0, 4)}-${reference.slice(4, 8)}-${reference.slice(8)}`
  await page.goto(`${told.url}/track/${reference}`)
  const direction = (text: string) =>
    page
      .getByText(text, { exact: true })
      .first()
      .evaluate(element => getComputedStyle(element).direction)
  expect(await direction(shown)).toBe('ltr')
  await page.goto(`${told.url}/log`)
  expect(await direction(told.vkey)).toBe('ltr')
  await context.close()
})

test('the language is switched by a link, without scripts, and is remembered', async ({ browser, told }) => {
  const context = await browser.newContext({ locale: 'en', javaScriptEnabled: false })
  const page = await context.newPage()
  const address = `${told.url}/track/${told.reference('waiting')}`
  await page.goto(address)
  await page.getByRole('link', { name: 'العربية' }).click()
  await expect(page).toHaveURL(address)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await page.goto(told.url)
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  await page.getByRole('link', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Did the goods that were given arrive?')
  await context.close()
})

test('switching the language keeps what the label said about the log’s key', async ({ page, told }) => {
  const label = labelOf(told, told.reference('relay'))
  await page.goto(label)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await page.getByRole('link', { name: 'العربية' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  expect(new URL(page.url()).hash).toBe(`#k=${told.fingerprint}`)
})
