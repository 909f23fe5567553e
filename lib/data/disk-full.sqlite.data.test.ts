import { spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { acknowledged, ended, findingsOf, namesOf, startAppender } from './processes.fixture.ts'

const APPENDER = fileURLToPath(new URL('appender.fixture.ts', import.meta.url))

test('a process whose files may grow no further says so to every sender, and loses nothing that it acknowledged', async () => {
  test.setTimeout(5 * 60_000)
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const path = settings.databaseUrl.replace('file:', '')
  // As a full disk does, in the middle of a write: no file of this process grows beyond the limit, and the signal for it is not heard.
  const limit = Math.ceil(statSync(path).size / 512) + 1200
  const child = spawn(
    'sh',
    [
      '-c',
      `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`,
      process.execPath,
      ...['--conditions=react-server', '--import', 'tsx', APPENDER, settings.dataDir, settings.databaseUrl],
      ...['full', '2000'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  let said = ''
  child.stdout.on('data', chunk => {
    said += chunk
  })
  await ended(child)
  const lines = said.split('\n')
  const kept = acknowledged(lines)
  expect(kept.length).toBeGreaterThan(10)
  expect(lines).toContain('refused storage')
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  expect(names).toEqual(expect.arrayContaining(kept))
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
  // With room again it goes on where it stood.
  const next = startAppender(settings, 'room', 20)
  expect(await ended(next.child)).toBe(0)
  expect(acknowledged(next.lines)).toHaveLength(20)
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
})
