import { test as base } from '@playwright/test'
import { type Founded, startFounded } from './founded.fixture.ts'

/** `founded`: one production server a worker, for stories that change only what they themselves make. */
export const test = base.extend<object, { founded: Founded }>({
  founded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const founded = await startFounded()
      await use(founded)
      await founded.end()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
