'use server'

import { z } from 'zod'
import { authorise, type Unauthorised } from '@/lib/auth/actor.ts'
import { carryParty } from '@/lib/data/carried.ts'

const asked = z.strictObject({
  earlier: z.string(),
  party: z.string(),
  key: z.string(),
  nonce: z.string().regex(/^[0-9a-f]{32}$/),
  /** The operator's party, for whom this is done. */
  as: z.string(),
})

type Brought = { ok: true } | { ok: false; code: Unauthorised | 'form-malformed' | 'earlier-unknown' }

/**
 * Brings the people of a party of the log before this one; for the operator alone. It writes nothing to the log. Code `earlier-unknown`: there is no
 * such party, or no such log.
 */
export async function bringParty(given: z.infer<typeof asked>): Promise<Brought> {
  const parsed = asked.safeParse(given)
  if (!parsed.success) return { ok: false, code: 'form-malformed' }
  const { as, ...carried } = parsed.data
  const actor = await authorise({ as, action: 'invite-party' })
  if (!actor.ok) return actor
  return (await carryParty(carried)) ? { ok: true } : { ok: false, code: 'earlier-unknown' }
}
