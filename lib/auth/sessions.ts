import { APIError, createAuthEndpoint, createAuthMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'
import { AttemptWindow, addressIn } from './attempts.ts'

const attempts = new AttemptWindow()

/** Paths of better-auth at which a password is tried, over HTTP or by a server action. */
const TRIES: readonly (string | undefined)[] = ['/sign-in/email', '/change-password']

type Trying = { readonly path?: string; readonly body?: unknown; readonly headers?: Headers | undefined }

function triedBy({ path, body, headers }: Trying): { address: string; account: string } | undefined {
  if (!TRIES.includes(path)) return undefined
  const { email } = (body ?? {}) as { email?: unknown }
  return { address: addressIn(headers), account: typeof email === 'string' ? email : '' }
}

/** Before anything is done: too many tries at a password are refused (429 `TOO_MANY_ATTEMPTS`). */
export const before = createAuthMiddleware(async ctx => {
  const tried = triedBy(ctx)
  if (tried && !attempts.admit(tried, Date.now()))
    throw new APIError('TOO_MANY_REQUESTS', { code: 'TOO_MANY_ATTEMPTS', message: 'too many attempts' })
})

/**
 * After a session was opened, the one that the same browser had is deleted from the database: a cookie that someone planted or kept
 * opens nothing any more.
 */
export const after = createAuthMiddleware(async ctx => {
  const opened = ctx.context.newSession
  if (!opened) return
  const tried = triedBy(ctx)
  if (tried) attempts.succeeded(tried)
  const { authCookies, secret, internalAdapter } = ctx.context
  const former = await ctx.getSignedCookie(authCookies.sessionToken.name, secret)
  if (former && former !== opened.session.token) await internalAdapter.deleteSession(former)
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
