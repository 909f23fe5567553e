import { expect, type Page } from '@playwright/test'
import { LOCALES } from '../lib/messages/locale.ts'
import { EVERY_LOOK, expectAccessible, type Look } from './accessible.fixture.ts'
import { renameOpenings } from './attack.fixture.ts'
import { walkMemory } from './memory-states.fixture.ts'
import { PLAIN_PAGES } from './public-pages.fixture.ts'
import { walkReadOnly } from './read-only-states.fixture.ts'
import { runCommand } from './report.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'
import { walkSuccession } from './succession-states.fixture.ts'
import { walkVerifier, walkVerifyPage } from './verifier-states.fixture.ts'
import { walkWitnesses } from './witness-states.fixture.ts'
import { wordsOf } from './workspace.fixture.ts'

async function openTrack(page: Page, told: Told, reference: string): Promise<void> {
  await page.goto(labelOf(told, reference))
  await expect(page.locator('#verdict [data-state]')).toHaveAttribute('data-state', /passed|failed|not-checked/)
}

const NARROW: readonly Look[] = [{ width: 320, colorScheme: 'light' }]

for (const locale of LOCALES) {
  // French and Spanish differ from English in their words' length: one look, where it is narrowest.
  const looks = locale === 'fr' || locale === 'es' ? NARROW : EVERY_LOOK
  test.describe(locale, () => {
    test.use({ locale })
    // Four looks of every page: minutes on a machine that has other work.
    test.describe.configure({ timeout: 5 * 60_000 })

    test(`pages about no consignment (${locale})`, async ({ page, told }) => {
      for (const [name, path] of PLAIN_PAGES) {
        await page.goto(`${told.url}${path}`)
        await expectAccessible(page, name, looks)
      }
    })

    test(`every consignment of the story, checked (${locale})`, async ({ page, told }) => {
      for (const { name, reference } of told.story.consignments) {
        await openTrack(page, told, reference)
        await expectAccessible(page, name, looks)
      }
    })

    test(`the verify page, by what a file comes to (${locale})`, async ({ page, told }) => {
      await walkVerifyPage(page, told, (seen, name) => expectAccessible(seen, name, looks))
    })

    test(`what a browser remembers of a log, well, new, set back and forked (${locale})`, async ({ page, fresh }) => {
      await walkMemory(page, fresh, (seen, name) => expectAccessible(seen, name, looks))
    })

    test(`a log with witnesses, all there and one missing (${locale})`, async ({ page }) => {
      await walkWitnesses(page, (seen, name) => expectAccessible(seen, name, looks))
    })

    test(`a log that is read-only, by what is behind it, and one on its database’s word (${locale})`, async ({
      page,
      fresh,
    }) => {
      await walkReadOnly(page, fresh, (seen, name) => expectAccessible(seen, name, looks))
    })

    test(`a log that succeeds another (${locale})`, async ({ page }) => {
      await walkSuccession(page, wordsOf(locale), (seen, name) => expectAccessible(seen, name, looks))
    })

    test(`the offline verifier from the disk (${locale})`, async ({ page, told }) => {
      const file = new URL('../public/seal/throughline-verifier.html', import.meta.url).href
      await walkVerifier(page, told, file, (seen, name) => expectAccessible(seen, name, looks))
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
      await expectAccessible(page, 'reported', looks)
      renameOpenings(fresh.database, { from: 'Harbour Relief', to: 'Someone else' })
      await openTrack(page, fresh, fresh.reference('relay'))
      await expectAccessible(page, 'failed', looks)
    })
  })
}
