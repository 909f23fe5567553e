'use server'

import { z } from 'zod'
import { authorise } from '@/lib/auth/actor.ts'
import { carryParty } from '@/lib/data/carried.ts'

const asked = z.strictObject({
  earlier: z.string(),
  party: z.string(),
  key: z.string(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** The operator's party, for whom this is done. */
  as: z.string(),
})

/** Brings the people of a party of the log before this one; for the operator alone. It writes nothing to the log. */
export async function bringParty(given: z.infer<typeof asked>): Promise<boolean> {
  const parsed = asked.safeParse(given)
  if (!parsed.success) return false
  const { as, ...carried } = parsed.data
  const actor = await authorise({ as, action: 'invite-party' })
  return actor.ok && carryParty(carried)
}
