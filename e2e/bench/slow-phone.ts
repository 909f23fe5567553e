import type { CDPSession, Page } from '@playwright/test'

const BYTES_PER_SECOND = 1_600_000 / 8

/** Makes the page as slow as DESIGN §7 measures it: 4× CPU, 150 ms round trip, 1.6 Mbit/s. Its session tells of the network. */
export async function onSlowPhone(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  })
  return cdp
}
