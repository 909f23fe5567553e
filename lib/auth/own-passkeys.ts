import 'server-only'
import { getAuthenticatorName } from '@better-auth/passkey'
import { isAPIError } from 'better-auth/api'
import { headers } from 'next/headers.js'
import { isPersonName } from '../data/accounts.ts'
import type { Answer } from './account.ts'
import { auth } from './auth.ts'
import { FRESH_SECONDS } from './passkeys.ts'
import { tell } from './tell.ts'

/** A passkey as its person sees it. */
export type OwnPasskey = {
  readonly id: string
  readonly name: string
  /** Unix milliseconds of when it was added. */
  readonly since: number
  /** What keeps it, as far as it says so: `iCloud Keychain`. */
  readonly keeper: string | undefined
  /** Kept for the person on several devices, not on one alone. */
  readonly isSynced: boolean
}

/** The passkeys of the person of this request, oldest first. */
export async function ownPasskeys(): Promise<readonly OwnPasskey[]> {
  const rows = await (await auth()).api.listPasskeys({ headers: await headers() })
  return rows
    .map(({ id, name, createdAt, aaguid, backedUp }) => ({
      id,
      name: name ?? '',
      since: createdAt ? new Date(createdAt).getTime() : 0,
      keeper: getAuthenticatorName(aaguid),
      isSynced: backedUp,
    }))
    .sort((a, b) => a.since - b.since)
}

/** Whether this request's session was opened a moment ago: only then is a passkey added. */
export async function isFreshlySignedIn(): Promise<boolean> {
  const session = await (await auth()).api.getSession({ headers: await headers() })
  return session !== null && Date.now() - session.session.createdAt.getTime() < FRESH_SECONDS * 1000
}

/** Codes: `name-malformed`, `passkey-gone` (there is none of theirs with this id). */
export async function renamePasskey(asked: {
  id: string
  name: string
}): Promise<Answer<undefined, 'name-malformed' | 'passkey-gone'>> {
  const name = asked.name.normalize('NFC').trim()
  if (!isPersonName(name)) return { ok: false, code: 'name-malformed' }
  return ofTheirs(async () => {
    await (await auth()).api.updatePasskey({ body: { id: asked.id, name }, headers: await headers() })
  })
}

/** Removes a passkey and ends every other session of the person: whoever holds a lost device may have one. Code `passkey-gone`. */
export async function removePasskey({
  id,
  userId,
}: {
  id: string
  userId: string
}): Promise<Answer<undefined, 'passkey-gone'>> {
  const { api } = await auth()
  const asking = await headers()
  const removed = await ofTheirs(async () => {
    await api.deletePasskey({ body: { id }, headers: asking })
  })
  if (!removed.ok) return removed
  await api.revokeOtherSessions({ headers: asking })
  tell(userId, { kind: 'passkeyRemoved' })
  return removed
}

async function ofTheirs(attempt: () => Promise<void>): Promise<Answer<undefined, 'passkey-gone'>> {
  try {
    await attempt()
    return { ok: true, value: undefined }
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    return { ok: false, code: 'passkey-gone' }
  }
}
