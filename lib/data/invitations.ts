import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { fail, pass, type Result } from '../core/result.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import type { MemberRole } from './members.ts'
import { partiesNamed } from './parties.ts'
import { serially } from './serially.ts'

const DAY_MILLISECONDS = 24 * 3600 * 1000
/** 160 random bits as base64url. */
const TOKEN_BYTES = 20
const TOKEN = /^[A-Za-z0-9_-]{27}$/

/** For how many days a link may be good. */
export const INVITATION_DAYS = [1, 7, 30] as const
export type InvitationDays = (typeof INVITATION_DAYS)[number]

/** What has become of a link. Only `open` ones can be used. */
export type InvitationState = 'open' | 'used' | 'revoked' | 'expired'

/** An invitation as the person who holds its link sees it. */
export type Invitation = {
  readonly party: string
  readonly partyName: string
  readonly isSuspended: boolean
  readonly role: MemberRole
  /** Name of the member who invited; undefined once their account is gone. */
  readonly invitedBy: string | undefined
  /** Unix milliseconds. */
  readonly expiresAt: number
  /** Where the link was mailed, if it was. */
  readonly email: string | undefined
  readonly state: InvitationState
}

/** An invitation as the party's admins see it: its link cannot be shown again. */
export type OpenInvitation = {
  readonly id: string
  readonly role: MemberRole
  /** For whom, in the words of who invited. */
  readonly note: string
  readonly invitedBy: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
  /** Where the link was mailed, if it was. */
  readonly email: string | undefined
}

/**
 * Makes a link by which one person joins `party`; answers the token that the link ends in, which is shown once: the database has only its SHA-256.
 * `createdBy`: user id. Whether they may invite is the caller's to ask. Code `unknown-party`: no such party is registered.
 */
export async function createInvitation(
  asked: { party: string; role: MemberRole; note: string; days: InvitationDays; createdBy: string },
  on?: Log,
): Promise<Result<{ token: string }, 'unknown-party'>> {
  const log = on ?? (await database())
  const { party, role, note, days, createdBy } = asked
  if (!(await partiesNamed([party], log)).has(party)) return fail('unknown-party', party)
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const now = log.clock()
  await log.prisma.invitation.create({
    data: {
      id: randomUUID(),
      tokenHash: hashOf(token),
      party,
      role,
      note,
      createdBy,
      createdAt: BigInt(now),
      expiresAt: BigInt(now + days * DAY_MILLISECONDS),
    },
  })
  return pass({ token })
}

/** Keeps where the mail server took the link to. */
export async function noteMailed({ token, email }: { token: string; email: string }, on?: Log): Promise<void> {
  const log = on ?? (await database())
  await log.prisma.invitation.updateMany({ where: { tokenHash: hashOf(token) }, data: { email } })
}

/** The invitation that this token opens, whatever has become of it; undefined where none was ever made. */
export async function invitation(token: string, on?: Log): Promise<Invitation | undefined> {
  if (!TOKEN.test(token)) return undefined
  const log = on ?? (await database())
  const row = await log.prisma.invitation.findUnique({ where: { tokenHash: hashOf(token) } })
  if (!row) return undefined
  const [parties, inviter] = await Promise.all([
    partiesNamed([row.party], log),
    log.prisma.user.findUnique({ where: { id: row.createdBy } }),
  ])
  const party = parties.get(row.party)
  return {
    party: row.party,
    partyName: party?.name ?? row.party,
    isSuspended: party?.isSuspended ?? false,
    role: row.role as MemberRole,
    invitedBy: inviter?.name,
    expiresAt: Number(row.expiresAt),
    email: row.email ?? undefined,
    state: stateOf(row, log.clock()),
  }
}

export type AcceptCode =
  | 'invitation-unknown'
  | 'invitation-used'
  | 'invitation-revoked'
  | 'invitation-expired'
  | 'already-member'

/**
 * Makes the person a member with the invitation's role and uses the link up, both or neither: of two people who use one link at once, one
 * joins. A member of the party already keeps their role, and the link stays good (`already-member`).
 */
export async function acceptInvitation(
  { token, userId }: { token: string; userId: string },
  on?: Log,
): Promise<Result<{ party: string }, AcceptCode>> {
  if (!TOKEN.test(token)) return fail('invitation-unknown', 'not a token')
  const log = on ?? (await database())
  const now = log.clock()
  return serially(log, async rows => {
    const row = await rows.invitation.findUnique({ where: { tokenHash: hashOf(token) } })
    if (!row) return fail('invitation-unknown', 'no such invitation')
    const state = stateOf(row, now)
    if (state !== 'open') return fail(`invitation-${state}`, row.id)
    const { party } = row
    if (await rows.member.findUnique({ where: { userId_party: { userId, party } } }))
      return fail('already-member', party)
    await rows.invitation.update({ where: { id: row.id }, data: { usedAt: BigInt(now), usedBy: userId } })
    await rows.member.create({
      data: { id: randomUUID(), userId, party, role: row.role, createdAt: BigInt(now) },
    })
    return pass({ party })
  })
}

/** Ends an open invitation of `party`; false where there is none of this id. */
export async function revokeInvitation({ party, id }: { party: string; id: string }, on?: Log): Promise<boolean> {
  const log = on ?? (await database())
  const { count } = await log.prisma.invitation.updateMany({
    where: { id, party, usedAt: null, revokedAt: null },
    data: { revokedAt: BigInt(log.clock()) },
  })
  return count === 1
}

/** The invitations to `party` that can still be used, newest first. */
export async function invitationsOf(party: string, on?: Log): Promise<readonly OpenInvitation[]> {
  const log = on ?? (await database())
  const rows = await log.prisma.invitation.findMany({
    where: { party, usedAt: null, revokedAt: null, expiresAt: { gt: BigInt(log.clock()) } },
    orderBy: { createdAt: 'desc' },
  })
  const inviters = await log.prisma.user.findMany({ where: { id: { in: rows.map(row => row.createdBy) } } })
  const names = new Map(inviters.map(({ id, name }) => [id, name]))
  return rows.map(row => ({
    id: row.id,
    role: row.role as MemberRole,
    note: row.note,
    invitedBy: names.get(row.createdBy),
    createdAt: Number(row.createdAt),
    expiresAt: Number(row.expiresAt),
    email: row.email ?? undefined,
  }))
}

type Row = { readonly expiresAt: bigint; readonly revokedAt: bigint | null; readonly usedAt: bigint | null }

function stateOf({ usedAt, revokedAt, expiresAt }: Row, now: number): InvitationState {
  if (usedAt !== null) return 'used'
  if (revokedAt !== null) return 'revoked'
  return Number(expiresAt) <= now ? 'expired' : 'open'
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
