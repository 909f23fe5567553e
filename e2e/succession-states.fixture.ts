import { expect, type Page } from '@playwright/test'
import { ADA, codeOf, OFFICE } from './first-run.fixture.ts'
import { startServer, untilSealed } from './server.fixture.ts'
import { endBoth, succeed, tellOldLog } from './succession.fixture.ts'
import type { Words } from './workspace.fixture.ts'

type See = (page: Page, name: string) => Promise<void>

/** Walks through the succession of a log: its founding, the parties that are brought over, and what a visitor of the old log is told. On a server of its own. */
export async function walkSuccession(page: Page, t: Words, see: See): Promise<void> {
  const server = await startServer({ demo: false })
  const visit = async (path: string, shown: string) => {
    await page.goto(`${server.url}${path}`)
    await expect(page.locator(shown).first()).toBeVisible()
  }
  try {
    const old = await tellOldLog(server)
    // This browser knows the old log.
    await visit(`/track/${old}`, '#verdict [data-state="not-checked"]')
    await succeed(server)
    await visit(`/first-run#${codeOf(server)}`, 'main .notice')
    await see(page, 'first-run-succeeds')
    await found(page, t)
    await untilSealed(server.url)
    await visit('/parties', '[aria-labelledby="earlier"]')
    await see(page, 'parties-earlier')
    const earlier = page.locator('[aria-labelledby="earlier"]')
    await earlier.getByRole('listitem').filter({ hasText: 'Harbour Relief' }).getByRole('button').click()
    await expect(earlier.getByText('Harbour Relief')).toHaveCount(0)
    await see(page, 'parties-brought-over')
    await visit('/keys', '[data-proven="whole"]')
    // Next.js has an empty one of its own.
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0)
    await see(page, 'keys-after-succession')
    await visit(`/t/${old}`, 'main pre')
    await see(page, 'track-earlier-log')
    await visit('/log', '[data-remembered="other"]')
    await see(page, 'log-succeeds')
  } finally {
    await endBoth(server)
  }
}

/** The first run from its form to the first page of the workspace, in any language. */
async function found(page: Page, t: Words): Promise<void> {
  const field = (name: string) => page.locator(`#${name}`)
  await page.getByLabel(t('parties.nameLabel'), { exact: true }).fill(OFFICE)
  await field('name').fill(ADA.name)
  await field('email').fill(ADA.email)
  await field('password').fill(ADA.password)
  await field('device').fill('Desk at the office')
  await page.getByRole('button', { name: t('firstRun.make') }).click()
  const groups = page.getByRole('list', { name: t('firstRun.groups') }).getByRole('listitem')
  await expect(groups.first()).toBeVisible()
  const paper = (await groups.evaluateAll(items => items.map(item => item.lastElementChild?.textContent))).join('')
  await field('last-group').fill(paper.slice(-4))
  await field('last-group').press('Enter')
  await page.waitForURL('**/today')
}
