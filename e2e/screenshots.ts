import { mkdirSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { launchChromium } from './bench/chromium.ts'
import { startTold } from './server.fixture.ts'

// Every public page as people see it, into .data/screenshots, and the README's own picture. To be looked at, not compared.
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

async function show(page: Page, path: string): Promise<void> {
  await page.goto(`${told.url}${path}`)
  await page.waitForLoadState('networkidle')
}

try {
  for (const width of [1280, 360]) {
    for (const locale of ['en', 'ar']) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const look = { viewport: { width, height: 800 }, locale, colorScheme, reducedMotion: 'reduce' } as const
        const context = await browser.newContext({ ...look, timezoneId: 'UTC' })
        const page = await context.newPage()
        for (const [name, path] of pages) {
          await show(page, path)
          await page.screenshot({ path: `${FOLDER}/${name}-${width}-${locale}-${colorScheme}.png`, fullPage: true })
        }
        await context.close()
      }
    }
  }
  const page = await browser.newPage({ viewport: { width: 1280, height: 960 }, locale: 'en', reducedMotion: 'reduce' })
  await show(page, `/t/${told.reference('partLoad')}${fragment}`)
  await page.screenshot({ path: README_PICTURE })
} finally {
  await browser.close()
  await told.end()
}
