import { expectAccessible } from './accessible.fixture.ts'
import { test } from './story.fixture.ts'

for (const locale of ['en', 'ar'] as const) {
  test.describe(locale, () => {
    test.use({ locale })
    // Four looks of every page: minutes on a machine that has other work.
    test.describe.configure({ timeout: 5 * 60_000 })

    test(`pages for whoever is not signed in (${locale})`, async ({ page, told }) => {
      await page.goto(`${told.url}/sign-in`)
      await expectAccessible(page, 'sign-in')
    })
  })
}
