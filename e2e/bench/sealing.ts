import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Posted } from '../../lib/cli/scribe.ts'
import { utf8Encode } from '../../lib/core/bytes.ts'
import { submit } from '../../lib/data/append.ts'
import { readHead } from '../../lib/data/head.ts'
import type { Log } from '../../lib/data/log-state.ts'
import { closeLog, openLog } from '../../lib/data/open-log.ts'
import { publish } from '../../lib/data/publish.ts'
import { query } from '../../lib/data/sql.ts'
import { foundWithParties, presignFor } from './dataset.ts'
import { type Section, section } from './section.ts'

const CALLERS = 64
const EVENTS = 20_000
const SINGLE = 20
/** A process signs once a second at most: what comes later finds it idle. */
const IDLE_MILLISECONDS = 1200

/** How long it takes from the record time of a leaf until a checkpoint that covers it is stored: under load, and alone. No witness is asked. */
export async function measureSealing(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const log = await openLog({ dataDir, databaseUrl: `file:${join(dataDir, 'throughline.db')}`, isDemo: true })
  try {
    const send = ({ note, openings }: Posted) => submit({ note: utf8Encode(note), openings, founding: true }, log)
    const parties = await foundWithParties('demo.invalid/bench', send)
    const queues = await presignFor(parties, { callers: CALLERS, events: EVENTS })
    const from = (await readHead(log.adapter)).size
    const start = performance.now()
    await Promise.all(
      queues.map(async queue => {
        for (const posted of queue) await send(posted)
      }),
    )
    const seconds = (performance.now() - start) / 1000
    await publish(log)
    const to = (await readHead(log.adapter)).size
    const busy = await latencies(log, { from, to })
    const alone = (await presignFor(parties, { callers: 1, events: SINGLE })).flat().slice(0, SINGLE)
    for (const posted of alone) {
      await after(IDLE_MILLISECONDS)
      await send(posted)
    }
    await after(IDLE_MILLISECONDS)
    await publish(log)
    const idle = await latencies(log, { from: to, to: (await readHead(log.adapter)).size })
    return section({
      measured: {
        p50Milliseconds: busy[Math.floor(busy.length * 0.5)] as number,
        p99Milliseconds: busy[Math.floor(busy.length * 0.99)] as number,
        eventsPerSecond: queues.flat().length / seconds,
        idleMedianMilliseconds: idle[idle.length >> 1] as number,
        idleSlowestMilliseconds: idle.at(-1) as number,
      },
      bounds: { p99Milliseconds: { atMost: 1500 }, idleMedianMilliseconds: { atMost: 50 } },
      dataset: `${EVENTS} events by ${CALLERS} callers as fast as they are taken, then ${SINGLE} one by one, ${IDLE_MILLISECONDS} ms apart; from a leaf's record time to the time of the checkpoint that covers it, both by this process's clock, whole milliseconds; WAL with synchronous FULL, guard file flushed before each checkpoint`,
    })
  } finally {
    await closeLog(log)
    rmSync(dataDir, { recursive: true })
  }
}

/** Milliseconds of each leaf, rising. */
async function latencies(log: Log, { from, to }: { from: number; to: number }): Promise<number[]> {
  const checkpoints = await query(log.adapter, 'SELECT "size", "signedAt" FROM "Checkpoint" ORDER BY "size"')
  const leaves = await query(
    log.adapter,
    `SELECT "leafIndex", "recordedAt" FROM "Leaf" WHERE "leafIndex" >= ? AND "leafIndex" < ? AND "subject" <> 'index' ORDER BY "leafIndex"`,
    [from, to],
  )
  let place = 0
  return leaves
    .map(([index, recordedAt]) => {
      while (Number(checkpoints[place]?.[0] ?? Number.POSITIVE_INFINITY) <= Number(index)) place++
      return Number(checkpoints[place]?.[1] ?? Number.NaN) - Number(recordedAt)
    })
    .sort((a, b) => a - b)
}
