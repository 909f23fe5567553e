import { database } from './database.ts'
import type { Log } from './log-state.ts'

/** Language in which a person is written to, as they last used the app; undefined where they have not since it is kept. */
export async function preferenceOf(userId: string, on?: Log): Promise<string | undefined> {
  const log = on ?? (await database())
  return (await log.prisma.preference.findUnique({ where: { userId } }))?.locale
}

// What this process wrote last, so that a page that is only looked at asks the database nothing.
const written = new WeakMap<Log, Map<string, string>>()
const MOST_WRITTEN = 10_000

/** From now on the person is written to in `locale`, one of the app's languages. Writes only what changes. */
export async function rememberLocale(userId: string, locale: string, on?: Log): Promise<void> {
  const log = on ?? (await database())
  const known = written.get(log) ?? new Map<string, string>()
  written.set(log, known)
  if (known.get(userId) === locale) return
  if ((await preferenceOf(userId, log)) !== locale)
    await log.prisma.preference.upsert({ where: { userId }, create: { userId, locale }, update: { locale } })
  if (known.size >= MOST_WRITTEN) known.clear()
  known.set(userId, locale)
}
