import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Posted } from '../../lib/cli/scribe.ts'
import { utf8Encode } from '../../lib/core/bytes.ts'
import { submit } from '../../lib/data/append.ts'
import { evidenceFile } from '../../lib/data/evidence.ts'
import { closeLog } from '../../lib/data/open-log.ts'
import { publish } from '../../lib/data/publish.ts'
import { query } from '../../lib/data/sql.ts'
import { presignFor } from './dataset.ts'
import { foundLargeLog, growLog, type LargeLog } from './large-log.ts'
import { median, type Section, section } from './section.ts'

const FEW = 10_000
const EVENTS = Number(process.env.BENCH_EVENTS ?? 1_000_000)
const CALLERS = 64
const [ROUNDS, EVENTS_A_ROUND] = [9, 1600]

/**
 * What a log costs when it is large: an append, the evidence of one consignment, a byte on the disk. `BENCH_EVENTS` makes it shorter than a
 * million events, which take some minutes to make.
 */
export async function measureGrowth(): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-growth-'))
  const open = (name: string) =>
    foundLargeLog({
      dataDir: join(folder, name),
      databaseUrl: `file:${join(folder, name, 'throughline.db')}`,
      isDemo: true,
      logOrigin: `demo.invalid/${name}`,
    })
  const [small, large] = [await open('small'), await open('large')]
  try {
    await growLog(small, FEW)
    await growLog(large, 1000)
    const young = await evidenceBytes(large)
    await growLog(large, EVENTS - 1000, done => {
      if (done % 100_000 === 0) process.stderr.write(`  ${done} events made\n`)
    })
    const old = await evidenceBytes(large)
    const bytes = await bytesOfDatabase(large)
    const costs: Record<'small' | 'large', number[]> = { small: [], large: [] }
    // In turns, so that a noisy machine is noisy for both; the first round fills what is kept in memory.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, log] of [['small', small] as const, ['large', large] as const]) {
        const microseconds = await costOfAppend(log)
        if (round > 0) costs[name].push(microseconds)
      }
    }
    const ratios = costs.large.map((cost, round) => cost / (costs.small[round] as number))
    return section({
      measured: {
        ratioOfAppend: median(ratios),
        microsecondsSmall: median(costs.small),
        microsecondsLarge: median(costs.large),
        evidenceGrowsBytes: old - young,
        evidenceBytes: old,
        databaseBytesEach: bytes.database,
        leafBytesEach: bytes.leaf,
      },
      bounds: {
        ratioOfAppend: { atMost: 1.15 },
        evidenceGrowsBytes: { atMost: 8000 },
        databaseBytesEach: { atMost: 2000 },
      },
      dataset: `one log of ${FEW} and one of ${EVENTS} events in consignments of twenty; processor time of an append with its signature check, ${ROUNDS} rounds of ${EVENTS_A_ROUND} events by ${CALLERS} callers in turns, acknowledged after COMMIT in WAL with synchronous FULL; evidence of the first consignment, with gzip, at 1,000 events and at all; bytes of the database file once its log of writes is copied`,
    })
  } finally {
    await closeLog(small.log)
    await closeLog(large.log)
    rmSync(folder, { recursive: true })
  }
}

async function evidenceBytes({ log, references }: LargeLog): Promise<number> {
  await publish(log)
  const file = await evidenceFile(references[0] as string, {}, log)
  if (!file.ok) throw new Error(file.detail)
  return gzipSync(file.value).length
}

async function bytesOfDatabase({ log }: LargeLog): Promise<{ database: number; leaf: number }> {
  await query(log.adapter, 'PRAGMA wal_checkpoint(TRUNCATE)')
  const [row] = await query(log.adapter, 'SELECT COUNT(*), SUM(LENGTH("bytes")) FROM "Leaf"')
  const [leaves, bytes] = [Number(row?.[0]), Number(row?.[1])]
  return { database: statSync(log.settings.databaseUrl.replace('file:', '')).size / leaves, leaf: bytes / leaves }
}

/** Processor microseconds of this process for one event. */
async function costOfAppend({ log, parties }: LargeLog): Promise<number> {
  const queues = await presignFor(parties, { callers: CALLERS, events: EVENTS_A_ROUND })
  const before = process.cpuUsage()
  await Promise.all(queues.map(queue => sendAll(queue, log)))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / queues.flat().length
}

async function sendAll(queue: readonly Posted[], log: LargeLog['log']): Promise<void> {
  for (const { note, openings } of queue) {
    const submission = await submit({ note: utf8Encode(note), openings }, log)
    if (submission.outcome !== 'recorded') throw new Error(JSON.stringify(submission))
  }
}
