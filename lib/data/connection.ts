import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { filePath, isPostgresql } from './addresses.ts'
import { GatedSqlite } from './gate.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { hashNatively } from './hash.ts'
import { Postgresql } from './postgresql.ts'
import { PostgresqlSnapshot } from './postgresql-snapshot.ts'

/** The two ways to one database: Prisma's, and past it for the hot path and for what Prisma cannot say. */
export type Connection = { readonly adapter: SqlDriverAdapter; readonly prisma: PrismaClient }

/** Opens the database at `url`, which is migrated. Throws where it cannot keep what it acknowledges. */
export async function connect(url: string): Promise<Connection> {
  hashNatively()
  if (isPostgresql(url)) {
    const adapter = new Postgresql(url)
    try {
      // One connection is made and its settings are read.
      await adapter.executeScript('SELECT 1')
    } catch (error) {
      await adapter.dispose()
      throw error
    }
    // Both clients come from one schema in the subset that both databases have: they differ in no type that is used here.
    return { adapter, prisma: new PostgresqlClient({ adapter: adapter.factory() }) as unknown as PrismaClient }
  }
  const factory = new GatedSqlite({ url })
  const adapter = await factory.connect()
  return { adapter, prisma: new PrismaClient({ adapter: factory }) }
}

/** Makes the folder that an SQLite database is to lie in; PostgreSQL has its own. */
export function makeRoom(url: string): void {
  if (!isPostgresql(url)) mkdirSync(dirname(filePath(url)), { recursive: true })
}

/**
 * Opens the database at `url` for reading alone, at one moment: what a server records meanwhile is not seen. Throws where there is none; makes none.
 * Whoever opens it disposes of it.
 */
export async function openSnapshot(url: string): Promise<SqlDriverAdapter> {
  hashNatively()
  if (isPostgresql(url)) return PostgresqlSnapshot.open(url)
  if (!existsSync(filePath(url))) throw new Error(`there is no file ${filePath(url)}`)
  const adapter = await new PrismaBetterSqlite3({ url, readonly: true, fileMustExist: true } as {
    url: string
  }).connect()
  await adapter.executeScript('BEGIN')
  return adapter
}
