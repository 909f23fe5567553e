'use server'

import { headers } from 'next/headers'
import { z } from 'zod'
import { type AccountCode, makeAccount, openSession } from '@/lib/auth/account.ts'
import { addressIn, holdsFirstRunCode } from '@/lib/auth/attempts.ts'
import { isSignableText } from '@/lib/core/custody/text.ts'
import { type RequestCode, requestKey } from '@/lib/data/device-keys.ts'
import { forgetBeginning, foundingState, isProductionOrigin } from '@/lib/data/first-run.ts'
import { addMember } from '@/lib/data/members.ts'

const beginning = z.strictObject({
  code: z.string(),
  origin: z.string(),
  partyName: z.string(),
  /** The operator's party, by the reference that its first key and a nonce give it. */
  party: z.string(),
  publicKey: z.string(),
  proof: z.string(),
  device: z.string(),
  name: z.string(),
  email: z.string(),
  password: z.string(),
})

export type BeginCode =
  | 'request-malformed'
  | 'code-wrong'
  | 'begun'
  | 'origin-malformed'
  | 'party-name-malformed'
  | AccountCode
  | RequestCode

/**
 * Makes the operator's account and signs this browser in; only who has the one-time code, and only before leaf 0. Asked again it starts over. It
 * writes nothing to the log: that takes the operator's key.
 */
export async function begin(asked: z.infer<typeof beginning>): Promise<{ ok: true } | { ok: false; code: BeginCode }> {
  const parsed = beginning.safeParse(asked)
  if (!parsed.success) return { ok: false, code: 'request-malformed' }
  const { code, origin, partyName, party, publicKey, proof, device, name, email, password } = parsed.data
  if (!(await holdsFirstRunCode({ code, caller: addressIn(await headers()) }))) return { ok: false, code: 'code-wrong' }
  const state = await foundingState()
  if (!isProductionOrigin(origin) || (state.logOrigin !== undefined && state.logOrigin !== origin))
    return { ok: false, code: 'origin-malformed' }
  if (!isSignableText(partyName, 200)) return { ok: false, code: 'party-name-malformed' }
  if (!(await forgetBeginning())) return { ok: false, code: 'begun' }
  const account = await makeAccount({ name, email, password })
  if (!account.ok) return account
  const userId = account.value
  const key = await requestKey({ party, userId, publicKey, proof, role: 'admin', device, origin })
  if (!key.ok) return { ok: false, code: key.code }
  await addMember({ userId, party, role: 'admin' })
  await openSession(userId)
  return { ok: true }
}
