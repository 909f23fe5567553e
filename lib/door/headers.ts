const TWO_YEARS_SECONDS = 2 * 365 * 24 * 60 * 60

/** Answers that any site may read, as evidence is meant to be. */
const FOR_EVERYONE = /^\/(?:api\/(?:events|evidence)|log\/|status\/)|\/opengraph-image/

/**
 * Headers that every answer has: pages, pictures, scripts, redirects and errors alike. `path`: as it was asked for. The policy for content is that of an
 * answer that is no page; proxy.ts gives pages theirs. It lets a worker's script speak with this site and do nothing else.
 */
export function headersFor({ path, isHttps }: { path: string; isHttps: boolean }): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    // For what does not know frame-ancestors.
    'x-frame-options': 'DENY',
    // Not no-referrer: with that a browser without scripts sends a form with `Origin: null`, which Next refuses. Other sites learn nothing either way.
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': FOR_EVERYONE.test(path) ? 'cross-origin' : 'same-origin',
    'permissions-policy': PERMISSIONS,
    'content-security-policy': PLAIN_POLICY,
    // Without includeSubDomains: what else an organisation serves below its name is not ours to decide.
    ...(isHttps && { 'strict-transport-security': `max-age=${TWO_YEARS_SECONDS}` }),
  }
}

/** What this app uses is its own; what it does not use is nobody's. */
const PERMISSIONS = [
  'camera=(self)',
  'geolocation=(self)',
  'clipboard-write=(self)',
  'web-share=(self)',
  'publickey-credentials-get=(self)',
  'publickey-credentials-create=(self)',
  ...['microphone', 'payment', 'usb', 'serial', 'bluetooth', 'midi', 'display-capture', 'browsing-topics'].map(
    name => `${name}=()`,
  ),
].join(', ')

const PLAIN_POLICY =
  "default-src 'none'; connect-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What a page may do: everything from here, scripts only with this request's nonce; no inline styles, so pictures use attributes. */
export function pagePolicy(given: { nonce: string; isHttps: boolean; isDevelopment: boolean }): string {
  const { nonce, isHttps, isDevelopment } = given
  // React's development build evaluates, its error overlay has inline styles, and changes come over a socket.
  const [script, style, connect] = isDevelopment
    ? [" 'unsafe-eval'", " 'unsafe-inline'", ' ws:']
    : ['', ` 'nonce-${nonce}'`, '']
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${script}`,
    `style-src 'self'${style}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ')
}
