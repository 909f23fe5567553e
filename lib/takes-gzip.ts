/** Accept-Encoding headers that name gzip and do not rule it out (RFC 9110 §12.5.3), as Next's configuration spells a condition: all of the value. */
export const TAKES_GZIP = '(?!.*\\bgzip\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,.*)?$)(?:.*[\\s,])?gzip(?:[\\s,;].*)?'

const pattern = new RegExp(`^${TAKES_GZIP}$`)

export function takesGzip(acceptEncoding: string | null): boolean {
  return pattern.test(acceptEncoding ?? '')
}
