import type { Browser } from '@playwright/test'
import { tellLong } from '../long.fixture.ts'
import { startTold } from '../server.fixture.ts'
import { launchChromium } from './chromium.ts'
import { median, type Section, section } from './section.ts'
import { onSlowPhone } from './slow-phone.ts'

const RUNS = 5
const KILOBYTE = 1000

type Visit = { readonly verdict: number; readonly script: number; readonly seal: number; readonly page: number }

/** `/track` with 20 records on a slow phone with a poor network (DESIGN §7): a first visit each time, nothing cached. */
export async function measureTrack(): Promise<Section> {
  const told = await startTold()
  const browser = await launchChromium()
  try {
    const address = `${told.url}/track/${await tellLong(told)}#k=${told.fingerprint}`
    await visit(browser, address) // The server compiles and caches on its first answer; no visitor is the first for long.
    const visits: Visit[] = []
    for (let run = 0; run < RUNS; run++) visits.push(await visit(browser, address))
    const of = (name: keyof Visit) => median(visits.map(each => each[name]))
    return section({
      measured: {
        verdictMilliseconds: of('verdict'),
        slowestVerdictMilliseconds: Math.max(...visits.map(each => each.verdict)),
        scriptKilobytes: of('script') / KILOBYTE,
        sealKilobytes: of('seal') / KILOBYTE,
        allKilobytes: of('page') / KILOBYTE,
      },
      bounds: {
        verdictMilliseconds: { atMost: 1500 },
        scriptKilobytes: { atMost: 170 },
        sealKilobytes: { atMost: 40 },
      },
      dataset: `one consignment of 20 records, ${RUNS} first visits by its label's fragment, median; Chromium ${browser.version()} at 4× CPU, 150 ms round trip, 1.6 Mbit/s; kilobytes of 1,000 bytes as sent, headers included; from the start of the navigation to the drawn verdict`,
    })
  } finally {
    await browser.close()
    await told.end()
  }
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const cdp = await onSlowPhone(page)
    const requests = new Map<string, { path: string; isScript: boolean; bytes: number }>()
    cdp.on('Network.responseReceived', ({ requestId, type, response }) => {
      requests.set(requestId, { path: new URL(response.url).pathname, isScript: type === 'Script', bytes: 0 })
    })
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const request = requests.get(requestId)
      if (request) request.bytes = encodedDataLength
    })
    await page.addInitScript(watchVerdict)
    await page.goto(address)
    const drawn = await page.waitForFunction(() => Reflect.get(globalThis, 'verdictAt') as number | undefined)
    const verdict = (await drawn.jsonValue()) as number
    const state = await page.locator('[data-state]').first().getAttribute('data-state')
    if (state !== 'passed') throw new Error(`the verdict was ${state}`)
    await page.waitForLoadState('networkidle')
    const sum = (isCounted: (request: { path: string; isScript: boolean }) => boolean) =>
      [...requests.values()].filter(isCounted).reduce((bytes, request) => bytes + request.bytes, 0)
    return {
      verdict,
      script: sum(request => request.isScript),
      seal: sum(request => request.isScript && request.path.startsWith('/seal/')),
      page: sum(() => true),
    }
  } finally {
    await context.close()
  }
}

/** Runs before the page's own scripts: notes when the seal was drawn, in milliseconds since the navigation began. */
function watchVerdict(): void {
  const observer = new MutationObserver(() => {
    const state = document.querySelector('#verdict [data-state]')?.getAttribute('data-state')
    if (state !== 'passed' && state !== 'failed' && state !== 'not-checked') return
    Reflect.set(globalThis, 'verdictAt', performance.now())
    observer.disconnect()
  })
  observer.observe(document, { childList: true, subtree: true, attributes: true })
}
