import { defineConfig, devices } from '@playwright/test'
import { findChromium } from '../lib/cli/chromium.mjs'

const isCI = Boolean(process.env.CI)
const executablePath = await findChromium()

const DEEP = ['lib/**/*.deep.test.ts', 'e2e/fuzz/*.deep.test.ts']
const LONG = ['kill', 'kill.postgresql', 'processes.postgresql'].map(name => `lib/data/${name}.data.test.ts`)
const DATA = { testMatch: 'lib/**/*.data.test.ts', timeout: 5 * 60_000 }

export default defineConfig({
  testDir: '..',
  testIgnore: ['**/node_modules/**', '**/.next/**', '**/.data/**'],
  outputDir: '../test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Machines are noisy; what is there at once is seen at once.
  expect: { timeout: 15_000 },
  reporter: isCI ? 'line' : 'list',
  projects: [
    { name: 'unit', testMatch: 'lib/**/*.test.ts', testIgnore: ['**/*.deep.test.ts', '**/*.data.test.ts'] },
    { name: 'deep', testMatch: DEEP, timeout: 15 * 60_000 },
    // Every bit instead of seeded ones, many rounds instead of some: a test asks test.info().project.name. Not part of `npm test`.
    { name: 'torture', testMatch: [...DEEP, ...LONG], timeout: 0 },
    { name: 'torture-postgresql', testMatch: 'lib/data/kill.data.test.ts', timeout: 0 },
    { ...DATA, name: 'data', testIgnore: '**/*.postgresql.data.test.ts' },
    // The same tests on the other database. What only one of the two has is tested under its name.
    { ...DATA, name: 'data-postgresql', testIgnore: '**/*.sqlite.data.test.ts' },
    {
      name: 'e2e',
      testMatch: 'e2e/*.test.ts',
      timeout: 120_000,
      // Browsers, servers and clocks on a machine that others use too. What passes only the second time is listed as flaky, with its error.
      retries: isCI ? 1 : 0,
      use: {
        ...devices['Desktop Chrome'],
        trace: 'retain-on-failure',
        launchOptions: {
          ...(executablePath ? { executablePath } : {}),
          args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
        },
      },
    },
  ],
})
