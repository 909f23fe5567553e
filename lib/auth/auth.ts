import 'server-only'
import { betterAuth } from 'better-auth/minimal'
import { nextCookies } from 'better-auth/next-js'
import { accountSecret, accountStore, RESET_SECONDS } from '../data/accounts.ts'
import type { Log } from '../data/log-state.ts'
import { env } from '../env.ts'
import { FRESH_SECONDS, passkeysAt } from './passkeys.ts'
import { hooksOn, openedByServer } from './sessions.ts'

/** A password is 10 to 128 characters; better-auth stores its scrypt hash. */
export const SHORTEST_PASSWORD = 10
export const LONGEST_PASSWORD = 128
/** Counted from signing in, and not prolonged: pages are rendered where no cookie can be set. */
const SESSION_SECONDS = 30 * 24 * 3600

/** better-auth on this process's log, or on the one given. */
export async function openAuth({ publicUrl, log }: { publicUrl: string; log?: Log }) {
  const isHttps = publicUrl.startsWith('https:')
  return betterAuth({
    appName: 'Throughline',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: await accountSecret(log),
    database: await accountStore(log),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    // Accounts are made by the first run and by invitation (account.ts), never by whoever comes by.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
    },
    // Whoever reads the database learns no link that still works.
    verification: { storeIdentifier: 'hashed' },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true, freshAge: FRESH_SECONDS },
    // Where someone signed in from is nobody's to keep.
    databaseHooks: { session: { create: { before: async session => ({ data: { ...session, ipAddress: '' } }) } } },
    // Its own limit is per process and forgets at a restart; ours (attempts.ts) counts pages and programs together.
    rateLimit: { enabled: false },
    advanced: {
      // A browser takes a cookie of such a name from this host alone, over https, for all of its paths: no neighbour can plant one.
      cookiePrefix: isHttps ? '__Host-throughline' : 'throughline',
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' },
    },
    hooks: hooksOn(log),
    plugins: [openedByServer, passkeysAt(publicUrl), nextCookies()],
  })
}

export type Auth = Awaited<ReturnType<typeof openAuth>>

let opened: Promise<Auth> | undefined

/** This process's better-auth; opened on first use, so that a build without a database or environment passes. */
export function auth(): Promise<Auth> {
  opened ??= openAuth({ publicUrl: env().publicUrl })
  opened.catch(() => {
    opened = undefined
  })
  return opened
}
