import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Posted } from '../../lib/cli/scribe.ts'
import { utf8Encode } from '../../lib/core/bytes.ts'
import { submit } from '../../lib/data/append.ts'
import { closeLog, openLog } from '../../lib/data/open-log.ts'

// A process of its own that sends signed events to the log of a database: those to warm up, then, when it is told, those that count.
type Task = { readonly warmUp: readonly Posted[][]; readonly queues: readonly Posted[][] }
export type Result = { readonly seconds: number; readonly events: number; readonly waits: readonly number[] }

const [dataDir = '', databaseUrl = '', file = ''] = process.argv.slice(2)
const task = JSON.parse(readFileSync(file, 'utf8')) as Task
const log = await openLog({ dataDir, databaseUrl, isDemo: true })

async function sendAll(queues: readonly Posted[][]): Promise<number[]> {
  const sendOne = async (queue: readonly Posted[]) => {
    const waits: number[] = []
    for (const { note, openings } of queue) {
      const start = performance.now()
      const submission = await submit({ note: utf8Encode(note), openings }, log)
      waits.push(performance.now() - start)
      if (submission.outcome !== 'recorded' || !submission.inEffect) throw new Error(JSON.stringify(submission))
    }
    return waits
  }
  return (await Promise.all(queues.map(sendOne))).flat()
}

await sendAll(task.warmUp)
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const start = performance.now()
const waits = await sendAll(task.queues)
const seconds = (performance.now() - start) / 1000
await closeLog(log)
process.stdout.write(`${JSON.stringify({ seconds, events: waits.length, waits } satisfies Result)}\n`, () =>
  process.exit(0),
)
