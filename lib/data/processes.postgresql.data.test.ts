import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { newFolder } from './folders.fixture.ts'
import { guardPath } from './guard-file.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { freshPostgresql } from './postgresql-server.fixture.ts'
import { acknowledged, ended, findingsOf, namesOf, startAppender } from './processes.fixture.ts'
import { publish } from './publish.ts'
import { storedRows } from './tamper.fixture.ts'

/** How long they append; `npm run torture` lets them for a minute. */
const milliseconds = () => (test.info().project.name.startsWith('torture') ? 60_000 : 5_000)

/** The same log from another folder, as another machine has it: the key, and a guard of its own from here on. */
function elsewhere({ dataDir, ...settings }: LogSettings): LogSettings {
  const other = newFolder()
  for (const name of ['log.key', 'log.guard']) cpSync(join(dataDir, name), join(other, name))
  return { ...settings, dataDir: other }
}

for (const count of [2, 3]) {
  test(`${count} processes append at once: indices without gaps, one root per size, nothing acknowledged is lost`, async () => {
    test.setTimeout(10 * 60_000)
    const { log, settings } = await foundedLog({ ...freshSettings(), databaseUrl: freshPostgresql() })
    await closeLog(log)
    const folders = [settings, ...Array.from({ length: count - 1 }, () => elsewhere(settings))]
    const running = folders.map((each, n) => startAppender(each, `process ${n}`, 1_000_000))
    const over = running.map(({ child }) => ended(child))
    // Each has begun, and all of them append for so long.
    await expect
      .poll(() => running.every(({ lines }) => acknowledged(lines).length > 0), { timeout: 60_000 })
      .toBe(true)
    await new Promise(resolve => setTimeout(resolve, milliseconds()))
    for (const { child } of running) child.kill('SIGTERM')
    expect(await Promise.all(over)).toEqual(running.map(() => 0))
    for (const { lines } of running) {
      expect(lines[0]).toBe('open ')
      expect(lines.filter(line => line.startsWith('refused'))).toEqual([])
    }
    const all = running.flatMap(({ lines }) => acknowledged(lines))
    const { readOnly, names } = await namesOf(settings)
    expect(readOnly).toBeUndefined()
    const stored = new Set(names)
    expect(all.filter(line => !stored.has(line))).toEqual([])
    expect(names).toHaveLength(8 + all.length)
    const indices = await storedRows(settings, 'SELECT COUNT(*) AS "n", MAX(leafIndex) AS "last" FROM Leaf')
    expect(indices[0]?.last).toBe(Number(indices[0]?.n) - 1)
    // Every process found the others' checkpoints to lead on from its own, or it would be read-only; all of them fit the leaves.
    for (const each of folders) expect((await namesOf(each)).readOnly).toBeUndefined()
    expect(await findingsOf(settings.databaseUrl)).toEqual([])
  })
}

test('a process that looked on while another founded the log signs with it, and has a guard of its own from then on', async () => {
  const logKey = randomBytes(32).toString('base64')
  const databaseUrl = freshPostgresql()
  const [here, there] = [0, 1].map(() => ({ ...freshSettings(), databaseUrl, logKey })) as [LogSettings, LogSettings]
  const other = await openLog(there)
  const { live, log, donor } = await foundedLog(here)
  expect(other.founding).toBeUndefined()
  expect(await submit(await live.packing(donor, 'through the other'), other)).toMatchObject({ outcome: 'recorded' })
  expect(other.readOnly).toBeUndefined()
  await publish(other)
  expect(readFileSync(guardPath(there), 'utf8')).toContain('log.example.org')
  await closeLog(log)
  await closeLog(other)
  // One that comes later has seen nothing: it needs a checkpoint from elsewhere, as ever.
  const late = await openLog({ ...freshSettings(), databaseUrl, logKey })
  expect(late.readOnly?.code).toBe('guard-missing')
  await closeLog(late)
})
