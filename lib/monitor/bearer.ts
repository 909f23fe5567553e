import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether the header `Authorization` names `secret`. Digests have one length, so that neither length nor content shows in the time this takes. */
export function isBearer(authorization: string | null, secret: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(secret))
}
