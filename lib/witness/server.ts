import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type Answer, answerRequest, type Scruple } from './cosigner.ts'
import type { WitnessKey } from './key.ts'
import { openRate } from './rate.ts'
import type { WitnessStore } from './store.ts'

/** Sixty-three hashes, a checkpoint and a hundred signature lines fit many times. */
const MOST_BODY_BYTES = 128 * 1024

export type WitnessSettings = {
  readonly store: WitnessStore
  readonly key: WitnessKey
  /** Unix seconds. */
  readonly now?: () => number
  readonly scruple?: Scruple | undefined
  /** Requests a second that one address may make in the long run, eight times as many at once. */
  readonly rate: number
  /** One line for whoever runs the witness. */
  readonly say?: (line: string) => void
}

/** A witness over HTTP (c2sp.org/tlog-witness): `POST /add-checkpoint`, `GET /<hex SHA-256 of the origin>/checkpoint`, and `GET /` with its vkey. */
export function witnessServer(settings: WitnessSettings): Server {
  const { say = () => {} } = settings
  const takes = openRate(settings.rate)
  const server = createServer((request, response) => {
    void answer(settings, takes, request)
      .catch((error): Answer => {
        say(`failed: ${error instanceof Error ? error.message : error}`)
        return { status: 500, body: 'failed\n' }
      })
      .then(given => write(request, response, given))
  })
  server.requestTimeout = 10_000
  server.headersTimeout = 5000
  return server
}

async function answer(
  { store, key, now = () => Math.floor(Date.now() / 1000), scruple, say = () => {} }: WitnessSettings,
  takes: (address: string) => boolean,
  request: IncomingMessage,
): Promise<Answer> {
  if (!takes(request.socket.remoteAddress ?? '')) return { status: 429, body: 'too many requests\n' }
  const path = (request.url ?? '/').split('?')[0] ?? '/'
  if (path === '/add-checkpoint') {
    if (request.method !== 'POST') return { status: 405, body: 'POST\n' }
    const body = await readBody(request)
    if (body === undefined) return { status: 400, body: 'the body is too large\n' }
    const given = await answerRequest({ store, key, now, scruple, body })
    if (given.status !== 200) say(`${given.status} ${given.body.trim()}`)
    return given
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: 'GET\n' }
  if (path === '/') return { status: 200, body: `${key.vkey}\n` }
  const note = store.logs().find(({ origin }) => path === `/${originHash(origin)}/checkpoint`)?.note
  return note === undefined ? { status: 404, body: 'not found\n' } : { status: 200, body: note }
}

/** What stands for an origin in the address of its latest checkpoint. */
export function originHash(origin: string): string {
  return createHash('sha256').update(origin).digest('hex')
}

/** The whole body; undefined where it is too large, and the rest is let go. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MOST_BODY_BYTES) return undefined
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function write(request: IncomingMessage, response: ServerResponse, { status, body, type }: Answer): void {
  response.writeHead(status, {
    'content-type': type ?? 'text/plain; charset=utf-8',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    ...((status === 429 || status === 503) && { 'retry-after': '5' }),
    // What is left of a body that was not read would be taken for the next request.
    ...(!request.complete && { connection: 'close' }),
  })
  response.end(request.method === 'HEAD' ? '' : body)
}
