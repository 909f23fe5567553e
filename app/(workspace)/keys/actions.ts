'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { authorise, type Unauthorised } from '@/lib/auth/actor.ts'
import { declineKey, type RequestCode, requestKey } from '@/lib/data/device-keys.ts'
import { paths } from '@/lib/paths.ts'

const request = z.strictObject({
  as: z.string(),
  publicKey: z.string(),
  proof: z.string(),
  device: z.string(),
})

export type RequestAnswer = { ok: true } | { ok: false; code: RequestCode | Unauthorised | 'request-malformed' }

/** Asks the party's admins to enrol a key that was made on this member's device; an admin's key for an admin, a member's for a member. */
export async function askForKey(asked: z.infer<typeof request>): Promise<RequestAnswer> {
  const parsed = request.safeParse(asked)
  if (!parsed.success) return { ok: false, code: 'request-malformed' }
  const { as, publicKey, proof, device } = parsed.data
  const actor = await authorise({ as, action: 'request-key' })
  if (!actor.ok) return actor
  const { person, party } = actor.value
  const role = party.role === 'admin' ? 'admin' : 'member'
  const name = device.normalize('NFC').trim()
  const answer = await requestKey({ party: as, userId: person.id, publicKey, proof, role, device: name })
  if (!answer.ok) return { ok: false, code: answer.code }
  revalidatePath(paths.keys())
  return { ok: true }
}

/** An admin says no to a key that waits. */
export async function decline(form: FormData): Promise<void> {
  const [as, key] = [form.get('as'), form.get('key')].map(value => (typeof value === 'string' ? value : ''))
  const actor = await authorise({ as: as ?? '', action: 'decline-key' })
  if (!actor.ok) return
  await declineKey({ party: as ?? '', key: key ?? '' })
  revalidatePath(paths.keys())
}
