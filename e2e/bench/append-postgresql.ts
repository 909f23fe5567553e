import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Posted } from '../../lib/cli/scribe.ts'
import { utf8Encode } from '../../lib/core/bytes.ts'
import { submit } from '../../lib/data/append.ts'
import { closeLog, openLog } from '../../lib/data/open-log.ts'
import { newServer, type TestServer } from '../../lib/data/postgresql-server.fixture.ts'
import type { Result } from './appending-process.ts'
import { foundWithParties, presignFor } from './dataset.ts'
import { median, type Section, section } from './section.ts'

const CALLERS = 64
const [EVENTS, WARM_UP] = [28_800, 9_600]
const ROUNDS = 3
const PROCESS = fileURLToPath(new URL('appending-process.ts', import.meta.url))

type Run = { readonly perSecond: number; readonly waits: readonly number[] }

/** Append with signature checks on a PostgreSQL of its own with fsync, 64 callers in one process and in three, in turns on the same machine. */
export async function measureAppendPostgresql(): Promise<Section> {
  const server = newServer()
  try {
    const runs: Record<1 | 3, Run[]> = { 1: [], 3: [] }
    // Each run has a database of its own, so that none is longer than another's; a noisy machine is noisy for both.
    for (let round = 0; round < ROUNDS; round++)
      for (const processes of [1, 3] as const)
        runs[processes].push(await append(server, processes, `run_${round}_${processes}`))
    const rate = (processes: 1 | 3) => median(runs[processes].map(run => run.perSecond))
    const p = (processes: 1 | 3, part: number) => {
      const waits = runs[processes].flatMap(run => run.waits).sort((a, b) => a - b)
      return waits[Math.floor(waits.length * part)] as number
    }
    return section({
      measured: {
        eventsPerSecond: rate(1),
        eventsPerSecondOfThree: rate(3),
        threeToOne: rate(3) / rate(1),
        p50Milliseconds: p(1, 0.5),
        p99Milliseconds: p(1, 0.99),
        p50MillisecondsOfThree: p(3, 0.5),
        p99MillisecondsOfThree: p(3, 0.99),
      },
      bounds: { eventsPerSecond: { atLeast: 3000 }, threeToOne: { atLeast: 1 }, p99Milliseconds: { atMost: 100 } },
      dataset: `${ROUNDS} rounds of ${EVENTS} events in consignments of five, one sealed place each, ${CALLERS} callers that wait for each answer, in one process and in three, on one PostgreSQL on the same machine by a socket; its defaults, fsync and synchronous_commit on; index leaves and checkpoints included`,
    })
  } finally {
    server.stop()
  }
}

async function append(server: TestServer, processes: number, name: string): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  try {
    const [dataDir, databaseUrl] = [join(folder, '0'), server.url(name)]
    const log = await openLog({ dataDir, databaseUrl, isDemo: true })
    const send = ({ note, openings }: Posted) => submit({ note: utf8Encode(note), openings, founding: true }, log)
    const parties = await foundWithParties('demo.invalid/bench', send)
    await closeLog(log)
    const children = []
    for (let n = 0; n < processes; n++) {
      // As on another machine: the key is the same, the guard its own.
      const own = join(folder, String(n))
      if (n > 0) cpSync(dataDir, own, { recursive: true, filter: path => !path.endsWith('.lock') })
      const callers = Math.round(CALLERS / processes)
      const share = (events: number) => presignFor(parties, { callers, events: events / processes })
      const file = join(folder, `${n}.json`)
      writeFileSync(file, JSON.stringify({ warmUp: await share(WARM_UP), queues: await share(EVENTS) }))
      children.push(start(own, databaseUrl, file))
    }
    for (const { lines } of children) await lines.next()
    for (const { child } of children) child.stdin.write('go\n')
    const results: Result[] = []
    for (const { lines } of children) results.push(JSON.parse(String((await lines.next()).value)))
    const events = results.reduce((sum, result) => sum + result.events, 0)
    const seconds = Math.max(...results.map(result => result.seconds))
    return { perSecond: events / seconds, waits: results.flatMap(result => result.waits) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function start(...args: [dataDir: string, databaseUrl: string, file: string]) {
  const command = ['--conditions=react-server', '--import', 'tsx', PROCESS, ...args]
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] })
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
}
