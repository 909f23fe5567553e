import { type NextRequest, NextResponse } from 'next/server'
import { awayPage, foreignPage, laterPage } from './app/(public)/alone.ts'
import { sealScript } from './app/(public)/seal-script.ts'
import { parseReference } from './lib/core/custody/reference.ts'
import { AWAY_SECONDS, isDatabaseAway } from './lib/data/away.ts'
import { standing } from './lib/data/standing.ts'
import { callerIn } from './lib/door/caller.ts'
import { pagePolicy } from './lib/door/headers.ts'
import { isFromHere } from './lib/door/own-origin.ts'
import { env } from './lib/env.ts'
import { directionOf, isLocale, LOCALE_COOKIE, pickLocale } from './lib/messages/locale.ts'
import { paths } from './lib/paths.ts'

const YEAR_SECONDS = 365 * 24 * 60 * 60
/** Pages that say whether a reference is known. */
const LOOKED_UP = /^\/(?:track|parties|take|gs1)\/./
// biome-ignore lint/style/noProcessEnv: set by Next itself, not by who runs it
const isDevelopment = process.env.NODE_ENV === 'development'

/** Runs before every page: the visitor's choice of language, the content security policy with its nonce, and the path for pages that are not found. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const chosen = request.nextUrl.searchParams.get(LOCALE_COOKIE) ?? undefined
  if (isLocale(chosen) && request.method === 'GET') return rememberLocale(request, chosen)
  const { publicUrl } = env()
  const nonce = btoa(crypto.randomUUID())
  const policy = pagePolicy({ nonce, isHttps: publicUrl.startsWith('https:'), isDevelopment })
  const { method, headers } = request
  // Whatever a cookie allows is done by a server action, which is a POST to a page. Next compares origins only where one is sent.
  if (!isFromHere({ method, origin: headers.get('origin'), host: headers.get('host'), publicUrl }))
    return alone(request, { nonce, policy })
  if (isDatabaseAway()) return alone(request, { nonce, policy, isAway: true })
  const { pathname } = request.nextUrl
  const beyond = LOOKED_UP.test(pathname) ? standing('reference', callerIn(headers)) : undefined
  if (beyond?.ok === false) return alone(request, { nonce, policy, beyond: beyond.retryAfterSeconds })
  const asked = new Headers(headers)
  asked.set('x-nonce', nonce)
  asked.set('x-path', pathname)
  asked.set('x-query', queryOf(request.nextUrl))
  asked.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers: asked } })
  response.headers.set('content-security-policy', policy)
  const ahead = await neededAhead(pathname, nonce)
  if (ahead !== undefined) response.headers.set('link', ahead)
  return response
}

/** An answer that Next's pages cannot give, which have no status but 200 and 404. */
function alone(
  request: NextRequest,
  given: { nonce: string; policy: string; beyond?: number; isAway?: boolean },
): NextResponse {
  const { nonce, policy, beyond, isAway = false } = given
  const cookie = request.cookies.get(LOCALE_COOKIE)?.value
  const locale = pickLocale({ cookie, accept: request.headers.get('accept-language') })
  const reader = { locale, dir: directionOf(locale), nonce }
  const seconds = isAway ? AWAY_SECONDS : beyond
  const [status, page] = isAway
    ? [503, awayPage({ ...reader, seconds: AWAY_SECONDS })]
    : beyond === undefined
      ? [403, foreignPage(reader)]
      : [429, laterPage({ ...reader, seconds: beyond })]
  return new NextResponse(page, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      ...(seconds !== undefined && { 'retry-after': `${seconds}` }),
    },
  })
}

/** The query as the visitor's address bar has it: Next marks its own requests with a parameter. */
function queryOf({ searchParams }: URL): string {
  const query = new URLSearchParams(searchParams)
  query.delete('_rsc')
  return query.toString()
}

/** What the verdict of a consignment's page waits for, named in the header: on a slow network half a second before the page's own text names it. */
async function neededAhead(path: string, nonce: string): Promise<string | undefined> {
  const typed = /^\/track\/([^/]+)$/.exec(path)?.[1]
  const reference = typed === undefined ? undefined : parseReference(typed)
  if (!reference?.ok) return undefined
  const evidence = `<${paths.evidence(reference.value)}>; rel=preload; as=fetch; crossorigin=anonymous`
  return `<${await sealScript()}>; rel=modulepreload; nonce="${nonce}", ${evidence}`
}

/**
 * A language link: keep the choice, and come back without the parameter. Next takes only a whole address here and
 * sends the path alone, so that a proxy's host name does not matter.
 */
function rememberLocale({ nextUrl }: NextRequest, locale: string): NextResponse {
  const rest = new URLSearchParams(nextUrl.searchParams)
  rest.delete(LOCALE_COOKIE)
  const location = new URL(`${nextUrl.pathname}${rest.size > 0 ? `?${rest}` : ''}`, nextUrl).href
  const response = new NextResponse(null, { status: 303, headers: { location } })
  response.cookies.set(LOCALE_COOKIE, locale, {
    path: '/',
    maxAge: YEAR_SECONDS,
    sameSite: 'lax',
    httpOnly: true,
    secure: env().publicUrl.startsWith('https:'),
  })
  return response
}

export const config = {
  // Not what programs fetch: those answers set their own headers, and bodies reach them unread.
  matcher: [
    '/((?!api/|_next/|seal/|healthz|readyz|metrics|status/feed|status\\.json|log/checkpoint|log/vkey|log/policy|log/tile/|t/|00/|01/|icon.svg|icons/|apple-icon|favicon.ico|manifest.webmanifest).*)',
  ],
}
