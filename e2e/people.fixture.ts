import { type Browser, type BrowserContext, type BrowserContextOptions, test as base } from '@playwright/test'
import type { Log } from '../lib/data/log-state.ts'
import { closeLog } from '../lib/data/open-log.ts'
import { makePeople, openBeside, signInAs, type Who } from './accounts.fixture.ts'
import { type Founded, startFounded } from './founded.fixture.ts'

/** A founded log and everyone of `PEOPLE` with an account. */
export type Peopled = Founded & {
  /** The server's log, opened in this process beside it. */
  readonly log: Log
}

const opened = new Set<BrowserContext>()

/** A browser of its own for one person, signed in; no device key yet. It is closed with the test. */
export async function personAt(
  browser: Browser,
  { url }: Pick<Founded, 'url'>,
  who: Who,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, ...options })
  opened.add(context)
  const cookie = await signInAs(url, who)
  await context.addCookies(
    cookie.split('; ').map(pair => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )
  return context
}

/**
 * `founded`: one production server a worker, for stories that change only what they themselves make, and make much of it. `peopled`: another, with
 * accounts, whose lists stay short. `own`: a peopled server of the test's own.
 */
export const test = base.extend<{ own: Peopled; closing: undefined }, { founded: Founded; peopled: Peopled }>({
  closing: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      await use(undefined)
      for (const context of opened) await context.close()
      opened.clear()
    },
    { auto: true },
  ],
  founded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const founded = await startFounded()
      await use(founded)
      await founded.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  peopled: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => withPeople(use),
    { scope: 'worker', timeout: 120_000 },
  ],
  own: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => withPeople(use),
    { timeout: 120_000 },
  ],
})

async function withPeople(use: (peopled: Peopled) => Promise<void>): Promise<void> {
  const founded = await startFounded()
  const log = await openBeside(founded)
  await makePeople(founded, log)
  await use({ ...founded, log })
  await closeLog(log)
  await founded.end()
}
