import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../../lib/cli/chromium.mjs'

/** A Chromium that speaks to nobody but the page it is given. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findChromium()
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
}
