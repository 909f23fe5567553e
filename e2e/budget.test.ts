import { gzipSync } from 'node:zlib'
import { expect } from '@playwright/test'
import { tellLong } from './long.fixture.ts'
import { verdict } from './report.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const KILOBYTE = 1000

test('a consignment of twenty records needs at most 170 kB of compressed JavaScript in all, 40 kB of it the seal', async ({
  page,
  fresh,
}) => {
  const reference = await tellLong(fresh)
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  const scripts = new Map<string, { url: string; bytes: number }>()
  cdp.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script') scripts.set(requestId, { url: response.url, bytes: 0 })
  })
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId)
    if (script) script.bytes = encodedDataLength
  })
  await page.goto(labelOf(fresh, reference))
  await expect(verdict(page)).toContainText('Checked by your browser')
  await expect(verdict(page)).toContainText('Records: 20')
  await page.waitForLoadState('networkidle')
  const loaded = [...scripts.values()]
  const seal = loaded.filter(script => new URL(script.url).pathname.startsWith('/seal/'))
  expect(seal.length).toBeGreaterThan(0)
  for (const { bytes } of loaded) expect(bytes).toBeGreaterThan(0)
  const total = loaded.reduce((sum, script) => sum + script.bytes, 0)
  expect(total, `${loaded.length} scripts`).toBeLessThanOrEqual(170 * KILOBYTE)
  for (const { url } of seal) {
    const module = new Uint8Array(await (await fetch(url)).arrayBuffer())
    expect(gzipSync(module, { level: 9 }).length).toBeLessThanOrEqual(40 * KILOBYTE)
  }
})
