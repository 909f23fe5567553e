import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { closeLog } from '../lib/data/open-log.ts'
import { launchChromium } from './bench/chromium.ts'
import { startTold } from './server.fixture.ts'
import { WORKSPACE_PAGES } from './workspace-pages.fixture.ts'
import { peopleTold, stageOf } from './workspace-stage.fixture.ts'

// Every page as people see it, into .data/screenshots, and the README's own picture. To be looked at, not compared.
// Words that follow the command choose: only pages of the workspace whose area has one of them are rendered.
const FOLDER = '.data/screenshots'
const README_PICTURE = 'public/screenshots/track.png'

mkdirSync(FOLDER, { recursive: true })
mkdirSync('public/screenshots', { recursive: true })
const told = await startTold()
const browser = await launchChromium()
const fragment = `#k=${told.fingerprint}`
const pages = new Map([
  ['home', '/'],
  ['log', '/log'],
  ['verify', '/verify'],
  ['wrong-reference', '/track/7K3Q9XMD2TT'],
  ['no-such-page', '/nowhere'],
  ...told.story.consignments.map(({ name, reference }) => [`track-${name}`, `/t/${reference}${fragment}`] as const),
  ['track-failed', `/t/${told.reference('partLoad')}#k=00000000000000000000000000`],
])

const WIDTHS = [360, 1280] as const
const LOCALES = ['en', 'ar'] as const
const SCHEMES = ['light', 'dark'] as const

/** A page in the state it is in, in each look that needs no other language. */
async function render(page: Page, name: string, locale: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.screenshot({ path: `${FOLDER}/${name}-${width}-${locale}-${colorScheme}.png`, fullPage: true })
    }
  }
}

async function renderWorkspace(asked: readonly string[]): Promise<void> {
  const played = await peopleTold(told)
  for (const locale of LOCALES) {
    const stage = stageOf(played, browser, locale, (page, name) => render(page, name, locale))
    for (const [area, walk] of Object.entries(WORKSPACE_PAGES))
      if (asked.length === 0 || asked.some(word => area.includes(word))) await walk(stage)
  }
  await closeLog(played.log)
}

async function renderPublic(): Promise<void> {
  for (const locale of LOCALES) {
    const context = await browser.newContext({ locale, timezoneId: 'UTC' })
    const page = await context.newPage()
    for (const [name, path] of pages) {
      await show(page, path)
      await render(page, name, locale)
    }
    await context.close()
  }
  const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, locale: 'en', reducedMotion: 'reduce' })
  await show(page, `/t/${told.reference('partLoad')}${fragment}`)
  await page.screenshot({ path: README_PICTURE })
}

async function show(page: Page, path: string): Promise<void> {
  await page.goto(`${told.url}${path}`)
  await page.waitForLoadState('networkidle')
}

try {
  const asked = process.argv.slice(2)
  if (asked.length === 0) await renderPublic()
  await renderWorkspace(asked)
} finally {
  await browser.close()
  await told.end()
}
