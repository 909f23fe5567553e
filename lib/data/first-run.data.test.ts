import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { isFirstRun, prepareFirstRun } from './first-run.ts'
import { freshSettings, LiveLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'

test('until leaf 3 is recorded only who has the one-time code founds the log; then the code is gone', async () => {
  const settings = freshSettings()
  const log = await openLog(settings)
  await prepareFirstRun(log)
  const path = join(settings.dataDir, 'first-run.code')
  const code = readFileSync(path, 'utf8').trim()
  expect(code).toMatch(/^([0-9A-Z]{5}-){3}[0-9A-Z]{5}$/)
  expect(statSync(path).mode & 0o077).toBe(0)

  await prepareFirstRun(log)
  expect(readFileSync(path, 'utf8').trim()).toBe(code)
  expect(await isFirstRun(code, log)).toBe(true)
  expect(await isFirstRun(null, log)).toBe(false)
  expect(await isFirstRun('', log)).toBe(false)
  expect(await isFirstRun(`${code}0`, log)).toBe(false)
  expect(await isFirstRun(code.toLowerCase(), log)).toBe(false)

  await new LiveLog(log).found({ mode: 'production' })
  expect(existsSync(path)).toBe(false)
  expect(await isFirstRun(code, log)).toBe(false)
  await prepareFirstRun(log)
  expect(existsSync(path)).toBe(false)
  await closeLog(log)
})
