import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { logger } from './logger.ts'
import { measures } from './measures.ts'
import { processWide } from './process-wide.ts'
import { enterRequest, REQUEST_ID, requestIdOf } from './request.ts'
import { routeOf } from './routes.ts'
import { isStopping } from './stopping.ts'

type Arrival = { request: IncomingMessage; response: ServerResponse; server: Server }

/** Routes that monitors ask every few seconds. */
const QUIET = ['assets', '/healthz', '/readyz', '/metrics']

const servers = () => processWide('servers', () => new Set<Server>())

/**
 * Gives every request its number and, once it is answered, a log line and a measure. Node itself tells of each arrival before Next sees it, so
 * that nothing is left out: pages, actions, programs' routes, files.
 */
export function watchRequests(): void {
  processWide('watching', () => {
    subscribe('http.server.request.start', message => arrive(message as Arrival))
    return true
  })
}

function arrive({ request, response, server }: Arrival): void {
  const start = performance.now()
  // Now: what Next answers with, it may have rewritten the address for.
  const route = routeOf(request.url ?? '')
  const given = request.headers[REQUEST_ID]
  const id = requestIdOf(typeof given === 'string' ? given : undefined)
  servers().add(server)
  enterRequest(id)
  // Next hands the request's headers to pages and routes, and keeps the answer's.
  request.headers[REQUEST_ID] = id
  response.setHeader(REQUEST_ID, id)
  if (isStopping()) response.setHeader('connection', 'close')
  response.once('close', () => answered({ id, route, request, response, seconds: (performance.now() - start) / 1000 }))
}

function answered(args: {
  id: string
  route: string
  request: IncomingMessage
  response: ServerResponse
  seconds: number
}): void {
  const { id, route, request, response, seconds } = args
  const { statusCode: status } = response
  const isWhole = response.writableFinished
  measures().requests.observe({ route, status: isWhole ? `${Math.floor(status / 100)}xx` : 'aborted' }, seconds)
  const line = { requestId: id, method: request.method, route, status, ms: Math.round(seconds * 1000) }
  const level = status >= 500 ? 'warn' : QUIET.includes(route) ? 'debug' : 'info'
  logger('http')[level](isWhole ? line : { ...line, isAborted: true }, isWhole ? 'answered' : 'went away')
}

/** Takes no more connections and resolves once every request that had begun is answered. */
export async function closeServers(): Promise<void> {
  const closing = [...servers()].map(
    server => new Promise<void>(resolve => (server.listening ? server.close(() => resolve()) : resolve())),
  )
  // A connection that was answered just now would be kept open for its next request: five seconds.
  const sweep = setInterval(() => {
    for (const server of servers()) server.closeIdleConnections()
  }, 20)
  await Promise.all(closing)
  clearInterval(sweep)
}
