import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { forgetfulMemory, openScribe } from '../lib/cli/scribe.ts'
import type { Cast } from '../lib/cli/story-cast.ts'
import { actingOn } from '../lib/data/acting.ts'
import { openLog } from '../lib/data/open-log.ts'
import type { Locale } from '../lib/messages/locale.ts'
import { makePeople, type Who } from './accounts.fixture.ts'
import { type Peopled, personAt } from './people.fixture.ts'
import { random, type Told } from './server.fixture.ts'
import { type Words, wordsOf } from './workspace.fixture.ts'

/** A server that has told the demo's story, and everyone of `PEOPLE` with an account on it. */
export type Played = Told & Peopled & { readonly cast: Cast }

/** Where every page of the workspace is opened in each of its states, in one language. */
export type Stage = {
  readonly played: Played
  readonly browser: Browser
  readonly locale: Locale
  readonly t: Words
  /** What is done with a page in one state, whose name is good for a file. */
  readonly see: (page: Page, name: string) => Promise<void>
}

/** Gives the people of the other stories their accounts on a server that tells the demo's. Whoever calls it closes its log. */
export async function peopleTold(told: Told): Promise<Played> {
  const { origin, post, story } = told
  const scribe = openScribe({ origin, post, clock: Date.now, random, memory: forgetfulMemory() })
  const log = await openLog({ dataDir: told.dataDir, databaseUrl: `file:${told.database}`, isDemo: true })
  const played = { ...told, scribe, cast: story.cast, log }
  await makePeople(played, log)
  return played
}

/** Does something in a browser of its own that is nobody's, or that of one of the people; closes it afterwards. */
export async function inBrowser(
  stage: Stage,
  who: Who | undefined,
  act: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const { browser, played, locale } = stage
  const options: BrowserContextOptions = { locale, timezoneId: 'UTC', reducedMotion: 'reduce', baseURL: played.url }
  const context = who ? await personAt(browser, played, who, options) : await browser.newContext(options)
  try {
    await act(await context.newPage(), context)
  } finally {
    await context.close()
  }
}

/** Enters the demonstration as the party of this name, in any language; answers the query that acts for it. */
export async function enterAs(page: Page, name: string): Promise<string> {
  await page.goto('/enter')
  await page.getByRole('button', { name }).click()
  await page.waitForURL(/\/today\?as=/)
  return `as=${new URL(page.url()).searchParams.get('as')}`
}

/** Event hash of the last handover of a consignment. */
export async function lastRelease({ log }: Played, reference: string): Promise<string> {
  const acting = await actingOn(reference, log)
  return acting?.state.releases.at(-1)?.hash as string
}

export const stageOf = (played: Played, browser: Browser, locale: Locale, see: Stage['see']): Stage => ({
  played,
  browser,
  locale,
  t: wordsOf(locale),
  see,
})
