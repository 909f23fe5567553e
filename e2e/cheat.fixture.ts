import { expect, type Locator, type Page } from '@playwright/test'
import type { CheckName } from '../lib/core/evidence/report.ts'
import { TITLES, verdict } from './report.fixture.ts'

/** The bench, on a page that the browser has checked. */
export async function openBench(page: Page, address: string): Promise<Locator> {
  await page.goto(address)
  await expect(verdict(page)).toContainText('Checked by your browser')
  await page.getByRole('button', { name: 'Put a copy on the bench' }).click()
  const bench = page.getByRole('region', { name: 'Try to cheat' })
  await expect(bench.getByRole('radio').first()).toBeVisible()
  return bench
}

/** Has the browser refuse to keep anything, as some do in private windows. */
export async function keepNothing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('nothing is kept', 'QuotaExceededError')
    }
  })
}

/** Changes what is asked for with what the form suggests, and waits for the verdict on the copy. */
export async function cheat(bench: Locator, offer: string): Promise<void> {
  await bench.getByRole('radio', { name: offer, exact: true }).check()
  await bench.getByRole('button', { name: 'Change it and check' }).click()
  await expect(bench.getByRole('button', { name: 'Put it back' })).toBeVisible()
}

/** The checks that fail on the copy, by name, in the order in which the bench lists them. */
export async function failing(bench: Locator): Promise<CheckName[]> {
  const titles = await bench.getByRole('listitem').getByRole('heading').allTextContents()
  const byTitle = new Map(Object.entries(TITLES).map(([name, title]) => [title, name as CheckName]))
  return titles.map(title => {
    const name = byTitle.get(title)
    if (!name) throw new Error(`no check is called ${title}`)
    return name
  })
}
