import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { wishesIn } from './addressing.ts'
import { database } from './database.ts'
import { inTransaction, whenFree } from './gate.ts'
import type { Log } from './log-state.ts'
import type { MemberRole } from './members.ts'
import type { Channel } from './notice-settings.ts'
import { NOTICE_COLUMNS, noticeOf, type StoredNotice } from './notices.ts'
import { execute, marks, query } from './sql.ts'

/** How long a delivery belongs to who claimed it, milliseconds: longer than any sending takes. Who dies leaves it due again after that. */
export const LEASE = 5 * 60_000

/** After a letter a person gets no other for so long, milliseconds: what comes meanwhile is named together in the next. */
export const QUIET = 5 * 60_000

/** Notices that one letter names. */
const MOST_IN_A_LETTER = 50

/** What one person is to be sent by one channel, claimed for {@link LEASE}. */
export type Claim = {
  /** Names it for ever: the first of its deliveries. A letter that is tried again is the same letter, whatever came meanwhile. */
  readonly id: string
  readonly userId: string
  /** Oldest first, one at least. */
  readonly notices: readonly StoredNotice[]
  /** This one counts. */
  readonly attempts: number
}

type Pending = {
  readonly id: string
  readonly letter: string | undefined
  readonly attempts: number
  readonly dueAt: number
  readonly notice: StoredNotice
}

/**
 * Claims what is due, for `most` people: of each the sending that was begun, else everything that waits for them, oldest first. In one transaction,
 * so that two processes claim nothing twice. Whoever is no longer a member, or wants it no longer, gets nothing.
 */
export async function claimDeliveries(
  log: Log,
  { channel, most }: { channel: Channel; most: number },
): Promise<readonly Claim[]> {
  const now = log.clock()
  const due = `SELECT "userId", MIN("dueAt") FROM "Delivery" WHERE "doneAt" IS NULL AND "dueAt" <= ? AND "channel" = ? GROUP BY "userId" ORDER BY MIN("dueAt"), "userId" LIMIT ?`
  // Most looks find nothing, and take no lock.
  if ((await query(log.adapter, due, [now, channel, 1])).length === 0) return []
  return whenFree(() =>
    inTransaction(log.adapter, async on => {
      const claims: Claim[] = []
      // Whoever has nothing to get after all is put off, so the next look finds others.
      while (claims.length < most) {
        const people = await query(on, due, [now, channel, most - claims.length])
        if (people.length === 0) break
        for (const [userId] of people) {
          const claim = await claimOf(on, { userId: String(userId), channel, now })
          if (claim) claims.push(claim)
        }
      }
      return claims
    }),
  )
}

type Person = { readonly userId: string; readonly channel: Channel; readonly now: number }

async function claimOf(on: SqlQueryable, person: Person): Promise<Claim | undefined> {
  const { userId, now } = person
  const pending = await dropUnwanted(on, person, await pendingOf(on, person))
  const [first] = pending
  if (!first) return undefined
  const begun = pending.find(each => each.letter !== undefined)
  const until = begun ? begun.dueAt : await quietUntil(on, person)
  if (until > now) {
    // Their turn comes after what was begun: order is kept, and nobody looks at them meanwhile.
    const rest = pending.filter(each => each.dueAt <= now).map(each => each.id)
    if (rest.length === 0) return undefined
    await execute(on, `UPDATE "Delivery" SET "dueAt" = ? WHERE "id" IN (${marks(rest.length)})`, [until, ...rest])
    return undefined
  }
  const chosen = begun ? pending.filter(each => each.letter === begun.letter) : pending.slice(0, MOST_IN_A_LETTER)
  const id = begun?.letter ?? first.id
  const ids = chosen.map(each => each.id)
  const sql = `UPDATE "Delivery" SET "letter" = ?, "attempts" = "attempts" + 1, "dueAt" = ? WHERE "id" IN (${marks(ids.length)})`
  await execute(on, sql, [id, now + LEASE, ...ids])
  const attempts = Math.max(...chosen.map(each => each.attempts)) + 1
  return { id, userId, attempts, notices: chosen.map(each => each.notice) }
}

async function pendingOf(on: SqlQueryable, { userId, channel }: Person): Promise<readonly Pending[]> {
  const columns = NOTICE_COLUMNS.map(name => `n."${name}"`).join(', ')
  const sql = `SELECT d."id", d."letter", d."attempts", d."dueAt", ${columns} FROM "Delivery" d JOIN "Notice" n ON n."id" = d."notice" WHERE d."userId" = ? AND d."doneAt" IS NULL AND d."channel" = ? ORDER BY n."createdAt", n."id"`
  return (await query(on, sql, [userId, channel])).map(([id, letter, attempts, dueAt, ...notice]) => ({
    id: String(id),
    letter: letter === null ? undefined : String(letter),
    attempts: Number(attempts),
    dueAt: Number(dueAt),
    notice: noticeOf(notice),
  }))
}

async function dropUnwanted(
  on: SqlQueryable,
  { userId, channel, now }: Person,
  pending: readonly Pending[],
): Promise<readonly Pending[]> {
  if (pending.length === 0) return pending
  const rows = await query(on, 'SELECT "party", "role" FROM "Member" WHERE "userId" = ?', [userId])
  const roles = new Map(rows.map(([party, role]) => [String(party), String(role) as MemberRole]))
  const isWanted = await wishesIn(on, [...new Set(pending.map(each => each.notice.party))])
  const isFor = ({ notice }: Pending) => {
    const role = roles.get(notice.party)
    return role !== undefined && isWanted({ userId, party: notice.party, role }, notice, channel)
  }
  const dropped = pending.filter(each => !isFor(each)).map(each => each.id)
  if (dropped.length > 0) {
    const sql = `UPDATE "Delivery" SET "doneAt" = ?, "outcome" = 'unwanted' WHERE "id" IN (${marks(dropped.length)})`
    await execute(on, sql, [now, ...dropped])
  }
  return pending.filter(isFor)
}

/** Until when the person has had a letter lately. A browser's notifications come as they come. */
async function quietUntil(on: SqlQueryable, { userId, channel, now }: Person): Promise<number> {
  if (channel === 'push') return 0
  const sql = `SELECT MAX("doneAt") FROM "Delivery" WHERE "userId" = ? AND "doneAt" > ? AND "channel" = 'mail' AND "outcome" = 'sent'`
  const [row] = await query(on, sql, [userId, now - QUIET])
  return row?.[0] === null || row === undefined ? 0 : Number(row[0]) + QUIET
}

/** It was taken over by the mail server or the push service; or nobody will try again. `code`: why not. */
export async function endClaim(
  log: Log,
  { id }: Claim,
  end: { readonly outcome: 'sent' } | { readonly outcome: 'gave-up' | 'unwanted'; readonly code: string },
): Promise<void> {
  const sql = `UPDATE "Delivery" SET "doneAt" = ?, "outcome" = ?, "lastCode" = ? WHERE "letter" = ? AND "doneAt" IS NULL`
  const code = 'code' in end ? end.code : null
  await whenFree(() => execute(log.adapter, sql, [log.clock(), end.outcome, code, id]))
}

/** It is tried again at `dueAt`, unix milliseconds. */
export async function putOff(log: Log, { id }: Claim, { dueAt, code }: { dueAt: number; code: string }): Promise<void> {
  const sql = `UPDATE "Delivery" SET "dueAt" = ?, "lastCode" = ? WHERE "letter" = ? AND "doneAt" IS NULL`
  await whenFree(() => execute(log.adapter, sql, [dueAt, code, id]))
}

/** A way to a person that does not work, as their settings show it. */
export type Trouble = {
  readonly channel: Channel
  readonly notices: number
  readonly code: string
  /** Unix milliseconds: when it was given up, else when it is tried again. */
  readonly at: number
  readonly isGivenUp: boolean
}

const SHOWN_FOR = 30 * 24 * 60 * 60 * 1000

/** What was not delivered to a person in the last 30 days, newest first, and what is still tried: the inbox has it all the same. */
export async function troublesOf(userId: string, on?: Log): Promise<readonly Trouble[]> {
  const log = on ?? (await database())
  const since = log.clock() - SHOWN_FOR
  const sql = `SELECT "channel", COUNT(*), "lastCode", COALESCE("doneAt", "dueAt"), "outcome" FROM "Delivery" WHERE "userId" = ? AND (("doneAt" > ? AND "outcome" = 'gave-up') OR ("doneAt" IS NULL AND "lastCode" IS NOT NULL)) GROUP BY "channel", "letter", "lastCode", COALESCE("doneAt", "dueAt"), "outcome" ORDER BY 4 DESC LIMIT 10`
  return (await query(log.adapter, sql, [userId, since])).map(([channel, notices, code, at, outcome]) => ({
    channel: String(channel) as Channel,
    notices: Number(notices),
    code: String(code),
    at: Number(at),
    isGivenUp: outcome !== null,
  }))
}
