import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { postTo } from '../../lib/cli/post.ts'
import { startServer } from '../server.fixture.ts'
import { foundWithParties, presignFor } from './dataset.ts'
import { median, type Section, section } from './section.ts'

const CALLERS = 64
const EVENTS = 6400
const ROUNDS = 3

/** A route handler that reads no database and writes nothing: it looks at its path and answers 307. The emptiest this server has. */
const EMPTY = '/t/00000000000'

/** `POST /api/events` of a production server against an empty route handler of the same server, by the same clients on the same machine. */
export async function measureEvents(): Promise<Section> {
  const server = await startServer()
  try {
    const firstRunCode = readFileSync(join(server.dataDir, 'first-run.code'), 'utf8').trim()
    const parties = await foundWithParties('demo.invalid/bench', postTo({ url: server.url, firstRunCode }))
    const rates: number[] = []
    const empty: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const queues = await presignFor(parties, { callers: CALLERS, events: EVENTS })
      const idle = await load({ url: `${server.url}${EMPTY}`, connections: CALLERS, amount: EVENTS })
      const waiting = [...queues]
      const busy = await load({
        url: `${server.url}/api/events`,
        connections: CALLERS,
        amount: queues.flat().length,
        setupClient(client) {
          const queue = waiting.pop() ?? []
          client.setRequests(
            queue.map(({ note, openings }) => ({
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ event: note, openings }),
            })),
          )
        },
      })
      if (idle.statuses['307'] !== EVENTS) throw new Error(`${EMPTY}: ${JSON.stringify(idle.statuses)}`)
      if (busy.statuses['201'] !== queues.flat().length) throw new Error(JSON.stringify(busy.statuses))
      // The first round warms both up.
      if (round === 0) continue
      rates.push(busy.perSecond)
      empty.push(idle.perSecond)
    }
    return section({
      measured: {
        ratioToEmptyHandler: median(rates.map((rate, round) => rate / (empty[round] as number))),
        eventsPerSecond: median(rates),
        emptyHandlerPerSecond: median(empty),
      },
      bounds: { ratioToEmptyHandler: { atLeast: 0.4 } },
      dataset: `${ROUNDS} rounds of ${EVENTS} signed events in consignments of five, ${CALLERS} connections kept alive, each answered 201 after COMMIT in WAL with synchronous FULL; peer: GET ${EMPTY}, a route handler that only redirects, as many requests by as many connections; clients on the same machine`,
    })
  } finally {
    await server.end()
  }
}

type Loaded = { readonly perSecond: number; readonly statuses: Readonly<Record<string, number>> }

async function load(options: autocannon.Options): Promise<Loaded> {
  const start = performance.now()
  const result = await autocannon({ timeout: 60, ...options })
  const seconds = (performance.now() - start) / 1000
  if (result.errors > 0) throw new Error(`${result.errors} requests failed`)
  const statuses = Object.fromEntries(
    Object.entries(result.statusCodeStats).map(([code, { count }]) => [code, Number(count)]),
  )
  return { perSecond: options.amount / seconds, statuses }
}
