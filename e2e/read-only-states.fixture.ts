import { appendFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { Told } from './server.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

/**
 * Walks through what everyone is told while a log is read-only, by what is behind it, and of one that was started on its database's word. Takes a
 * server of its own and leaves it without its key. The same in every language.
 */
export async function walkReadOnly(page: Page, told: Told, see: See): Promise<void> {
  const visit = async (path: string, shown: string) => {
    await page.goto(`${told.url}${path}`)
    await expect(page.locator(shown).first()).toBeVisible()
  }
  const away = async (file: string) => {
    await told.kill()
    renameSync(join(told.dataDir, file), join(told.dataDir, `${file}.away`))
    await told.restart()
  }
  await page.goto(`${told.url}/enter`)
  await page.getByRole('button', { name: 'Harbour Relief' }).click()
  await page.waitForURL(/\/today\?as=/)
  const query = new URL(page.url()).search

  await away('log.guard')
  await visit('/log', 'main [role="alert"]')
  await see(page, 'log-guard-missing')
  await visit('/status', '[data-health="read-only"]')
  await see(page, 'status-guard-missing')
  await visit(`/today${query}`, 'main [role="alert"]')
  await see(page, 'today-read-only')
  await visit(`/consignments/new${query}`, '[role="alert"]')
  await see(page, 'pack-read-only')
  await visit(`/keys${query}`, '[data-proven]')
  await see(page, 'keys-read-only')

  await told.kill()
  renameSync(join(told.dataDir, 'log.guard.away'), join(told.dataDir, 'log.guard'))
  const line = `${new Date().toISOString()} started from the database alone, at 42 leaves`
  appendFileSync(join(told.dataDir, 'log.trusted'), `${line}\n`)
  await told.restart()
  await visit('/log', 'main pre')
  await see(page, 'log-trusted-database')
  await visit('/status', '[data-health="well"]')
  await see(page, 'status-trusted-database')

  await away('log.key')
  await visit('/log', 'main h1')
  await see(page, 'log-key-missing')
  await visit('/status', '[data-health="read-only"]')
  await see(page, 'status-key-missing')
}
