import { expect } from '@playwright/test'
import { LANGUAGES } from '../lib/messages/locale.ts'
import { enterDemo } from './demo.fixture.ts'
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

test('French and Spanish are whole: the frame, the verdict, each check and the numbers', async ({ browser, told }) => {
  for (const [locale, said, share] of [
    ['fr-CD', 'Vérifié par votre navigateur', 'Le compte est bon'],
    ['es-CO', 'Comprobado por su navegador', 'Las cuentas cuadran'],
  ] as const) {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2))
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
    await expect(verdict(page)).toContainText(said)
    const main = page.getByRole('main')
    await expect(main).toContainText(share)
    await expect(main).not.toContainText(/\b(the|with|nobody|checked|record|signed)\b/i)
    await context.close()
  }
})

test('each language leads to each other one, by its own name, and the place in the workspace is kept', async ({
  page,
  told,
}) => {
  const party = await enterDemo(page, told.url, 'Lakeside Clinic')
  const address = `${told.url}/consignments?as=${party}&differs=1`
  await page.goto(address)
  for (const [lang, { name }] of Object.entries(LANGUAGES)) {
    await page.locator(`a[hreflang=${lang}]:visible`).first().click()
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    await expect(page).toHaveURL(address)
    await expect(page.locator('a[hreflang][aria-current]:visible')).toHaveAccessibleName(name)
  }
})

test('switching the language keeps what the label said about the log’s key', async ({ page, told }) => {
  const label = labelOf(told, told.reference('relay'))
  await page.goto(label)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await page.getByRole('link', { name: 'العربية' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
  expect(new URL(page.url()).hash).toBe(`#k=${told.fingerprint}`)
})
