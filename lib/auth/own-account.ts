import 'server-only'
import { isAPIError } from 'better-auth/api'
import { headers } from 'next/headers.js'
import { endResetTokens, isPersonName } from '../data/accounts.ts'
import { type Answer, checkPassword, type PasswordCode } from './account.ts'
import { auth } from './auth.ts'
import { tell } from './tell.ts'

/** One browser that is signed in. */
export type OpenSession = {
  readonly id: string
  /** Unix milliseconds of signing in. */
  readonly since: number
  readonly userAgent: string
  /** The one that asks. */
  readonly isThis: boolean
}

export type TryCode = 'too-many-attempts'

/**
 * Signs this request's browser in; only where a cookie can be set. Codes: `sign-in-refused` (no such account, or another password: which is not
 * said), `too-many-attempts`.
 */
export async function signInWith(asked: {
  email: string
  password: string
}): Promise<Answer<undefined, 'sign-in-refused' | TryCode>> {
  const { email, password } = asked
  return tried('sign-in-refused', async () => {
    const { api } = await auth()
    await api.signInEmail({ body: { email: email.trim(), password }, headers: await headers() })
  })
}

/** Sets another password, ends every other session of the person and gives this browser a new one. Code `password-wrong`: not the one they have. */
export async function changePassword(asked: {
  userId: string
  current: string
  password: string
}): Promise<Answer<undefined, 'password-wrong' | PasswordCode | TryCode>> {
  const { userId, current, password } = asked
  const checked = checkPassword(password)
  if (!checked.ok) return checked
  const changed = await tried('password-wrong', async () => {
    const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true }
    await (await auth()).api.changePassword({ body, headers: await headers() })
  })
  if (changed.ok) {
    await endResetTokens(userId)
    tell(userId, { kind: 'passwordChanged' })
  }
  return changed
}

/** Changes what the signed-in person is called. Code `name-malformed`. */
export async function changeName(asked: string): Promise<Answer<undefined, 'name-malformed'>> {
  const name = asked.normalize('NFC').trim()
  if (!isPersonName(name)) return { ok: false, code: 'name-malformed' }
  await (await auth()).api.updateUser({ body: { name }, headers: await headers() })
  return { ok: true, value: undefined }
}

/** Where the person of this request is signed in, newest first. */
export async function openSessions(): Promise<readonly OpenSession[]> {
  const opened = await auth()
  const current = await opened.api.getSession({ headers: await headers() })
  if (!current) return []
  // Not its `listSessions`, which answers only who signed in a moment ago.
  const { internalAdapter } = await opened.$context
  const sessions = await internalAdapter.listSessions(current.user.id, { onlyActiveSessions: true })
  return sessions
    .map(({ id, createdAt, userAgent }) => ({
      id,
      since: createdAt.getTime(),
      userAgent: userAgent ?? '',
      isThis: id === current.session.id,
    }))
    .sort((a, b) => b.since - a.since)
}

/** Ends every session of the person but this request's. */
export async function endOtherSessions(): Promise<void> {
  await (await auth()).api.revokeOtherSessions({ headers: await headers() })
}

/** Ends this request's session and takes its cookie away; nothing happens without one. */
export async function endSession(): Promise<void> {
  await (await auth()).api.signOut({ headers: await headers() })
}

async function tried<Code extends string>(
  code: Code,
  attempt: () => Promise<void>,
): Promise<Answer<undefined, Code | TryCode>> {
  try {
    await attempt()
    return { ok: true, value: undefined }
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error
    return { ok: false, code: error.statusCode === 429 ? 'too-many-attempts' : code }
  }
}
