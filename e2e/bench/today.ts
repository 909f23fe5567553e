import type { Browser } from '@playwright/test'
import { type Busy, startBusy } from '../ten-thousand.fixture.ts'
import { launchChromium } from './chromium.ts'
import { median, type Section, section } from './section.ts'
import { onSlowPhone } from './slow-phone.ts'

const CONSIGNMENTS = 10_000
const RUNS = 5
const KILOBYTE = 1000

type Visit = { readonly readable: number; readonly rows: number; readonly bytes: number }

/** Today of a party with ten thousand consignments on a slow phone with a poor network (DESIGN §7): a first visit each time, nothing cached. */
export async function measureToday(): Promise<Section> {
  const seeding = performance.now()
  const busy = await startBusy(CONSIGNMENTS)
  const seeded = (performance.now() - seeding) / 1000
  const browser = await launchChromium()
  try {
    await visit(browser, busy) // The server compiles and caches on its first answer; no member is the first for long.
    const visits: Visit[] = []
    for (let run = 0; run < RUNS; run++) visits.push(await visit(browser, busy))
    const of = (name: keyof Visit) => median(visits.map(each => each[name]))
    return section({
      measured: {
        readableMilliseconds: of('readable'),
        slowestReadableMilliseconds: Math.max(...visits.map(each => each.readable)),
        rows: of('rows'),
        allKilobytes: of('bytes') / KILOBYTE,
        seedingSeconds: seeded,
      },
      bounds: { readableMilliseconds: { atMost: 2500 } },
      dataset: `${CONSIGNMENTS} consignments of one party, natively signed and recorded through submit, a third of them open; ${RUNS} first visits of /today by its admin, median; Chromium ${browser.version()} at 4× CPU, 150 ms round trip, 1.6 Mbit/s; from the start of the navigation until the largest of what is in view is painted`,
    })
  } finally {
    await browser.close()
    await busy.end()
  }
}

async function visit(browser: Browser, { url, cookie }: Busy): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en' })
  try {
    await context.addCookies(
      cookie.split('; ').map(pair => {
        const at = pair.indexOf('=')
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
      }),
    )
    const page = await context.newPage()
    const cdp = await onSlowPhone(page)
    let bytes = 0
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength
    })
    await page.addInitScript(watchPaints)
    await page.goto(`${url}/today`)
    await page.waitForLoadState('networkidle')
    const rows = await page.locator('.today-row').count()
    if (rows === 0) throw new Error('today shows nothing')
    const readable = await page.evaluate(() => Reflect.get(globalThis, 'paintedAt') as number)
    return { readable, rows, bytes }
  } finally {
    await context.close()
  }
}

/** Runs before the page's own scripts: keeps when the largest thing in view was painted, in milliseconds since the navigation began. */
function watchPaints(): void {
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) Reflect.set(globalThis, 'paintedAt', entry.startTime)
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}
