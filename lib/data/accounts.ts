import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { isSignableText } from '../core/custody/text.ts'
import { isOnPostgresql } from './addresses.ts'
import { database } from './database.ts'
import { createPrivateFile, readIfPresent } from './files.ts'
import type { Log } from './log-state.ts'

/** Where better-auth keeps its four tables; the one use of them outside this folder is through its own interface. */
export async function accountStore(on?: Log): Promise<ReturnType<typeof prismaAdapter>> {
  const log = on ?? (await database())
  return prismaAdapter(log.prisma, { provider: isOnPostgresql(log.adapter) ? 'postgresql' : 'sqlite' })
}

/** What signs session cookies: 32 random bytes in `DATA_DIR/auth.secret`, made on first use. Deleting the file signs everyone out. */
export async function accountSecret(on?: Log): Promise<string> {
  const log = on ?? (await database())
  const path = join(log.settings.dataDir, 'auth.secret')
  if (readIfPresent(path) === undefined) createPrivateFile(path, `${randomBytes(32).toString('hex')}\n`)
  return (readIfPresent(path) as string).trim()
}

/** A link to set a new password is good for a day. */
export const RESET_SECONDS = 24 * 3600

/**
 * What a link to set a new password for this person ends in: 160 random bits as base64url, good once and for a day; links made before end. The
 * row is the one that better-auth 1.7 makes for its own `reset-password`, under the SHA-256 of its name, so that better-auth takes it.
 */
export async function createResetToken(userId: string, on?: Log): Promise<string> {
  const log = on ?? (await database())
  await endResetTokens(userId, log)
  const token = randomBytes(20).toString('base64url')
  const now = log.clock()
  await log.prisma.verification.create({
    data: {
      id: randomUUID(),
      identifier: createHash('sha256').update(`reset-password:${token}`).digest('base64url'),
      value: userId,
      expiresAt: new Date(now + RESET_SECONDS * 1000),
      createdAt: new Date(now),
      updatedAt: new Date(now),
    },
  })
  return token
}

/** Ends every link by which this person could set a new password: better-auth keeps nothing else under a user id there. */
export async function endResetTokens(userId: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  await log.prisma.verification.deleteMany({ where: { value: userId } })
}

/** How many passkeys open this person's account. */
export async function passkeyCount(userId: string, on?: Log): Promise<number> {
  const log = on ?? (await database())
  return log.prisma.passkey.count({ where: { userId } })
}

/** Ends every session of this person: whoever uses one signs in again. */
export async function endSessionsOf(userId: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  await log.prisma.session.deleteMany({ where: { userId } })
}

/** Forgets links and challenges that are too old to be used. */
export async function dropOldVerifications(on?: Log): Promise<void> {
  const log = on ?? (await database())
  await log.prisma.verification.deleteMany({ where: { expiresAt: { lt: new Date(log.clock()) } } })
}

/** A session that nobody used for so long is over. */
const IDLE_MILLISECONDS = 7 * 24 * 3600 * 1000
/** So often at most a use is written down: every write waits for the disk. */
const NOTED_MILLISECONDS = 3600 * 1000

/**
 * Whether a session was used within a week; one that was not is deleted. `usedAt`: when a use was last written down, which this does where that is an
 * hour ago. That it also ends thirty days after signing in, however it is used, is better-auth's to see to.
 */
export async function isSessionInUse({ id, usedAt }: { id: string; usedAt: Date }, on?: Log): Promise<boolean> {
  const log = on ?? (await database())
  const now = log.clock()
  const idle = now - usedAt.getTime()
  if (idle > IDLE_MILLISECONDS) {
    await log.prisma.session.deleteMany({ where: { id } })
    return false
  }
  // Many at once for one page: whoever is first writes it.
  if (idle > NOTED_MILLISECONDS)
    await log.prisma.session.updateMany({ where: { id, updatedAt: usedAt }, data: { updatedAt: new Date(now) } })
  return true
}

/** True for a name that a person can be shown by: 1 to 80 characters, without control characters and outer blanks. */
export function isPersonName(name: string): boolean {
  return isSignableText(name, 80)
}
