import { expect } from '@playwright/test'
import { ADA, codeOf, OFFICE } from './first-run.fixture.ts'
import { startServer, untilSealed } from './server.fixture.ts'
import { inBrowser, type Stage } from './workspace-stage.fixture.ts'

/** A log from nothing to its first page, then a device that is replaced with the printed key. On a server of its own. */
export async function founding(stage: Stage): Promise<void> {
  const { see, t, played } = stage
  const server = await startServer({ demo: false })
  const there = { ...stage, played: { ...played, url: server.url } }
  let paper = ''
  try {
    await inBrowser(there, undefined, async page => {
      for (const [name, path] of [
        ['home-not-founded', '/'],
        ['log-not-founded', '/log'],
        ['status-not-founded', '/status'],
        ['first-run', '/first-run'],
      ] as const) {
        await page.goto(path)
        await see(page, name)
      }
      const field = (name: string) => page.locator(`#${name}`)
      await field('code').fill('00000-00000-00000-00000')
      await page.getByLabel(t('parties.nameLabel'), { exact: true }).fill(OFFICE)
      await field('name').fill(ADA.name)
      await field('email').fill(ADA.email)
      await field('password').fill(ADA.password)
      await field('device').fill('Desk at the office')
      const make = page.getByRole('button', { name: t('firstRun.make') })
      await make.click()
      await expect(page.getByText(t('firstRun.problem.code-wrong'))).toBeVisible()
      await see(page, 'first-run-refused')
      await field('code').fill(codeOf(server))
      await make.click()
      const groups = page.getByRole('list', { name: t('firstRun.groups') }).getByRole('listitem')
      await expect(groups.first()).toBeVisible()
      paper = (await groups.evaluateAll(items => items.map(item => item.lastElementChild?.textContent))).join('')
      await field('last-group').fill('0000')
      await field('last-group').press('Enter')
      await expect(page.getByText(t('firstRun.groupWrong'))).toBeVisible()
      await see(page, 'first-run-sheet')
      await field('last-group').fill(paper.slice(-4))
      await field('last-group').press('Enter')
      await page.waitForURL('**/today')
      await untilSealed(server.url)
      await see(page, 'today-founded')
      for (const room of ['consignments', 'parties', 'members', 'keys']) {
        await page.goto(`/${room}`)
        await see(page, `${room}-founded`)
      }
    })
    await inBrowser(there, undefined, async page => {
      await page.goto('/sign-in?next=/recover')
      await page.locator('[name=email]').fill(ADA.email)
      await page.locator('[name=password]').fill(ADA.password)
      await page.locator('[name=password]').press('Enter')
      await page.waitForURL(url => url.pathname === '/recover')
      await see(page, 'recover')
      const typed = page.getByLabel(t('firstRun.recover.label'))
      await typed.fill(paper.slice(4))
      const use = page.getByRole('button', { name: t('firstRun.recover.use') })
      await use.click()
      await expect(page.getByText(t('firstRun.recover.problem.recovery-length'))).toBeVisible()
      await see(page, 'recover-wrong')
      await typed.fill(paper)
      await use.click()
      await expect(page.getByText(t('firstRun.recover.stepKey'))).toBeVisible()
      await see(page, 'recover-steps')
    })
  } finally {
    await server.end()
  }
}
