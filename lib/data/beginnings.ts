import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { caughtUp } from './projected.ts'

/** How far a party has come: whether it has a part in any consignment, how many act for it, and how many parties the log knows. */
export type Beginning = { readonly hasPart: boolean; readonly members: number; readonly parties: number }

/** What the first steps of `party` ask, without folding a single consignment. */
export async function beginningOf(party: string, on?: Log): Promise<Beginning> {
  const log = on ?? (await database())
  await caughtUp(log)
  const { prisma } = log
  const [part, members, parties] = await Promise.all([
    prisma.part.findFirst({ where: { party }, select: { party: true } }),
    prisma.member.count({ where: { party } }),
    prisma.party.count(),
  ])
  return { hasPart: part !== null, members, parties }
}
