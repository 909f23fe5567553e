import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Posted } from '../../lib/cli/scribe.ts'
import { hexDecode, utf8Encode } from '../../lib/core/bytes.ts'
import { parseKnownEvent } from '../../lib/core/evidence/signed-event.ts'
import { submit } from '../../lib/data/append.ts'
import { verifyNow } from '../../lib/data/ed25519.ts'
import { closeLog, openLog } from '../../lib/data/open-log.ts'
import { secondsToInsert } from './bare-sqlite.ts'
import { foundWithParties, type Parties, presignFor } from './dataset.ts'
import { median, type Section, section } from './section.ts'

const CALLERS = 64
const EVENTS = 16_000
const ROUNDS = 3
const BATCH = 256

/** Append with signature checks, SQLite synchronous FULL, 64 callers, against the serial limit of the same machine in the same minutes. */
export async function measureAppend(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const log = await openLog({ dataDir, databaseUrl: `file:${join(dataDir, 'throughline.db')}`, isDemo: true })
  try {
    const send = ({ note, openings }: Posted) => submit({ note: utf8Encode(note), openings, founding: true }, log)
    const parties = await foundWithParties('demo.invalid/bench', send)
    const rates: number[] = []
    const busy: number[] = []
    const limits: number[] = []
    const verifySeconds: number[] = []
    const insertSeconds: number[] = []
    const waits: number[] = []
    // The first round warms up, and is not counted. Peer and product take turns, so that a noisy machine is noisy for both.
    for (let round = 0; round <= ROUNDS; round++) {
      const queues = await presignFor(parties, { callers: CALLERS, events: EVENTS })
      const peer = serialLimit(parties, queues.flat())
      const start = performance.now()
      const cpu = process.cpuUsage()
      const taken = await Promise.all(queues.map(queue => sendAll(queue, send)))
      const seconds = (performance.now() - start) / 1000
      const { user, system } = process.cpuUsage(cpu)
      if (round === 0) continue
      rates.push(queues.flat().length / seconds)
      busy.push((user + system) / queues.flat().length)
      limits.push(1 / (peer.verify + peer.insert))
      verifySeconds.push(peer.verify)
      insertSeconds.push(peer.insert)
      waits.push(...taken.flat())
    }
    const ratios = rates.map((rate, round) => rate / (limits[round] as number))
    waits.sort((a, b) => a - b)
    return section({
      measured: {
        eventsPerSecond: median(rates),
        ratioToSerialLimit: median(ratios),
        serialLimitPerSecond: median(limits),
        verifyOneMicroseconds: median(verifySeconds) * 1e6,
        insertOneMicroseconds: median(insertSeconds) * 1e6,
        processorMicrosecondsEach: median(busy),
        p50Milliseconds: waits[Math.floor(waits.length * 0.5)] as number,
        p99Milliseconds: waits[Math.floor(waits.length * 0.99)] as number,
      },
      bounds: {
        eventsPerSecond: { atLeast: 5000 },
        ratioToSerialLimit: { atLeast: 0.4 },
        p99Milliseconds: { atMost: 100 },
      },
      dataset: `${ROUNDS} rounds of ${EVENTS} events in consignments of five (pack, two handoffs), one sealed place each, ${CALLERS} callers that wait for each answer; acknowledged after COMMIT in WAL with synchronous FULL; peer: node:crypto one after the other plus bare better-sqlite3, ${BATCH} rows a transaction, same settings`,
    })
  } finally {
    await closeLog(log)
    rmSync(dataDir, { recursive: true })
  }
}

async function sendAll(
  queue: readonly Posted[],
  send: (posted: Posted) => ReturnType<typeof submit>,
): Promise<number[]> {
  const waits: number[] = []
  for (const posted of queue) {
    const start = performance.now()
    const submission = await send(posted)
    waits.push(performance.now() - start)
    if (submission.outcome !== 'recorded' || !submission.inEffect) throw new Error(JSON.stringify(submission))
  }
  return waits
}

/** Seconds to verify one signature natively, and to insert one leaf with the bare driver. */
function serialLimit(
  { donor, carrier, recipient }: Parties,
  all: readonly Posted[],
): { verify: number; insert: number } {
  const sample = all.slice(0, 4096)
  const keys = new Map([donor, carrier, recipient].map(({ key }) => [key.key, key.publicKey]))
  const signed = sample.map(({ note }) => {
    const read = parseKnownEvent(utf8Encode(note))
    if (!read.ok) throw new Error(read.detail)
    const publicKey = keys.get(read.value.event.key) ?? (hexDecode('', 0) as Uint8Array)
    return { publicKey, message: utf8Encode(read.value.text), signature: read.value.signature }
  })
  const start = performance.now()
  for (const each of signed) if (!verifyNow(each)) throw new Error('a signature of the data set is wrong')
  const verify = (performance.now() - start) / 1000 / signed.length
  return { verify, insert: secondsToInsert({ rows: sample.map(({ note }) => utf8Encode(note)), batch: BATCH }) }
}
