import { randomUUID } from 'node:crypto'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { partiesNamed } from './parties.ts'

/** What a member may do in the app (lib/auth/may.ts). It signs nothing: keys do. */
export type MemberRole = 'admin' | 'member' | 'viewer'

/** One party of a person, as the app shows it to them. */
export type Membership = {
  readonly party: string
  /** As members of the party see it, whether or not the public does. */
  readonly name: string
  readonly role: MemberRole
  /** The party of leaf 0. */
  readonly isOperator: boolean
  readonly isSuspended: boolean
}

/** The parties a person acts for, by name. */
export async function membershipsOf(userId: string, on?: Log): Promise<readonly Membership[]> {
  const log = on ?? (await database())
  const rows = await log.prisma.member.findMany({ where: { userId } })
  const parties = await partiesNamed(
    rows.map(row => row.party),
    log,
  )
  const memberships = rows.map(row => {
    const party = parties.get(row.party)
    return {
      party: row.party,
      name: party?.name ?? row.party,
      role: row.role as MemberRole,
      isOperator: row.party === log.founding?.operator,
      isSuspended: party?.isSuspended ?? false,
    }
  })
  return memberships.sort((a, b) => a.name.localeCompare(b.name))
}

/** Makes a person a member of a party; one who is already keeps the role they have. */
export async function addMember(member: { userId: string; party: string; role: MemberRole }, on?: Log): Promise<void> {
  const log = on ?? (await database())
  const { userId, party } = member
  await log.prisma.member.upsert({
    where: { userId_party: { userId, party } },
    create: { id: randomUUID(), ...member, createdAt: BigInt(log.clock()) },
    update: {},
  })
}
