import 'server-only'
import { betterAuth } from 'better-auth/minimal'
import { nextCookies } from 'better-auth/next-js'
import { accountSecret, accountStore } from '../data/accounts.ts'
import { env } from '../env.ts'

/** A password is 10 characters or more; better-auth stores its scrypt hash. */
export const SHORTEST_PASSWORD = 10
/** A link to set a new password is good for a day. */
export const RESET_SECONDS = 24 * 3600

async function open() {
  const { publicUrl } = env()
  return betterAuth({
    appName: 'Throughline',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret: await accountSecret(),
    database: await accountStore(),
    telemetry: { enabled: false },
    // Accounts are made by the first run and by invitation, never by whoever comes by.
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: 14 * 24 * 3600, updateAge: 24 * 3600 },
    advanced: { cookiePrefix: 'throughline', useSecureCookies: publicUrl.startsWith('https:') },
    plugins: [nextCookies()],
  })
}

export type Auth = Awaited<ReturnType<typeof open>>

let opened: Promise<Auth> | undefined

/** This process's better-auth; opened on first use, so that a build without a database or environment passes. */
export function auth(): Promise<Auth> {
  opened ??= open()
  opened.catch(() => {
    opened = undefined
  })
  return opened
}
