import { test as base } from '@playwright/test'
import { startTold, type Told } from './server.fixture.ts'

/** `told`: one server a worker, for stories that only read. `fresh`: a server of the test's own, to be damaged. */
export const test = base.extend<{ fresh: Told }, { told: Told }>({
  told: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const told = await startTold()
      await use(told)
      await told.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  fresh: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const told = await startTold()
      await use(told)
      await told.end()
    },
    { timeout: 120_000 },
  ],
})

/** The address on the label of a consignment of the story. */
export function labelOf(told: Told, reference: string, fingerprint = told.fingerprint): string {
  return `${told.url}/t/${reference}#k=${fingerprint}`
}
