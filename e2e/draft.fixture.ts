import type { Browser, BrowserContext, Page } from '@playwright/test'
import { enterDemo } from './demo.fixture.ts'
import type { Told } from './server.fixture.ts'

export const DONOR = 'Harbour Relief'
/** What the page says once the server has all that was typed. */
export const SAVED = 'Saved.'

/** A fresh draft of the donor, in this page. */
export async function startDraft(page: Page, { url }: Told): Promise<{ reference: string }> {
  const as = await enterDemo(page, url, DONOR)
  await page.goto(`${url}/consignments/new?as=${as}`)
  await page.getByRole('button', { name: 'Start a consignment' }).click()
  await page.waitForURL(/\/consignments\/[0-9A-Z]{11}/)
  return { reference: /consignments\/([0-9A-Z]{11})/.exec(page.url())?.[1] ?? '' }
}

/** Query of an address in the workspace: whom the page acts for, where it says so, and what is added. */
export function asIn(page: Page, more: Readonly<Record<string, string>> = {}): string {
  const as = new URL(page.url()).searchParams.get('as')
  return `?${new URLSearchParams({ ...(as !== null && { as }), ...more })}`
}
export const cell = (page: Page, field: string, line: number) =>
  page.getByLabel(`${field}, line ${line}`, { exact: true })

export async function typeMasks(page: Page): Promise<void> {
  await cell(page, 'Item', 1).fill('Surgical masks')
  await cell(page, 'Quantity', 1).fill('474')
  await cell(page, 'Unit', 1).selectOption('piece')
  await cell(page, 'Per pack', 1).fill('50')
}

/** What someone reads who scanned the label and has no account. */
export async function stranger(browser: Browser, address: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(address)
  return { page, context }
}
