import { formatReference } from '../core/custody/reference.ts'
import { nonceOf, type StoryLog } from '../core/evidence/story.fixture.ts'
import { peopledLog } from '../data/accounts.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { query } from '../data/sql.ts'
import { type Smtp, startSmtp } from '../mail/smtp.fixture.ts'
import { openPost } from '../mail/transport.ts'
import { deliverDue, type Outlet } from './deliver.ts'
import type { PushSender } from './push.ts'

export const SITE = 'https://relief.example.org'
export const MINUTE = 60_000

const posts: { close(): void }[] = []
const servers: Smtp[] = []
/** Ends what the tests of one file opened. */
export async function endPosts(): Promise<void> {
  for (const post of posts) post.close()
  for (const server of servers) await server.stop()
}

/** How notices leave a log in a test: letters go to a real SMTP server on this machine. */
export function outletOf(log: Log, smtpUrl: string | undefined, push?: PushSender): Outlet {
  const post =
    smtpUrl === undefined
      ? undefined
      : openPost({ smtpUrl, mailFrom: 'log@relief.example.org', host: 'relief.example.org' })
  if (post) posts.push(post)
  return { log, site: SITE, post: post?.send, push, random: () => 0.5, isStopping: () => false }
}

/** A log with people, a mail server, and goods to hand over. */
export async function noticingLog() {
  const peopled = await peopledLog()
  const { log, live, donor, recipient } = peopled
  // Nobody who joins from here on was a member when the parties' own keys were enrolled.
  peopled.clock.now += MINUTE
  const smtp = await startSmtp()
  servers.push(smtp)
  const outlet = outletOf(log, smtp.url)
  /** Packs 40 tents and hands them to the recipient: a notice for its members. Gives what letters call it, and the release. */
  const hand = async (name: string) => {
    const subject = live.consignment({ actor: donor, name })
    const lines = [{ id: '1', item: `Tent ${name}`, unit: 'tent', quantity: '40' }]
    await live.act({ actor: donor, subject, kind: 'pack', body: { nonce: nonceOf(name), lines } })
    const moved = [{ line: '1', condition: 'sound', quantity: '40' }]
    const body = { to: { party: recipient.party }, lines: moved }
    const release = await live.act({ actor: donor, subject, kind: 'release', body })
    return { subject, release, reference: formatReference(subject.slice('consignment/'.length)) }
  }
  return { ...peopled, smtp, outlet, hand, deliver: () => deliverDue(outlet) }
}

/** The recipient's answer: so many tents came, the others are missing. */
export function receipt(
  live: StoryLog,
  actor: Parameters<StoryLog['act']>[0]['actor'],
  handed: { subject: string; release: string },
  came = 40,
) {
  const missing = came < 40 && { missing: { quantity: String(40 - came), reason: 'not-found' } }
  const lines = [{ line: '1', condition: 'sound', received: String(came), ...missing }]
  return live.act({ actor, subject: handed.subject, kind: 'receive', body: { release: handed.release, lines } })
}

/** Rows of the outbox as `kind: outcome`, by when they were told. */
export async function deliveriesIn(log: Log): Promise<readonly string[]> {
  const sql = `SELECT n."kind", d."channel", d."outcome", d."lastCode" FROM "Delivery" d JOIN "Notice" n ON n."id" = d."notice" ORDER BY n."createdAt", d."id"`
  return (await query(log.adapter, sql)).map(([kind, channel, outcome, code]) =>
    [`${kind} ${channel}`, outcome ?? 'due', ...(code === null ? [] : [code])].join(': '),
  )
}

/** Number of rows of a table. */
export async function countOf(log: Log, table: 'Notice' | 'Delivery' | 'Leaf'): Promise<number> {
  const [row] = await query(log.adapter, `SELECT COUNT(*) FROM "${table}"`)
  return Number(row?.[0])
}
