import { expect, type Page, test } from '@playwright/test'
import { codeOf, fillFirstRun, toRecoverySheet } from './first-run.fixture.ts'
import { startServer } from './server.fixture.ts'

test.describe.configure({ timeout: 3 * 60_000 })

/** Controls of the page itself that look like the one thing to do. */
const primary = (page: Page) => page.getByRole('main').locator('.btn.primary:visible')

test('who has just founded a log is led by each empty page, and the steps are ticked off', async ({ browser }) => {
  const server = await startServer({ demo: false })
  try {
    const page = await (await browser.newContext({ baseURL: server.url })).newPage()
    await fillFirstRun(page, server, codeOf(server))
    const paper = await toRecoverySheet(page)
    await page.getByLabel('Type back group 14').fill(paper.slice(-4))
    await page.getByRole('button', { name: 'Sign and found the log' }).click()
    await page.waitForURL('**/today')

    const steps = page.getByRole('region', { name: 'What to do first' }).getByRole('listitem')
    await expect(steps.nth(0)).toContainText('Done: This account has a key that signs.')
    await expect(primary(page)).toHaveText(['Register a party'])

    await page.goto('/consignments')
    await expect(page.getByRole('heading', { name: 'No consignment yet' })).toBeVisible()
    await expect(primary(page)).toHaveText(['Prepare a consignment'])
    await page.goto('/parties')
    await expect(page.getByRole('heading', { name: 'Nobody else is here yet' })).toBeVisible()
    await expect(primary(page)).toHaveText(['Register a party'])
    await page.goto('/members')
    await expect(page.getByText('You are alone here so far.')).toBeVisible()
    await expect(primary(page)).toHaveText(['Make the invitation link'])
    await page.goto('/keys')
    await expect(page.getByText('This device can sign')).toBeVisible()

    await page.goto('/parties')
    await primary(page).click()
    await page.getByLabel('Name', { exact: true }).fill('Harbour Relief')
    await page.getByRole('button', { name: 'Sign: register the party' }).click()
    await page.waitForURL('**/manage')
    await page.goto('/today')
    await expect(page.getByText('Nothing waits for your signature')).toBeVisible()
    await expect(page.getByRole('heading', { name: 'What to do first' })).toHaveCount(0)
  } finally {
    await server.end()
  }
})
