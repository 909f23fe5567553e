import { database } from './database.ts'
import type { Log } from './log-state.ts'

/** Where a browser takes push, and the keys that what it gets is encrypted with: base64url, as the browser gave them. */
export type BrowserAddress = { readonly endpoint: string; readonly p256dh: string; readonly auth: string }

const MOST_BROWSERS = 10

/** A browser of this person takes push from now on; one that somebody else used before is theirs now. Of many the oldest go. */
export async function keepBrowser(
  kept: BrowserAddress & { readonly userId: string; readonly party: string; readonly locale: string },
  on?: Log,
): Promise<void> {
  const log = on ?? (await database())
  const { endpoint, ...rest } = kept
  const row = { ...rest, createdAt: BigInt(log.clock()) }
  await log.prisma.pushSubscription.upsert({ where: { endpoint }, create: { endpoint, ...row }, update: row })
  const extra = await log.prisma.pushSubscription.findMany({
    where: { userId: kept.userId },
    orderBy: [{ createdAt: 'desc' }, { endpoint: 'asc' }],
    skip: MOST_BROWSERS,
    select: { endpoint: true },
  })
  const endpoints = extra.map(each => each.endpoint)
  if (endpoints.length > 0) await log.prisma.pushSubscription.deleteMany({ where: { endpoint: { in: endpoints } } })
}

/** A browser of this person takes push no more. */
export async function dropBrowser({ endpoint, userId }: { endpoint: string; userId: string }, on?: Log): Promise<void> {
  const log = on ?? (await database())
  await log.prisma.pushSubscription.deleteMany({ where: { endpoint, userId } })
}

/** The browsers of a person. */
export async function browsersOf(userId: string, on?: Log): Promise<readonly BrowserAddress[]> {
  const log = on ?? (await database())
  const select = { endpoint: true, p256dh: true, auth: true }
  return log.prisma.pushSubscription.findMany({ where: { userId }, orderBy: { createdAt: 'asc' }, select })
}
