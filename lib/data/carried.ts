import { randomBytes } from 'node:crypto'
import { deriveReference } from '../core/custody/reference.ts'
import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { type NamedParty, partiesNamed } from './parties.ts'
import { previousLog } from './previous-log.ts'

/** A party of the log before this one that the operator has not registered here yet. */
export type EarlierParty = NamedParty & {
  /** It was the operator: its people join the operator of this log, and nothing is signed. */
  readonly wasOperator: boolean
  /** 16 bytes of hex; the same at every try, so that a party is registered once. */
  readonly nonce: string
}

/** Parties of the log before this one that are not here yet, by name; none where this log is the first. */
export async function earlierParties(on?: Log): Promise<readonly EarlierParty[]> {
  const log = on ?? (await database())
  const earlier = await previousLog(log)
  if (!earlier) return []
  const rows = await earlier.prisma.party.findMany({ select: { reference: true } })
  const named = await partiesNamed(
    rows.map(row => row.reference),
    earlier,
  )
  const carried = new Map((await log.prisma.carried.findMany()).map(row => [row.earlier, row]))
  const here = await partiesNamed(
    [...carried.values()].map(row => row.party),
    log,
  )
  return [...named.values()]
    .filter(({ reference }) => !here.has(carried.get(reference)?.party ?? ''))
    .map(party => ({
      ...party,
      wasOperator: party.reference === earlier.founding?.operator,
      nonce: carried.get(party.reference)?.nonce ?? randomBytes(16).toString('hex'),
    }))
    .sort((a, b) => a.name.localeCompare(b.name))
}

/**
 * Brings the people of an earlier party to the one that takes its place: accounts with their passwords and passkeys, memberships with their roles,
 * language and settings of notices. Repeating it adds nobody twice. Keys are not brought: each device signs for its own. False where the earlier log
 * has no such party, or `party` does not follow from the key and the nonce.
 */
export async function carryParty(
  args: { earlier: string; party: string; key: string; nonce: string },
  on?: Log,
): Promise<boolean> {
  const log = on ?? (await database())
  const { earlier, party, key, nonce } = args
  const before = await previousLog(log)
  if (!before || !(await before.prisma.party.findUnique({ where: { reference: earlier } }))) return false
  const isOperators = earlier === before.founding?.operator
  const expected = isOperators ? log.founding?.operator : deriveReference({ kind: 'party', author: key, nonce })
  if (party !== expected) return false
  const createdAt = BigInt(log.clock())
  await log.prisma.carried.upsert({
    where: { earlier },
    create: { earlier, party, nonce, createdAt },
    update: { party, nonce },
  })
  for (const member of await before.prisma.member.findMany({ where: { party: earlier } })) {
    const userId = await carryPerson(before, log, member.userId)
    if (userId === undefined) continue
    await log.prisma.member.upsert({
      where: { userId_party: { userId, party } },
      create: { ...member, userId, party },
      update: {},
    })
    const settings = await before.prisma.noticeSetting.findMany({ where: { userId: member.userId, party: earlier } })
    for (const setting of settings) {
      const { kind } = setting
      await log.prisma.noticeSetting.upsert({
        where: { userId_party_kind: { userId, party, kind } },
        create: { ...setting, userId, party },
        update: {},
      })
    }
  }
  return true
}

/** A person's account as it was; one with the same address that is here already stays as it is. Gives who they are here. */
async function carryPerson(before: Log, log: Log, id: string): Promise<string | undefined> {
  const person = await before.prisma.user.findUnique({ where: { id }, include: { accounts: true, passkeys: true } })
  if (!person) return undefined
  const { accounts, passkeys, ...user } = person
  const known = await log.prisma.user.findUnique({ where: { email: user.email } })
  if (known) return known.id
  await log.prisma.$transaction([
    log.prisma.user.create({ data: user }),
    log.prisma.account.createMany({ data: accounts }),
    log.prisma.passkey.createMany({ data: passkeys }),
  ])
  const preference = await before.prisma.preference.findUnique({ where: { userId: id } })
  if (preference) await log.prisma.preference.upsert({ where: { userId: id }, create: preference, update: {} })
  return id
}
