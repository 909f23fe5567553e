import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openFolderMemory } from '../lib/cli/folder-memory.ts'
import { fetchVkey, postTo } from '../lib/cli/post.ts'
import type { Post } from '../lib/cli/scribe.ts'
import { type ChapterName, type ToldStory, tellStory } from '../lib/cli/story.ts'
import { vkeyFingerprint } from '../lib/core/ledger/vkey.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
export const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

/** A production server of this build, with a data folder of its own. */
export type Server = {
  /** `http://localhost:<port>`, no final slash. */
  readonly url: string
  readonly dataDir: string
  /** Path of the SQLite file. */
  readonly database: string
  /** What it has written to stdout and stderr so far. */
  output(): string
  /** SIGKILL to its whole process group: nothing is flushed, nothing is closed. */
  kill(): Promise<void>
  /** Sends a signal to the server, as a supervisor does. */
  signal(signal: NodeJS.Signals): void
  /** Its exit code, once it has ended by itself. */
  ended(): Promise<number | null>
  /** The same folder and port, a new process. */
  restart(): Promise<void>
  /** Ends it and removes its folder. */
  end(): Promise<void>
}

/** Settings of one server beside those that every test's server has. */
type Settings = Readonly<Record<string, string>>

/** Starts `next start` on a free port and waits until it answers `/healthz`. `demo: false`: as `npm start` does, with a log that is still to be founded. */
export async function startServer({
  demo = true,
  settings = {},
}: {
  demo?: boolean
  settings?: Settings
} = {}): Promise<Server> {
  const port = await freePort()
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-e2e-'))
  const url = `http://localhost:${port}`
  const database = join(dataDir, 'throughline.db')
  const written: string[] = []
  const launched = { port, dataDir, database, url, written, demo, settings }
  let child = await launch(launched)
  return {
    url,
    dataDir,
    database,
    output: () => written.join(''),
    kill: () => killGroup(child),
    signal: signal => void child.kill(signal),
    ended: () => untilEnded(child),
    async restart() {
      await killGroup(child)
      child = await launch(launched)
    },
    async end() {
      await killGroup(child)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function launch(args: {
  port: number
  dataDir: string
  database: string
  url: string
  written: string[]
  demo: boolean
  settings: Settings
}): Promise<ChildProcess> {
  const { port, dataDir, database, url, written, demo, settings } = args
  const child = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-p', String(port)], {
    cwd: ROOT,
    // A group of its own, so that whatever Next starts goes with it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(port),
      DATA_DIR: dataDir,
      DATABASE_URL: `file:${database}`,
      PUBLIC_URL: url,
      DEMO: demo ? '1' : '0',
      LOG_ORIGIN: '',
      LOG_KEY: '',
      // A test that comes from several addresses says so as a proxy would.
      TRUSTED_PROXIES: '1',
      ...settings,
    },
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => written.push(String(chunk)))
  const endWithUs = () => signalGroup(child)
  process.once('exit', endWithUs)
  child.once('exit', () => process.off('exit', endWithUs))
  await untilAnswering(url, child, written)
  return child
}

async function untilAnswering(url: string, child: ChildProcess, written: readonly string[]): Promise<void> {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    if (child.exitCode !== null) break
    const answer = await fetch(`${url}/healthz`).catch(() => undefined)
    if (answer) return
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  signalGroup(child)
  throw new Error(`the server did not answer:\n${written.join('')}`)
}

function signalGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // It ended just now.
  }
}

async function untilEnded(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await new Promise(resolve => child.once('exit', resolve))
  return child.exitCode
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise(resolve => child.once('exit', resolve))
  signalGroup(child)
  await ended
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, () => resolve()))
  const address = probe.address()
  await new Promise(resolve => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A server whose log is founded and tells the demo's story, all of it sealed. */
export type Told = Server & {
  readonly origin: string
  readonly vkey: string
  /** 26 characters, as on a label. */
  readonly fingerprint: string
  readonly story: ToldStory
  readonly post: Post
  /** Reference of a consignment of the story. */
  reference(name: ChapterName): string
}

/** A server founded and told the story over HTTP, with the server's own one-time code. */
export async function startTold(settings: Settings = {}): Promise<Told> {
  const server = await startServer({ settings })
  const { url, dataDir } = server
  const origin = `demo.invalid/${randomBytes(5).toString('hex')}`
  const firstRunCode = readFileSync(join(dataDir, 'first-run.code'), 'utf8').trim()
  const post = postTo({ url, firstRunCode })
  // In the server's folder, as `npm run demo` keeps them: the import signs with the operator's key from there.
  const memory = openFolderMemory(dataDir)
  const story = await tellStory({ origin, post, clock: Date.now, random, memory })
  memory.close()
  await untilSealed(url)
  const vkey = await fetchVkey(url)
  if (vkey === undefined) throw new Error('the log was founded and shows no key')
  const reference = (name: ChapterName) => {
    const told = story.consignments.find(each => each.name === name)
    if (!told) throw new Error(`the story does not tell ${name}`)
    return told.reference
  }
  return { ...server, origin, vkey, fingerprint: vkeyFingerprint(vkey), story, post, reference }
}

/** What `/readyz` says, with 200 or 503. */
export type Health = { isReady: boolean; reason?: string; recorded: number; sealed: number }

export async function health(url: string): Promise<Health> {
  return (await (await fetch(`${url}/readyz`)).json()) as Health
}

/** Until a signed checkpoint covers all that is recorded: a second, under load two. */
export async function untilSealed(url: string): Promise<Health> {
  const until = Date.now() + 30_000
  for (;;) {
    const state = await health(url)
    if (state.recorded > 0 && state.sealed === state.recorded) return state
    if (Date.now() > until) throw new Error(`not sealed: ${JSON.stringify(state)}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
