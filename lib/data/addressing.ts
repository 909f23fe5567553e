import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { type Telling, WAITING_STEPS, waitingNotices, waitingStep } from '../core/custody/notices.ts'
import { inTransaction, whenFree } from './gate.ts'
import type { Log } from './log-state.ts'
import type { MemberRole } from './members.ts'
import { NOTICE, noticeRow } from './notice-rows.ts'
import { type Channel, defaultWish } from './notice-settings.ts'
import { NOTICE_COLUMNS, noticeOf, type StoredNotice } from './notices.ts'
import { caughtUp } from './projected.ts'
import { execute, insert, marks, query, type Row } from './sql.ts'

const AT_ONCE = 200

/**
 * Turns notices into deliveries to the members who want them, oldest first, some at a time; gives how many were taken, 0 when there are none. In one
 * transaction, and a delivery's id is made of notice, person and channel: killed anywhere, or done twice, it comes to the same. Only who was a
 * member when the notice was made is told. `channels`: those this server has.
 */
export async function addressNotices(log: Log, channels: readonly Channel[]): Promise<number> {
  return whenFree(() => inTransaction(log.adapter, on => address(log, on, channels)))
}

async function address(log: Log, on: SqlQueryable, channels: readonly Channel[]): Promise<number> {
  const columns = NOTICE_COLUMNS.map(name => `"${name}"`).join(', ')
  const sql = `SELECT ${columns} FROM "Notice" WHERE "addressedAt" IS NULL ORDER BY "createdAt", "id" LIMIT ${AT_ONCE}`
  const notices = (await query(on, sql)).map(noticeOf)
  if (notices.length === 0) return 0
  const now = log.clock()
  const rows = channels.length === 0 ? [] : await deliveriesOf(on, notices, { channels, now })
  const into = { table: 'Delivery', columns: ['id', 'notice', 'userId', 'channel', 'attempts', 'dueAt'] }
  if (rows.length > 0) await insert(on, { ...into, onConflict: 'ON CONFLICT DO NOTHING' }, rows)
  const ids = notices.map(({ id }) => id)
  await execute(on, `UPDATE "Notice" SET "addressedAt" = ? WHERE "id" IN (${marks(ids.length)})`, [now, ...ids])
  return notices.length
}

type Member = { readonly userId: string; readonly party: string; readonly role: MemberRole; readonly since: number }

async function deliveriesOf(
  on: SqlQueryable,
  notices: readonly StoredNotice[],
  { channels, now }: { channels: readonly Channel[]; now: number },
): Promise<readonly Row[]> {
  const parties = [...new Set(notices.map(({ party }) => party))]
  const members = await membersOf(on, parties)
  const isWanted = await wishesIn(on, parties)
  const pushed = channels.includes('push') ? await withBrowsers(on, members) : new Set<string>()
  return notices.flatMap(notice =>
    members
      .filter(({ party, since }) => party === notice.party && since <= notice.at)
      .flatMap(member =>
        channels
          .filter(channel => isWanted(member, notice, channel) && (channel === 'mail' || pushed.has(member.userId)))
          .map(channel => [`${notice.id}:${member.userId}:${channel}`, notice.id, member.userId, channel, 0, now]),
      ),
  )
}

async function membersOf(on: SqlQueryable, parties: readonly string[]): Promise<readonly Member[]> {
  const sql = `SELECT "userId", "party", "role", "createdAt" FROM "Member" WHERE "party" IN (${marks(parties.length)})`
  return (await query(on, sql, parties)).map(([userId, party, role, since]) => ({
    userId: String(userId),
    party: String(party),
    role: String(role) as MemberRole,
    since: Number(since),
  }))
}

/** Whether a member wants a notice by a channel: as they said, else as is usual for their role. */
export async function wishesIn(on: SqlQueryable, parties: readonly string[]) {
  const sql = `SELECT "userId", "party", "kind", "mail", "push" FROM "NoticeSetting" WHERE "party" IN (${marks(parties.length)})`
  const said = new Map(
    (await query(on, sql, parties)).map(([userId, party, kind, mail, push]) => [
      `${userId} ${party} ${kind}`,
      { mail: Boolean(mail), push: Boolean(push) },
    ]),
  )
  return (
    { userId, party, role }: Omit<Member, 'since'>,
    { kind }: Pick<StoredNotice, 'kind'>,
    channel: Channel,
  ): boolean => (said.get(`${userId} ${party} ${kind}`) ?? defaultWish(kind, role))[channel]
}

/** Those of the members who have a browser that takes push. */
async function withBrowsers(on: SqlQueryable, members: readonly Member[]): Promise<ReadonlySet<string>> {
  const users = [...new Set(members.map(({ userId }) => userId))]
  const sql = `SELECT DISTINCT "userId" FROM "PushSubscription" WHERE "userId" IN (${marks(users.length)})`
  return new Set((await query(on, sql, users)).map(row => String(row[0])))
}

const DAY = 24 * 60 * 60 * 1000
const MOST_WAITING = 500

/**
 * Tells both sides of releases that nobody answered for so many days, once for each step: 3 days, 7 days. Looks at the oldest that were not told;
 * gives how many releases were. A release found late is told of its last step alone.
 */
export async function tellOfWaiting(log: Log): Promise<number> {
  await caughtUp(log)
  const now = log.clock()
  const [first, ...later] = WAITING_STEPS
  // The giver is told with every step, so its notice says whether this one was. The id is that of noticeId.
  const step = `CASE ${[...later].reverse().map(days => `WHEN h."releasedAt" <= ${now - days * DAY} THEN '${days}' `)}ELSE '${first}' END`
  const sql = `SELECT h."release", h."consignment", h."giver", h."taker", h."releasedAt" FROM "Handoff" h WHERE h."status" = 'open' AND h."releasedAt" <= ? AND NOT EXISTS (SELECT 1 FROM "Notice" n WHERE n."id" = h."release" || ':waits:' || ${step} || ':' || h."giver") ORDER BY h."releasedAt" LIMIT ${MOST_WAITING}`
  const due = await query(log.adapter, sql, [now - first * DAY])
  const rows = due.flatMap(([release, consignment, giver, taker, releasedAt]) => {
    const step = waitingStep({ since: Number(releasedAt), now }) as number
    const tellings: readonly Telling[] = waitingNotices({
      release: String(release),
      consignment: String(consignment),
      giver: String(giver),
      taker: taker === null ? undefined : String(taker),
    })
    return tellings.map(telling => noticeRow(telling, { at: now, step }))
  })
  if (rows.length > 0) await whenFree(() => insert(log.adapter, NOTICE, rows))
  return due.length
}
