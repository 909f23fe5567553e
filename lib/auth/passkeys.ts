import 'server-only'
import { passkey } from '@better-auth/passkey'
import { APIError, type createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { dropOldVerifications, isPersonName } from '../data/accounts.ts'
import { limited } from '../data/limits.ts'
import type { Log } from '../data/log-state.ts'
import { addressIn } from './attempts.ts'
import { tell } from './tell.ts'

/** A passkey is added within so long of signing in: who finds a browser open does not make themself a way in. */
export const FRESH_SECONDS = 15 * 60

const ADDING = '/passkey/verify-registration'
/** Each makes a row that lasts five minutes. */
const CHALLENGES: readonly (string | undefined)[] = [
  '/passkey/generate-authenticate-options',
  '/passkey/generate-register-options',
]

/**
 * Signing in with a passkey, and adding one to an account that is signed in. Whoever holds the device is not enough: it must have asked for a finger, a
 * face or its code (user verification), which the plugin by itself only prefers.
 */
export function passkeysAt(publicUrl: string) {
  return passkey({
    rpID: new URL(publicUrl).hostname,
    rpName: 'Throughline',
    origin: publicUrl,
    advanced: { webAuthnChallengeCookie: 'passkey' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    registration: {
      requireSession: true,
      afterVerification({ verification }) {
        requireVerified(verification.registrationInfo?.userVerified)
      },
    },
    authentication: {
      afterVerification({ verification }) {
        requireVerified(verification.authenticationInfo.userVerified)
      },
    },
  })
}

function requireVerified(isVerified: boolean | undefined): void {
  if (!isVerified) throw new APIError('BAD_REQUEST', { code: 'USER_NOT_VERIFIED', message: 'user not verified' })
}

type Asked = { readonly path?: string; readonly body?: unknown; readonly headers?: Headers | undefined }

/** Before an answer about passkeys: challenges are limited by address, and a new passkey has a name that can be shown and opens no session by itself. */
export async function beforePasskey({ path, body, headers }: Asked, log: Log | undefined): Promise<void> {
  if (path === ADDING) checkNew(body)
  if (!CHALLENGES.includes(path)) return
  const standing = await limited('challenge', addressIn(headers), log)
  if (!standing.ok)
    throw new APIError(
      'TOO_MANY_REQUESTS',
      { code: 'TOO_MANY_ATTEMPTS', message: 'too many attempts' },
      { 'retry-after': String(standing.retryAfterSeconds) },
    )
}

function checkNew(body: unknown): void {
  const { name, createSession } = (body ?? {}) as { name?: unknown; createSession?: unknown }
  const isNamed = typeof name === 'string' && isPersonName(name.trim())
  if (!isNamed || createSession !== undefined)
    throw new APIError('BAD_REQUEST', { code: 'NAME_MALFORMED', message: 'name malformed' })
}

type Answered = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** After an answer about passkeys: a passkey that was added is a privilege, so the session is a new one, and its person is written to. */
export async function afterPasskey(ctx: Answered, log: Log | undefined): Promise<void> {
  if (CHALLENGES.includes(ctx.path)) await sweep(log)
  if (ctx.path !== ADDING || isAPIError(ctx.context.returned)) return
  const current = await getSessionFromCtx(ctx)
  if (!current) return
  const { user } = current
  await setSessionCookie(ctx, { session: await ctx.context.internalAdapter.createSession(user.id), user })
  const { name } = ctx.body as { name: string }
  tell(user.id, { kind: 'passkeyAdded', passkey: name.trim() })
}

const SWEEP_MILLISECONDS = 60_000
let sweptAt = 0

/** Challenges that nobody answered are forgotten when new ones are made. */
async function sweep(log: Log | undefined): Promise<void> {
  if (Date.now() - sweptAt < SWEEP_MILLISECONDS) return
  sweptAt = Date.now()
  await dropOldVerifications(log)
}
