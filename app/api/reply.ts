import { getTranslations } from 'next-intl/server'

/** Anyone may read what is public, from any site; nothing here depends on a cookie. */
const PUBLIC = { 'access-control-allow-origin': '*', 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' }

/** An answer made for programs, byte for byte. */
export function text(body: string, type: string, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(body, { headers: { ...PUBLIC, 'content-type': `${type}; charset=utf-8`, ...more } })
}

/** Bytes for programs, of no type that a browser would show. */
export function bytes(body: Uint8Array, more: Readonly<Record<string, string>> = {}): Response {
  return new Response(body as Uint8Array<ArrayBuffer>, {
    headers: { ...PUBLIC, 'content-type': 'application/octet-stream', ...more },
  })
}

export function json(status: number, body: object, more: Readonly<Record<string, string>> = {}): Response {
  return Response.json(body, { status, headers: { ...PUBLIC, ...more } })
}

/** Every refusal looks alike: its code for programs, a sentence in the visitor's language, a detail for developers. */
export async function refused(
  status: number,
  { code, detail, head }: { code: string; detail: string; head?: string | undefined },
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const t = await getTranslations()
  const message = t(t.has(`refusals.${code}`) ? `refusals.${code}` : `replies.${code}`)
  const isLater = status === 503 || status === 429
  const wait = status === 429 ? '60' : '5'
  return json(
    status,
    { code, message, detail, ...(head !== undefined && { head }) },
    { ...(isLater && { 'retry-after': wait }), ...more },
  )
}
