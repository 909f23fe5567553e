import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Server } from './server.fixture.ts'

export const ADA = { name: 'Ada Obi', email: 'ada@relief.example', password: 'correct horse battery' } as const
export const OFFICE = 'Relief Log Office'

/** The code that the server printed and keeps until the log is founded. */
export const codeOf = ({ dataDir }: Pick<Server, 'dataDir'>) =>
  readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim()

/** Opens the first run's page as the server names it, and fills it in. */
export async function fillFirstRun(page: Page, { url }: Pick<Server, 'url'>, code: string): Promise<void> {
  await page.goto(`${url}/first-run#${code}`)
  await page.getByLabel('Name', { exact: true }).fill(OFFICE)
  await page.getByLabel('Your name').fill(ADA.name)
  await page.getByLabel('E-mail address').fill(ADA.email)
  await page.getByLabel('Password').fill(ADA.password)
  await page.getByLabel('This device').fill('Desk at the office')
}

/** Sends the filled form on and reads the recovery key off the page, without blanks. */
export async function toRecoverySheet(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make the keys' }).click()
  return readSheet(page)
}

/** The recovery key that the page shows, without blanks. */
export async function readSheet(page: Page): Promise<string> {
  const groups = page.getByRole('list', { name: 'The recovery key in groups of four' })
  await groups.waitFor()
  const texts = await groups
    .getByRole('listitem')
    .evaluateAll(items => items.map(item => item.lastElementChild?.textContent))
  return texts.join('')
}
