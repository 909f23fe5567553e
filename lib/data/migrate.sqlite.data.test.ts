import { readdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { freshSettings } from './live-log.fixture.ts'
import { diffSchema, migrate } from './migrate.ts'
import { closeLog, openLog } from './open-log.ts'
import { query } from './sql.ts'

test('a new database is migrated, the second time nothing is due', async () => {
  const { databaseUrl } = freshSettings()
  const folders = readdirSync('prisma/migrations/sqlite').filter(name => !name.endsWith('.toml'))
  expect(folders.length).toBeGreaterThan(3)
  expect(await migrate(databaseUrl)).toEqual(folders.sort())
  expect(await migrate(databaseUrl)).toEqual([])
})

test('the migrations lead to what the schema says', async () => {
  const { databaseUrl } = freshSettings()
  await migrate(databaseUrl)
  const migrated = await new PrismaBetterSqlite3({ url: databaseUrl }).connect()
  const meant = await new PrismaBetterSqlite3({ url: 'file::memory:' }).connect()
  await meant.executeScript(await diffSchema(''))
  expect(await structureOf(migrated)).toEqual(await structureOf(meant))
  await migrated.dispose()
  await meant.dispose()
})

/** Every table and index as SQLite keeps it, without what SQLite and Prisma keep for themselves. */
async function structureOf(on: SqlQueryable): Promise<string[]> {
  const sql = `SELECT "sql" FROM sqlite_master WHERE "sql" IS NOT NULL AND "name" NOT LIKE 'sqlite_%' AND "tbl_name" <> '_prisma_migrations' ORDER BY "name"`
  return (await query(on, sql)).map(row => laidOut(String(row[0])))
}

/**
 * Without the layout, and of a table without the order of its columns, since one that is added later stands last, and without how SQLite stores its rows,
 * which the schema has no word for.
 */
function laidOut(sql: string): string {
  const text = sql
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),]) ?/g, '$1')
    .replace(/WITHOUT ROWID$/, '')
  return text.startsWith('CREATE TABLE') ? text.replace(/\)$/, '').split(',').sort().join() : text
}

test('many processes may open a new database at once', async () => {
  const settings = freshSettings()
  const logs = await Promise.all([openLog(settings), openLog(settings), openLog(settings)])
  for (const log of logs) expect(await log.prisma.leaf.count()).toBe(0)
  for (const log of logs) await closeLog(log)
})
