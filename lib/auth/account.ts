import 'server-only'
import { isAPIError } from 'better-auth/api'
// With its file's ending: a command imports this outside Next.
import { headers } from 'next/headers.js'
import { z } from 'zod'
import { createResetToken, isPersonName, RESET_SECONDS } from '../data/accounts.ts'
import type { Log } from '../data/log-state.ts'
import { env } from '../env.ts'
import { paths } from '../paths.ts'
import { type Auth, auth, LONGEST_PASSWORD, SHORTEST_PASSWORD } from './auth.ts'
import { tell } from './tell.ts'

const LONGEST_EMAIL = 254

/** What was asked for, or why not. */
export type Answer<Value, Code extends string> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: Code }

export type PasswordCode = 'password-short' | 'password-long'
export type AccountCode = 'name-malformed' | 'email-malformed' | PasswordCode | 'email-taken'

/**
 * Makes an account; the only way to one, since signing up is closed. `name`: 1–80 characters; `email` is kept in lower case; `password`: 10–128
 * characters. Answers the user id.
 */
export async function makeAccount(
  asked: { name: string; email: string; password: string },
  on?: Auth,
): Promise<Answer<string, AccountCode>> {
  const name = asked.name.normalize('NFC').trim()
  if (!isPersonName(name)) return fail('name-malformed')
  const email = asked.email.trim().toLowerCase()
  if (email.length > LONGEST_EMAIL || !z.email().safeParse(email).success) return fail('email-malformed')
  const password = checkPassword(asked.password)
  if (!password.ok) return password
  const context = await (on ?? (await auth())).$context
  const { internalAdapter } = context
  if (await internalAdapter.findUserByEmail(email)) return fail('email-taken')
  const hash = await context.password.hash(asked.password)
  const user = await internalAdapter
    .createUser({ name, email, emailVerified: false }, { method: 'email' })
    .catch(async error => {
      // Someone was faster: the address is unique in the database.
      if (await internalAdapter.findUserByEmail(email)) return undefined
      throw error
    })
  if (!user) return fail('email-taken')
  await internalAdapter.linkAccount({ userId: user.id, accountId: user.id, providerId: 'credential', password: hash })
  return pass(user.id)
}

/** Takes back an account that was made a moment ago for something that then did not happen. */
export async function unmakeAccount(userId: string, on?: Auth): Promise<void> {
  const { internalAdapter } = await (on ?? (await auth())).$context
  await internalAdapter.deleteUser(userId)
}

/**
 * Signs this request's browser in as the person; only in a server action or route handler, where a cookie can be set. The session that the
 * browser had is deleted.
 */
export async function openSession(userId: string): Promise<void> {
  await (await auth()).api.openSession({ body: { userId }, headers: await headers() })
}

/**
 * The whole address at which the person sets a new password within a day, once; `until`: unix milliseconds. Links made for them before stop
 * working.
 */
export async function resetLink(userId: string, on?: Log): Promise<{ link: string; until: number }> {
  const link = `${env().publicUrl}${paths.resetPassword(await createResetToken(userId, on))}`
  return { link, until: Date.now() + RESET_SECONDS * 1000 }
}

/** The whole address of an invitation. */
export function joinLink(token: string): string {
  return `${env().publicUrl}${paths.join(token)}`
}

/** For whom the token of such a link sets a password; undefined where it never did or does no more. */
export async function personOfReset(
  token: string,
  on?: Auth,
): Promise<{ id: string; name: string; email: string } | undefined> {
  const { internalAdapter } = await (on ?? (await auth())).$context
  const kept = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  if (!kept || kept.expiresAt.getTime() <= Date.now()) return undefined
  const user = await internalAdapter.findUserById(kept.value)
  return user ? { id: user.id, name: user.name, email: user.email } : undefined
}

/** Uses such a link up: sets the password and ends every session of the person. Answers their user id. Code `reset-unknown`: never made, used, or too old. */
export async function spendPasswordReset(
  { token, password }: { token: string; password: string },
  on?: Auth,
): Promise<Answer<string, PasswordCode | 'reset-unknown'>> {
  const checked = checkPassword(password)
  if (!checked.ok) return checked
  const opened = on ?? (await auth())
  const person = await personOfReset(token, opened)
  if (!person) return fail('reset-unknown')
  try {
    await opened.api.resetPassword({ body: { token, newPassword: password } })
  } catch (error) {
    // Used by someone else between the two looks.
    if (isAPIError(error)) return fail('reset-unknown')
    throw error
  }
  tell(person.id, { kind: 'passwordChanged' })
  return pass(person.id)
}

/** Whether better-auth takes it as a password. */
export function checkPassword(password: string): Answer<undefined, PasswordCode> {
  if (password.length < SHORTEST_PASSWORD) return fail('password-short')
  if (password.length > LONGEST_PASSWORD) return fail('password-long')
  return pass(undefined)
}

function pass<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

function fail<Code extends string>(code: Code): { ok: false; code: Code } {
  return { ok: false, code }
}
