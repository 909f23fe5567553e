import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { recordedEvents } from './recorded.fixture.ts'
import { health, untilSealed } from './server.fixture.ts'

const STORY_EVENTS = 66
const NOTES = /^\{"step":/gm

let dataDir: string
let port: number
let running: ChildProcess | undefined

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'throughline-commands-'))
  port = await freePort()
})
test.afterEach(async () => {
  await end(running, 'SIGKILL')
  rmSync(dataDir, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, resolve))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  return (address as { port: number }).port
}

const command = (name: string, ...args: string[]) => [
  '--conditions=react-server',
  '--import',
  'tsx',
  `lib/cli/${name}.ts`,
  ...args,
]
const environment = () => ({ ...process.env, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: '', DATABASE_URL: '' })
const run = (name: string, ...args: string[]) =>
  spawnSync(process.execPath, command(name, ...args), { encoding: 'utf8', env: environment() })

/** Starts a command in a process group of its own; `said` grows as it speaks. */
function start(name: string): { child: ChildProcess; said: () => string } {
  const child = spawn(process.execPath, command(name), {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  })
  running = child
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', text => {
      said += String(text)
    })
  return { child, said: () => said }
}

const demo = () => start('demo')

async function end(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))
  // SIGKILL to all of the group, as when the machine stops; SIGTERM to the command alone, as a supervisor does.
  process.kill(signal === 'SIGKILL' ? -(child.pid as number) : (child.pid as number), signal)
  return exited
}

const notes = () => {
  const path = join(dataDir, 'story.jsonl')
  return existsSync(path) ? (readFileSync(path, 'utf8').match(NOTES)?.length ?? 0) : 0
}

test('a demo killed while it tells its story is completed by the next one, and ends with its server when asked to', async () => {
  const first = demo()
  await expect.poll(notes, { timeout: 60_000, intervals: [5] }).toBeGreaterThan(20)
  await end(first.child, 'SIGKILL')
  expect(notes()).toBeLessThan(STORY_EVENTS)

  const second = demo()
  await expect.poll(second.said, { timeout: 60_000 }).toContain('Ctrl+C stops.')
  expect(notes()).toBe(STORY_EVENTS)
  const url = `http://localhost:${port}`
  expect(await recordedEvents(url)).toBe(STORY_EVENTS)
  const [label] = second.said().match(/http:\S+#k=\S+/) ?? []
  expect((await fetch(label as string)).status).toBe(200)

  expect(await end(second.child, 'SIGTERM')).toBe(0)
  await expect(fetch(url)).rejects.toThrow()
})

test('a port that is taken is said in one sentence', async () => {
  const first = demo()
  await expect.poll(first.said, { timeout: 60_000 }).toContain('Ctrl+C stops.')
  const second = run('demo')
  expect(second.status).toBe(1)
  expect(second.stderr).toMatch(/^Port \d+ is in use\. [^\n]+\n$/)
})

test('imported into the running demo: bad rows are named, a second run adds nothing, a history is not called verified', async () => {
  const { said } = demo()
  await expect.poll(said, { timeout: 60_000 }).toContain('Ctrl+C stops.')
  const url = `http://localhost:${port}`
  const first = run('import', 'lib/cli/import-traps.csv')
  expect(first.stdout).toContain('Recorded now: 5 shipments')
  expect(first.stdout).toContain('line 21: Country reads "Atlantis"')
  expect(first.status).toBe(1)
  const { recorded } = await untilSealed(url)
  const second = run('import', 'lib/cli/import-traps.csv')
  expect(second.stdout).toContain('Recorded now: 0 shipments (0 reports). Recorded before: 5.')
  expect((await health(url)).recorded).toBe(recorded)

  const [, reference] = first.stdout.match(/\/track\/([0-9A-Z]{11})/) ?? []
  const vkey = (await (await fetch(`${url}/log/vkey`)).text()).trim()
  const file = join(dataDir, 'evidence.json')
  writeFileSync(file, await (await fetch(`${url}/api/evidence/${reference}`)).text())
  const verified = run('verify', file, '--vkey', vkey)
  expect(verified.stdout).toContain('a history as one party tells it')
  expect(verified.status).toBe(3)
})

test('an import without a server, without a log or without the layout says so and changes nothing', () => {
  const unreachable = run('import', 'lib/cli/import-traps.csv')
  expect(unreachable.status).toBe(1)
  expect(unreachable.stderr).toContain(`http://localhost:${port} does not answer`)
  const other = join(dataDir, 'other.csv')
  writeFileSync(other, 'ID,Item\n1,Tent\n')
  const unusable = run('import', other)
  expect(unusable.status).toBe(2)
  expect(unusable.stderr).toContain('the file lacks, or has twice: Project Code')
})

test('a start without a log serves, and says where it is founded, once, to who reads its output', async () => {
  const { said } = start('start')
  await expect.poll(said, { timeout: 60_000 }).toMatch(/Found it here: \S+\/first-run#([0-9A-Z]{5}-){3}[0-9A-Z]{5}\n/)
  const [, code = ''] = said().match(/first-run#(\S+)/) ?? []
  expect(readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim()).toBe(code)
  const page = await fetch(`http://localhost:${port}/first-run`)
  expect(page.status).toBe(200)
  expect(await page.text()).not.toContain(code)
})
