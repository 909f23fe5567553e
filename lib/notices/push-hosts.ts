/** The push services of the browsers there are. A browser names the address that is posted to: to any other host, and nothing inside a network can be reached. */
const SERVICES = [
  'fcm.googleapis.com',
  'jmt17.google.com',
  'updates.push.services.mozilla.com',
  'web.push.apple.com',
] as const
const SERVICE_DOMAINS = ['.push.services.mozilla.com', '.push.apple.com', '.notify.windows.com'] as const
const LONGEST = 2000

/**
 * Whether this server posts to a push address: https at the usual port of a known service, without a user in it; or at one of `allowed`, origins that
 * its operator named.
 */
export function isPushEndpoint(endpoint: string, allowed: readonly string[] = []): boolean {
  if (endpoint.length > LONGEST || !URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password, origin } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (allowed.includes(origin)) return true
  if (protocol !== 'https:' || port !== '') return false
  return SERVICES.some(host => host === hostname) || SERVICE_DOMAINS.some(domain => hostname.endsWith(domain))
}
