/** Methods that change nothing, wherever they come from. */
const SAFE: readonly string[] = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a request may do what its cookie allows: it changes nothing, or it comes from one of our own pages. `origin`: its Origin header, which every
 * browser sends with what can change something; without one, or with `null`, nobody knows where it comes from, and that is refused. `host`: its Host
 * header, which another site's page cannot choose.
 */
export function isFromHere(asked: {
  method: string
  origin: string | null
  host: string | null
  publicUrl: string
}): boolean {
  const { method, origin, host, publicUrl } = asked
  if (SAFE.includes(method)) return true
  if (origin === null || !URL.canParse(origin)) return false
  if (origin === publicUrl) return true
  const from = new URL(origin)
  return ['http:', 'https:'].includes(from.protocol) && from.host === host?.toLowerCase()
}
