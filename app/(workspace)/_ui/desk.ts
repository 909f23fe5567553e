import { cache } from 'react'
import type { Actor } from '@/lib/auth/actor.ts'
import { keysOfParty } from '@/lib/data/device-keys.ts'
import { logSummary } from '@/lib/data/log.ts'
import type { DeskProps } from '@/lib/device/desk.ts'
import type { PartyKey } from '@/lib/device/known-keys.ts'

/** What this actor's device signs for; undefined before the log is founded. */
export async function deskOf({ party }: Pick<Actor, 'party'>): Promise<DeskProps | undefined> {
  const log = await logSummary()
  if (!log) return undefined
  const { origin, vkey } = log
  return { origin, vkey, party: party.party, partyName: party.name, keys: await keysFor(party.party) }
}

/** Once per page: its frame and its forms all ask. */
const keysFor = cache(async (party: string): Promise<readonly PartyKey[]> => {
  const { enrolled } = await keysOfParty(party)
  return enrolled.map(({ key, role, held, byOperator, enrolled, revoked, member, device }) => ({
    key,
    role,
    held,
    byOperator,
    enrolledAt: enrolled.recordedAt,
    ...(revoked && { revokedAt: revoked.recordedAt }),
    ...(member !== undefined && { member }),
    ...(device !== undefined && { device }),
  }))
})
