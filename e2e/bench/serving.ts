import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { postTo } from '../../lib/cli/post.ts'
import { startServer, untilSealed } from '../server.fixture.ts'
import { foundWithParties, presignFor } from './dataset.ts'
import { median, type Section, section } from './section.ts'

const CONNECTIONS = 64
const [ROUNDS, REQUESTS] = [5, 3200]
const CONSIGNMENTS = 100
/** A route handler that reads no database and writes nothing: it looks at its path and answers 307. The emptiest this server has. */
const EMPTY = '/t/00000000000'

/** Evidence and tiles of a production server against an empty route handler of the same server, by the same clients on the same machine. */
export async function measureServing(): Promise<Section> {
  const server = await startServer()
  try {
    const firstRunCode = readFileSync(join(server.dataDir, 'first-run.code'), 'utf8').trim()
    const post = postTo({ url: server.url, firstRunCode })
    const parties = await foundWithParties('demo.invalid/bench', post)
    const queues = await presignFor(parties, { callers: CONSIGNMENTS, events: CONSIGNMENTS * 5 })
    for (const queue of queues) for (const posted of queue) await post(posted)
    await untilSealed(server.url)
    const references = queues.map(([pack]) => /"subject":"consignment\/([0-9A-Z]{11})"/.exec(pack?.note ?? '')?.[1])
    const paths: Record<string, readonly string[]> = {
      empty: [EMPTY],
      evidence: references.map(reference => `/api/evidence/${reference}`),
      tile: ['/log/tile/0/000', '/log/tile/0/001'],
      bundle: ['/log/tile/entries/000', '/log/tile/entries/001'],
    }
    const rates: Record<string, number[]> = {}
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [name, all] of Object.entries(paths)) {
        const perSecond = await load(server.url, all, name === 'empty' ? '307' : '200')
        // The first round warms all of them up.
        if (round > 0) rates[name] = [...(rates[name] ?? []), perSecond]
      }
    }
    const ratio = (name: string) =>
      median((rates[name] ?? []).map((rate, round) => rate / ((rates.empty as number[])[round] as number)))
    return section({
      measured: {
        evidenceToEmptyHandler: ratio('evidence'),
        tileToEmptyHandler: ratio('tile'),
        bundleToEmptyHandler: ratio('bundle'),
        emptyHandlerPerSecond: median(rates.empty as number[]),
        evidencePerSecond: median(rates.evidence as number[]),
        tilesPerSecond: median(rates.tile as number[]),
      },
      bounds: {
        evidenceToEmptyHandler: { atLeast: 0.5 },
        tileToEmptyHandler: { atLeast: 0.7 },
        bundleToEmptyHandler: { atLeast: 0.7 },
      },
      dataset: `${ROUNDS} rounds of ${REQUESTS} requests each, ${CONNECTIONS} connections kept alive; evidence of ${CONSIGNMENTS} consignments of five events in turn, full tiles and bundles of a log of ${CONSIGNMENTS * 5} events, bundles packed by gzip as all clients ask for them, the others not; peer: GET ${EMPTY}, a route handler that only redirects; clients on the same machine`,
    })
  } finally {
    await server.end()
  }
}

let visitors = 0

async function load(url: string, paths: readonly string[], expected: string): Promise<number> {
  const start = performance.now()
  const result = await autocannon({
    url: url + paths[0],
    connections: CONNECTIONS,
    amount: REQUESTS,
    timeout: 60,
    setupClient(client) {
      // From many addresses: there is a limit for each.
      const from = visitors++
      const packed = paths[0]?.includes('/entries/') && { 'accept-encoding': 'gzip' }
      const headers = { ...packed, 'x-forwarded-for': `10.${from >> 16}.${(from >> 8) & 255}.${from & 255}` }
      client.setRequests(paths.map(path => ({ method: 'GET' as const, path, headers })))
    },
  })
  const seconds = (performance.now() - start) / 1000
  const counts = Object.entries(result.statusCodeStats).map(([code, { count }]) => `${code}: ${count}`)
  if (result.errors > 0 || Number(result.statusCodeStats[expected]?.count) !== REQUESTS) {
    throw new Error(`${paths[0]}: ${result.errors} errors, ${counts}`)
  }
  return REQUESTS / seconds
}
