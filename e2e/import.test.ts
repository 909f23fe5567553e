import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect } from '@playwright/test'
import { recordedEvents } from './recorded.fixture.ts'
import { FIRST_VISIT, outcomes, runCommand, verdict } from './report.fixture.ts'
import { health, type Told, untilSealed } from './server.fixture.ts'
import { labelOf, test } from './story.fixture.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const TRAPS = 'lib/cli/import-traps.csv'
const SHIPMENTS = 300

const importArgs = (told: Told, file: string) => [file, '--url', told.url, '--data', told.dataDir]
const runImport = (told: Told, file: string) => runCommand('lib/cli/import.ts', importArgs(told, file))

test('shipments from elsewhere are shown as reported, not witnessed: every other check passes, the seal is not the green one', async ({
  page,
  fresh,
}) => {
  const imported = await runImport(fresh, TRAPS)
  expect(imported.code, imported.output).toBe(1)
  expect(imported.output).toMatch(/line \d+: /)
  const reference = /\/track\/([0-9A-Z]{11})/.exec(imported.output)?.[1] as string
  await untilSealed(fresh.url)
  await page.goto(labelOf(fresh, reference))
  await expect(verdict(page)).toContainText('Reported, not witnessed')
  await expect(verdict(page)).toContainText('nobody signed here for taking the goods')
  expect(await outcomes(page)).toEqual({ ...FIRST_VISIT, 'custody-rules': 'not checked', balance: 'not checked' })
  await expect(page.getByRole('region', { name: 'Where the goods are' })).toHaveCount(0)
  await expect(page.getByRole('main')).toContainText('Importer of earlier shipments')
  await expect(page.getByText('Checked by your browser')).toHaveCount(0)

  const recorded = await recordedEvents(fresh.url)
  const again = await runImport(fresh, TRAPS)
  expect(again.output).toContain('Recorded now: 0 shipments')
  expect(await recordedEvents(fresh.url), 'a second run adds nothing').toBe(recorded)
})

test('an import killed half-way and run again completes, and records no shipment twice', async ({
  fresh,
}, testInfo) => {
  const file = testInfo.outputPath('shipments.csv')
  writeFileSync(file, manyShipments())
  const before = await recordedEvents(fresh.url)
  const child = spawnImport(fresh, file)
  const ended = new Promise<NodeJS.Signals | null>(resolve => child.once('exit', (_, signal) => resolve(signal)))
  await expect.poll(async () => (await health(fresh.url)).recorded, { intervals: [20] }).toBeGreaterThan(before + 20)
  child.kill('SIGKILL')
  expect(await ended, 'it was killed in the middle of it').toBe('SIGKILL')
  const { recorded: halfWay } = await health(fresh.url)
  expect(halfWay - before).toBeLessThan(SHIPMENTS)

  const completed = await runImport(fresh, file)
  expect(completed).toMatchObject({ code: 0, output: expect.stringMatching(/Recorded now: \d+ shipments/) })
  const recorded = await recordedEvents(fresh.url)
  // The importer's registration and key, and one report a shipment.
  expect(recorded - before).toBe(SHIPMENTS + 2)
  const third = await runImport(fresh, file)
  expect(third).toMatchObject({ code: 0, output: expect.stringContaining(`Recorded before: ${SHIPMENTS}`) })
  expect(await recordedEvents(fresh.url)).toBe(recorded)
})

test('a file in another layout is refused whole, and a server that is not there is said', async ({
  told,
}, testInfo) => {
  const file = testInfo.outputPath('other.csv')
  writeFileSync(file, 'a,b\n1,2\n')
  expect(await runImport(told, file)).toMatchObject({ code: 2, output: expect.stringContaining('not in the layout') })
})

function spawnImport(told: Told, file: string): ChildProcess {
  const command = ['--conditions=react-server', '--import', 'tsx', 'lib/cli/import.ts', ...importArgs(told, file)]
  return spawn(process.execPath, command, { cwd: ROOT, stdio: 'ignore' })
}

/** The first good row of the traps, once for each of many shipments. */
function manyShipments(): string {
  const [header, row] = readFileSync(`${ROOT}/${TRAPS}`, 'utf8').split(/\r?\n/) as [string, string]
  const rows = Array.from({ length: SHIPMENTS }, (_, n) =>
    row.replace(/^\d+,/, `${5000 + n},`).replace(',ASN-1,', `,ASN-${5000 + n},`),
  )
  return `${[header, ...rows].join('\n')}\n`
}
