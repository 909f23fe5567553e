import { database } from './database.ts'
import type { Log } from './log-state.ts'
import { preferenceOf } from './preferences.ts'

/** Whom a letter is for; `locale` as they last used the app. */
export type Addressee = { readonly name: string; readonly email: string; readonly locale: string | undefined }

/** The person of this account; undefined where it is gone. */
export async function addresseeOf(userId: string, on?: Log): Promise<Addressee | undefined> {
  const log = on ?? (await database())
  const person = await log.prisma.user.findUnique({ where: { id: userId }, select: { name: true, email: true } })
  return person ? { ...person, locale: await preferenceOf(userId, log) } : undefined
}
