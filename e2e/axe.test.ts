import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { renameOpenings } from './attack.fixture.ts'
import { runCommand } from './report.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const WIDTHS = [360, 1280] as const
const SCHEMES = ['light', 'dark'] as const

/** Zero violations of WCAG 2.2 AA and axe's own good practice, small and wide, light and dark. Says which page and which rule. */
async function expectAccessible(page: Page, name: string): Promise<void> {
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      const { violations } = await new AxeBuilder({ page }).analyze()
      for (const { id, nodes } of violations)
        found.push(
          `${name}, ${width} px, ${colorScheme}: ${id} at ${nodes.map(node => node.target.join(' ')).join(', ')}`,
        )
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (overflow > 0) found.push(`${name}, ${width} px: ${overflow} px wider than the screen`)
    }
  }
  expect(found).toEqual([])
}

async function openTrack(page: Page, told: Told, reference: string): Promise<void> {
  await page.goto(labelOf(told, reference))
  await expect(page.locator('#verdict [data-state]')).toHaveAttribute('data-state', /passed|failed|not-checked/)
}

for (const locale of ['en', 'ar'] as const) {
  test.describe(locale, () => {
    test.use({ locale })
    // Four looks of every page: minutes on a machine that has other work.
    test.describe.configure({ timeout: 5 * 60_000 })

    test(`pages about no consignment (${locale})`, async ({ page, told }) => {
      for (const path of ['/', '/log', '/verify', '/track/7K3Q9XMD2TA', '/track/7K3Q9XMD2TK', '/nowhere']) {
        await page.goto(`${told.url}${path}`)
        await expectAccessible(page, path)
      }
    })

    test(`every consignment of the story, checked (${locale})`, async ({ page, told }) => {
      for (const { name, reference } of told.story.consignments) {
        await openTrack(page, told, reference)
        await expectAccessible(page, name)
      }
    })

    test(`the verify page with a report, and with a file that is none (${locale})`, async ({ page, told }) => {
      const evidence = await (await fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`)).text()
      for (const [name, text, state] of [
        ['a report', evidence, 'not-checked'],
        ['no evidence', 'hello', 'failed'],
      ] as const) {
        await page.goto(`${told.url}/verify`)
        await page.locator('#text').fill(text)
        await page.locator('form#verify button[type=submit], form#verify button').last().click()
        await expect(page.locator('#verdict [data-state]')).toHaveAttribute('data-state', state)
        await expectAccessible(page, name)
      }
    })

    test(`a reported history, a failed check, and a log that is read-only (${locale})`, async ({ page, fresh }) => {
      const imported = await runCommand('lib/cli/import.ts', [
        'lib/cli/import-traps.csv',
        '--url',
        fresh.url,
        '--data',
        fresh.dataDir,
      ])
      const reference = /\/track\/([0-9A-Z]{11})/.exec(imported.output)?.[1] as string
      await untilSealed(fresh.url)
      await openTrack(page, fresh, reference)
      await expectAccessible(page, 'reported')
      renameOpenings(fresh.database, { from: 'Harbour Relief', to: 'Someone else' })
      await openTrack(page, fresh, fresh.reference('relay'))
      await expectAccessible(page, 'failed')
    })
  })
}
