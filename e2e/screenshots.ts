import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { closeLog } from '../lib/data/open-log.ts'
import type { Locale } from '../lib/messages/locale.ts'
import { launchChromium } from './bench/chromium.ts'
import { parseLooks } from './looks.ts'
import { walkMemory } from './memory-states.fixture.ts'
import { publicPagesOf } from './public-pages.fixture.ts'
import { walkReadOnly } from './read-only-states.fixture.ts'
import { startTold, type Told } from './server.fixture.ts'
import { walkSuccession } from './succession-states.fixture.ts'
import { walkVerifier, walkVerifyPage } from './verifier-states.fixture.ts'
import { walkWitnesses } from './witness-states.fixture.ts'
import { wordsOf } from './workspace.fixture.ts'
import { WORKSPACE_PAGES } from './workspace-pages.fixture.ts'
import { enterAs, peopleTold, stageOf } from './workspace-stage.fixture.ts'

// Every page as people see it, to be looked at, not compared; and the README's own pictures. `parseLooks` says what can be asked for.
const asked = parseLooks(process.argv.slice(2))
const README = 'public/screenshots'

mkdirSync(asked.folder, { recursive: true })
mkdirSync(README, { recursive: true })
const told = await startTold()
const browser = await launchChromium()

const isAsked = (area: string) => asked.areas.length === 0 || asked.areas.some(word => area.includes(word))

/** A page in the state it is in, in each look that needs no other language. The file's name begins with the page's. */
async function render(page: Page, name: string, locale: Locale): Promise<void> {
  for (const width of asked.widths) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of asked.schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: `${asked.folder}/${name}-${width}-${locale}-${colorScheme}.png`, fullPage: true })
    }
  }
}

async function renderWorkspace(): Promise<void> {
  const areas = Object.entries(WORKSPACE_PAGES).filter(([area]) => isAsked(area))
  if (areas.length === 0) return
  const played = await peopleTold(told)
  for (const locale of asked.languages) {
    const stage = stageOf(played, browser, locale, (page, name) => render(page, name, locale))
    for (const [area, walk] of areas) {
      await walk(stage).catch((error: unknown) => failed.push(`${area} (${locale}): ${error}`))
      process.stdout.write(`${locale}: ${area}\n`)
    }
  }
  await closeLog(played.log)
}

async function renderPublic(): Promise<void> {
  for (const locale of asked.languages) {
    const context = await browser.newContext({ locale, timezoneId: 'UTC' })
    const page = await context.newPage()
    for (const [name, path] of publicPagesOf(told)) {
      await show(page, path)
      await render(page, name, locale)
    }
    await context.close()
    process.stdout.write(`${locale}: public pages\n`)
  }
}

/** Where pages are opened in the states that need a server of their own, or none. */
type OwnStage = {
  readonly page: Page
  readonly locale: Locale
  readonly see: (page: Page, name: string) => Promise<void>
}

/** On a server of its own, which the walk may break. */
const onOwn =
  (walk: (page: Page, own: Told, see: OwnStage['see']) => Promise<void>) =>
  async ({ page, see }: OwnStage) => {
    const own = await startTold()
    await walk(page, own, see).finally(() => own.end())
  }

/** The log's own states, by area: what a browser remembers, witnesses, a log that cannot go on or has taken another's place; the offline verifier from the disk. */
const LOG_STATES: Readonly<Record<string, (stage: OwnStage) => Promise<void>>> = {
  memory: onOwn(walkMemory),
  'read-only': onOwn(walkReadOnly),
  witnesses: ({ page, see }) => walkWitnesses(page, see),
  succession: ({ page, locale, see }) => walkSuccession(page, wordsOf(locale), see),
  'verify page': ({ page, see }) => walkVerifyPage(page, told, see),
  verifier: ({ page, see }) =>
    walkVerifier(page, told, new URL('../public/seal/throughline-verifier.html', import.meta.url).href, see),
}

async function renderLogStates(): Promise<void> {
  const areas = Object.entries(LOG_STATES).filter(([area]) => isAsked(area))
  for (const locale of asked.languages) {
    for (const [area, walk] of areas) {
      const context = await browser.newContext({ locale, timezoneId: 'UTC' })
      const see = (page: Page, name: string) => render(page, name, locale)
      await walk({ page: await context.newPage(), locale, see }).catch((error: unknown) =>
        failed.push(`${area} (${locale}): ${error}`),
      )
      await context.close()
      process.stdout.write(`${locale}: ${area}\n`)
    }
  }
}

/** What the README shows: a consignment that the browser has checked, the same in Arabic on a phone, and a day's work. */
async function renderReadme(): Promise<void> {
  const picture = { locale: 'en', timezoneId: 'UTC', reducedMotion: 'reduce', colorScheme: 'light' } as const
  const label = `/t/${told.reference('partLoad')}#k=${told.fingerprint}`
  const desk = await browser.newPage({ ...picture, viewport: { width: 1280, height: 960 }, baseURL: told.url })
  await show(desk, label)
  await desk.screenshot({ path: `${README}/track.png` })
  const query = await enterAs(desk, 'Harbour Relief')
  await show(desk, `/today?${query}`)
  await desk.screenshot({ path: `${README}/today.png` })
  const viewport = { width: 390, height: 844 }
  const phone = await browser.newPage({ ...picture, locale: 'ar', viewport, deviceScaleFactor: 2, baseURL: told.url })
  await show(phone, label)
  await phone.screenshot({ path: `${README}/track-ar.png` })
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, told.url).href)
  await page.waitForLoadState('networkidle')
}

const failed: string[] = []
try {
  if (!asked.isReadme) {
    if (isAsked('public pages')) await renderPublic()
    await renderLogStates()
    await renderWorkspace()
  }
  if (asked.isReadme || asked.areas.length === 0) await renderReadme()
} finally {
  await browser.close()
  await told.end()
}
if (failed.length > 0) throw new Error(failed.join('\n'))
