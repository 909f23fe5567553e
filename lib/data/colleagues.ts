import { fail, pass, type Result } from '../core/result.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import type { MemberRole } from './members.ts'
import { type Rows, serially } from './serially.ts'

/** A member of a party as their colleagues see them. */
export type Colleague = {
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: MemberRole
  /** Unix milliseconds. */
  readonly since: number
  /** Keys made by them that are enrolled for the party and not revoked: whatever their role in the app, these sign. */
  readonly keys: readonly { readonly key: string; readonly device: string }[]
}

/** The members of a party, by name. */
export async function colleaguesOf(party: string, on?: Log): Promise<readonly Colleague[]> {
  const log = on ?? (await database())
  const members = await log.prisma.member.findMany({ where: { party } })
  const people = await log.prisma.user.findMany({ where: { id: { in: members.map(each => each.userId) } } })
  const made = await log.prisma.deviceKey.findMany({ where: { party } })
  const live = await log.prisma.key.findMany({ where: { party, revokedAt: null } })
  const isLive = new Set(live.map(each => each.key))
  const byId = new Map(people.map(person => [person.id, person]))
  return members
    .flatMap(({ userId, role, createdAt }) => {
      const person = byId.get(userId)
      if (!person) return []
      const keys = made.filter(each => each.userId === userId && isLive.has(each.key))
      return {
        userId,
        name: person.name,
        email: person.email,
        role: role as MemberRole,
        since: Number(createdAt),
        keys: keys.map(({ key, device }) => ({ key, device })),
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name))
}

export type ColleagueCode = 'not-a-member' | 'last-admin'

/**
 * Changes what a member may do in the app; their keys stay what they are on the log. Codes: `not-a-member`, `last-admin` (a party keeps one).
 */
export async function changeRole(
  { party, userId, role }: { party: string; userId: string; role: MemberRole },
  on?: Log,
): Promise<Result<undefined, ColleagueCode>> {
  const log = on ?? (await database())
  const now = BigInt(log.clock())
  return serially(log, async rows => {
    const checked = await checkColleague(rows, { party, userId, remainsAdmin: role === 'admin' })
    if (!checked.ok) return checked
    await rows.member.update({ where: { userId_party: { userId, party } }, data: { role } })
    if (role !== 'admin')
      await endInvitations(rows, { createdBy: userId, party, isOperator: isOperator(log, party), now })
    if (role === 'viewer') await declineKeys(rows, { userId, party, now })
    return pass(undefined)
  })
}

/**
 * Removes a member, their open invitations to the party and their keys that wait for approval; their account stays, and so do their enrolled keys
 * until someone signs for revoking them. Codes as {@link changeRole}.
 */
export async function removeMember(
  { party, userId }: { party: string; userId: string },
  on?: Log,
): Promise<Result<undefined, ColleagueCode>> {
  const log = on ?? (await database())
  const now = BigInt(log.clock())
  return serially(log, async rows => {
    const checked = await checkColleague(rows, { party, userId, remainsAdmin: false })
    if (!checked.ok) return checked
    await rows.member.delete({ where: { userId_party: { userId, party } } })
    await endInvitations(rows, { createdBy: userId, party, isOperator: isOperator(log, party), now })
    await declineKeys(rows, { userId, party, now })
    return pass(undefined)
  })
}

/** In the same transaction as the change: two admins who remove each other at once do not both succeed. */
async function checkColleague(
  rows: Rows,
  { party, userId, remainsAdmin }: { party: string; userId: string; remainsAdmin: boolean },
): Promise<Result<undefined, ColleagueCode>> {
  const member = await rows.member.findUnique({ where: { userId_party: { userId, party } } })
  if (!member) return fail('not-a-member', userId)
  const isLast = member.role === 'admin' && (await rows.member.count({ where: { party, role: 'admin' } })) === 1
  return isLast && !remainsAdmin ? fail('last-admin', party) : pass(undefined)
}

/** A link given out by who may not invite any more must not let anyone in. An admin of the operator's may have invited to any party. */
async function endInvitations(
  rows: Rows,
  by: { createdBy: string; party: string; isOperator: boolean; now: bigint },
): Promise<void> {
  const { createdBy, party, isOperator, now } = by
  const still = await rows.member.findMany({ where: { userId: createdBy, role: 'admin', party: { not: party } } })
  await rows.invitation.updateMany({
    where: {
      createdBy,
      party: isOperator ? { notIn: still.map(each => each.party) } : party,
      usedAt: null,
      revokedAt: null,
    },
    data: { revokedAt: now },
  })
}

function isOperator(log: Log, party: string): boolean {
  return log.founding?.operator === party
}

async function declineKeys(rows: Rows, by: { userId: string; party: string; now: bigint }): Promise<void> {
  const { userId, party, now } = by
  const asked = await rows.deviceKey.findMany({ where: { userId, party, declinedAt: null } })
  const enrolled = await rows.key.findMany({ where: { key: { in: asked.map(each => each.key) } } })
  const waiting = asked.filter(each => !enrolled.some(({ key }) => key === each.key)).map(each => each.key)
  await rows.deviceKey.updateMany({ where: { key: { in: waiting } }, data: { declinedAt: now } })
}

/** The account of this address, and the parties it belongs to, each with its role; undefined without one. */
export async function accountBy(
  who: { userId: string } | { email: string },
  on?: Log,
): Promise<
  | { userId: string; name: string; email: string; memberships: readonly { party: string; role: MemberRole }[] }
  | undefined
> {
  const log = on ?? (await database())
  const user = await log.prisma.user.findUnique({
    where: 'userId' in who ? { id: who.userId } : { email: who.email.trim().toLowerCase() },
  })
  if (!user) return undefined
  const rows = await log.prisma.member.findMany({ where: { userId: user.id } })
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    memberships: rows.map(({ party, role }) => ({ party, role: role as MemberRole })),
  }
}
