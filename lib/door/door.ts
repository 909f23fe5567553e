import 'server-only'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { env } from '../env.ts'
import { logger } from '../monitor/logger.ts'
import { clientAddress } from './address.ts'
import { headersFor } from './headers.ts'

// Next evaluates this module more than once in one process; one door is enough.
const HOME = Symbol.for('throughline.door')
type Home = { [HOME]?: true }

/** A phone on a bad network sends 128 KiB in a minute; who is slower than this holds a connection for nothing. */
const MOST_REQUEST_MILLISECONDS = 60_000
const MOST_HEADERS_MILLISECONDS = 20_000

type Started = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly server: Server }

/**
 * Stands before everything that this process answers, Next's own files and errors among it: sets the headers that every answer has, and makes the
 * request's `x-forwarded-…` headers say what is true, because Next takes them from whoever sends them. Call it once, at start. Node's own
 * channel for starting requests: nothing is wrapped, and `next start` stays what serves.
 */
export function openDoor(): void {
  const global = globalThis as Home
  if (global[HOME]) return
  global[HOME] = true
  let isFirst = true
  subscribe('http.server.request.start', message => {
    // Not at start: settings that cannot be used are start.ts' to say.
    if (isFirst) adviseOnProxies()
    isFirst = false
    pass(message as Started)
  })
}

/**
 * What is asked for, as an address of ours that Next can read. A whole address on the request line is one of ours, whatever host it names: Next would
 * send the visitor there. A percent sign that encodes nothing stands for itself: Next would answer 500.
 */
function ownPath(target: string): string {
  const { pathname, search } = URL.canParse(target) ? new URL(target) : NOWHERE
  const [path = '', ...query] = (target.startsWith('/') ? target : `${pathname}${search}`).split('?')
  return [isDecodable(path) ? path : path.replaceAll('%', '%25'), ...query].join('?')
}

const NOWHERE = new URL('http://here.invalid/')

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** This server speaks http alone: under https something stands in front of it. */
function adviseOnProxies(): void {
  const { publicUrl, trustedProxies } = env()
  if (publicUrl.startsWith('https:') && trustedProxies === 0)
    logger('door').warn('TRUSTED_PROXIES is 0: limits count everyone behind the proxy as one caller')
}

function pass({ request, response, server }: Started): void {
  server.requestTimeout = MOST_REQUEST_MILLISECONDS
  server.headersTimeout = MOST_HEADERS_MILLISECONDS
  const { trustedProxies, publicUrl } = env()
  request.url = ownPath(request.url ?? '/')
  const path = request.url.split('?', 1)[0] ?? ''
  for (const [name, value] of Object.entries(headersFor({ path, isHttps: publicUrl.startsWith('https:') })))
    response.setHeader(name, value)
  const { headers } = request
  const forwarded = headers['x-forwarded-for']
  headers['x-forwarded-for'] = clientAddress({
    socket: request.socket.remoteAddress,
    forwarded: Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
    trustedProxies,
  })
  if (trustedProxies > 0) return
  // Next compares a form's origin with x-forwarded-host before it looks at the host.
  for (const name of ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'forwarded', 'x-real-ip'])
    delete headers[name]
}
