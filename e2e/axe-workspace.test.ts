import type { Page } from '@playwright/test'
import { closeLog } from '../lib/data/open-log.ts'
import { LOCALES, type Locale } from '../lib/messages/locale.ts'
import { EVERY_LOOK, expectAccessible, type Look } from './accessible.fixture.ts'
import { test as base } from './story.fixture.ts'
import { WORKSPACE_PAGES } from './workspace-pages.fixture.ts'
import { type Played, peopleTold, stageOf } from './workspace-stage.fixture.ts'

const test = base.extend<object, { played: Played }>({
  played: [
    async ({ told }, use) => {
      const played = await peopleTold(told)
      await use(played)
      await closeLog(played.log)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})

/**
 * What another language changes is order and width; colours are the same. Each walk takes minutes: the longest language and the one from right to
 * left stand for the others.
 */
const LOOKS: Readonly<Partial<Record<Locale, readonly Look[]>>> = {
  en: EVERY_LOOK.filter(({ width, colorScheme }) => width === 320 || colorScheme === 'light'),
  fr: [{ width: 320, colorScheme: 'light' }],
  ar: [{ width: 320, colorScheme: 'light' }],
}

/** Said only when something is wrong, so that nobody comes across it: looked at in every language. */
const RARE: readonly string[] = ['a list of keys that is proven, and one that is not']

// Shared out between the workers: each has a server of its own.
test.describe.configure({ mode: 'parallel' })

for (const locale of LOCALES) {
  for (const [name, walk] of Object.entries(WORKSPACE_PAGES)) {
    const looks = LOOKS[locale] ?? (RARE.includes(name) ? LOOKS.fr : undefined)
    if (!looks) continue
    test(`${name}: nothing in the way of anyone (${locale})`, async ({ browser, played }) => {
      // Several looks of every page: minutes on a machine that has other work.
      test.setTimeout(10 * 60_000)
      const see = (page: Page, state: string) => expectAccessible(page, state, looks)
      await walk(stageOf(played, browser, locale, see))
    })
  }
}
