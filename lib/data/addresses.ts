import type { SqlQueryable } from '@prisma/driver-adapter-utils'

/** True for `postgresql://…` and `postgres://…`; all else is `file:` and the path of an SQLite database. */
export const isPostgresql = (url: string): boolean => /^postgres(?:ql)?:\/\//.test(url)

/** True where statements go to PostgreSQL. */
export const isOnPostgresql = (on: SqlQueryable): boolean => on.provider === 'postgres'

/** Path of an SQLite database. */
export const filePath = (url: string): string => url.replace(/^file:/, '')

/** A database's address as people may read it: without the password. */
export function shownUrl(url: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^:@/]*):[^@/]*@/, '$1:…@').replace(/([?&]password=)[^&]*/, '$1…')
}
