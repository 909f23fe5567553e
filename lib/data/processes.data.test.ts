import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { fsck } from './fsck.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { query } from './sql.ts'

const APPENDER = fileURLToPath(new URL('appender.fixture.ts', import.meta.url))

function startAppender(dataDir: string, prefix: string, count: number) {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', 'tsx', APPENDER, dataDir, prefix, String(count)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const lines: string[] = []
  let rest = ''
  child.stdout.on('data', chunk => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
  })
  return { child, lines }
}

const ended = (child: ChildProcess) => new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
const acknowledged = (lines: readonly string[]) =>
  lines.flatMap(line => (/^[0-9]+ [0-9a-f]{64}$/.test(line) ? [line] : []))

async function findings(url: string) {
  const found = []
  for await (const step of fsck(url)) if (step.step === 'finding') found.push(step.finding)
  return found
}

async function namesOf(settings: Parameters<typeof openLog>[0]) {
  const log = await openLog(settings)
  const rows = await query(log.sqlite, 'SELECT "leafIndex", "hash" FROM "EventName" ORDER BY "leafIndex"')
  const readOnly = log.readOnly
  await closeLog(log)
  return { readOnly, names: rows.map(row => `${row[0]} ${row[1]}`) }
}

test('two processes on one database: indices without gaps, one root per size, nothing lost', async () => {
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const [a, b] = [startAppender(settings.dataDir, 'a', 300), startAppender(settings.dataDir, 'b', 300)]
  expect(await Promise.all([ended(a.child), ended(b.child)])).toEqual([0, 0])
  const all = [...acknowledged(a.lines), ...acknowledged(b.lines)]
  const indices = all.map(line => Number(line.split(' ')[0])).sort((x, y) => x - y)
  expect(indices).toEqual(Array.from({ length: 600 }, (_, i) => i + 8))
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  expect(names).toEqual(expect.arrayContaining(all))
  expect(await findings(settings.databaseUrl)).toEqual([])
})

test('kill -9 during appends, 50 rounds: nothing acknowledged is lost and the root derives again', async () => {
  test.setTimeout(15 * 60_000)
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const all: string[] = []
  for (let round = 0; round < 50; round++) {
    const { child, lines } = startAppender(settings.dataDir, `round ${round}`, 1_000_000)
    const over = ended(child)
    // A different moment each round: after so many acknowledgements, whatever the pump, the signer or the disk is doing then.
    await new Promise<void>(resolve => {
      child.stdout.on('data', () => {
        if (acknowledged(lines).length > round * 7) resolve()
      })
      child.once('close', () => resolve())
    })
    child.kill('SIGKILL')
    await over
    expect(lines[0]).toBe('open ')
    expect(lines.filter(line => line.startsWith('refused'))).toEqual([])
    all.push(...acknowledged(lines))
  }
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  const stored = new Set(names)
  expect(all.filter(line => !stored.has(line))).toEqual([])
  expect(all.length).toBeGreaterThan(50)
  expect(await findings(settings.databaseUrl)).toEqual([])
})
