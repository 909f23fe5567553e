import { APIError, createAuthEndpoint, createAuthMiddleware, getSessionFromCtx, isAPIError } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import type { Log } from '../data/log-state.ts'
import { logger } from '../monitor/logger.ts'
import { addressIn, admitTry, type Try, tryHeld } from './attempts.ts'
import { afterPasskey, beforePasskey } from './passkeys.ts'

/** Paths of better-auth at which a password or passkey is tried, over HTTP or by a server action. */
const TRIES: readonly (string | undefined)[] = ['/sign-in/email', '/change-password', '/passkey/verify-authentication']

type Trying = { readonly path?: string; readonly body?: unknown; readonly headers?: Headers | undefined }

/** Who tries, and at whose account: the address that was typed, or, for who is signed in, their user id. */
function triedBy({ path, body, headers }: Trying, userId: string | undefined): Try | undefined {
  if (!TRIES.includes(path)) return undefined
  const { email } = (body ?? {}) as { email?: unknown }
  const account = path === '/change-password' ? (userId ?? '') : typeof email === 'string' ? email : ''
  return { caller: addressIn(headers), account }
}

/** What better-auth does before and after each of its answers; `log`: whose tries are counted, this process's where none is given. */
export const hooksOn = (log: Log | undefined) => ({
  /** Too many tries are refused before anything is done (429 `TOO_MANY_ATTEMPTS`, with Retry-After). */
  before: createAuthMiddleware(async ctx => {
    await beforePasskey(ctx, log)
    if (!TRIES.includes(ctx.path)) return
    const tried = triedBy(ctx, (await getSessionFromCtx(ctx))?.user.id)
    const standing = tried && (await admitTry(tried, log))
    if (standing?.ok === false) {
      logger('sign-in').warn({ code: 'too-many-attempts', path: ctx.path }, 'a try was not looked at')
      const headers = { 'retry-after': String(standing.retryAfterSeconds) }
      throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'too many attempts' }, headers)
    }
  }),
  /**
   * After a session was opened, the one that the same browser had is deleted from the database: a cookie that someone planted or kept opens
   * nothing any more.
   */
  after: createAuthMiddleware(async ctx => {
    await afterPasskey(ctx, log)
    const opened = ctx.context.newSession
    const { returned } = ctx.context as { returned?: unknown }
    // By user id: neither what was typed as an address nor where from is kept.
    if (TRIES.includes(ctx.path) && isAPIError(returned))
      logger('sign-in').warn({ code: 'refused', path: ctx.path, status: returned.statusCode }, 'a try was refused')
    if (!opened) return
    logger('sign-in').info({ path: ctx.path, user: opened.user.id }, 'a session was opened')
    const tried = triedBy(ctx, opened.user.id)
    if (tried) await tryHeld(tried, log)
    const { authCookies, secret, internalAdapter } = ctx.context
    const former = await ctx.getSignedCookie(authCookies.sessionToken.name, secret)
    if (former && former !== opened.session.token) await internalAdapter.deleteSession(former)
  }),
})

/** Opens a session for a person whom the server itself has just made or recognised. Without an address: nothing over HTTP reaches it. */
export const openedByServer = {
  id: 'throughline-sessions',
  endpoints: {
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: z.object({ userId: z.string() }), requireHeaders: true },
      async ctx => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.userId)
        if (!user) throw new Error(`no account ${ctx.body.userId}`)
        await setSessionCookie(ctx, { session: await internalAdapter.createSession(user.id), user })
      },
    ),
  },
}
