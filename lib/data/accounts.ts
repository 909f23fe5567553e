import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { isSignableText } from '../core/custody/text.ts'
import { database } from './database.ts'
import { createPrivateFile, readIfPresent } from './files.ts'
import type { Log } from './log-state.ts'

/** Where better-auth keeps its four tables; the one use of them outside this folder is through its own interface. */
export async function accountStore(on?: Log): Promise<ReturnType<typeof prismaAdapter>> {
  const log = on ?? (await database())
  return prismaAdapter(log.prisma, { provider: 'sqlite' })
}

/** What signs session cookies: 32 random bytes in `DATA_DIR/auth.secret`, made on first use. Deleting the file signs everyone out. */
export async function accountSecret(on?: Log): Promise<string> {
  const log = on ?? (await database())
  const path = join(log.settings.dataDir, 'auth.secret')
  if (readIfPresent(path) === undefined) createPrivateFile(path, `${randomBytes(32).toString('hex')}\n`)
  return (readIfPresent(path) as string).trim()
}

/** 160 random bits as base64url: what a link to set a new password ends in. */
export function newResetToken(): string {
  return randomBytes(20).toString('base64url')
}

/** True for a name that a person can be shown by: 1 to 80 characters, without control characters and outer blanks. */
export function isPersonName(name: string): boolean {
  return isSignableText(name, 80)
}
