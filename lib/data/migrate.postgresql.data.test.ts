import { expect, test } from '@playwright/test'
import type { SqlQueryable } from '@prisma/driver-adapter-utils'
import { freshSettings } from './live-log.fixture.ts'
import { diffSchema, migrate } from './migrate.ts'
import { closeLog, openLog } from './open-log.ts'
import { Postgresql } from './postgresql.ts'
import { query } from './sql.ts'

test('a database that is not there is made and migrated, the second time nothing is due', async () => {
  const { databaseUrl } = freshSettings()
  expect(await migrate(databaseUrl)).toEqual(['20261122240000_beginning'])
  expect(await migrate(databaseUrl)).toEqual([])
})

test('the migrations lead to what the schema says', async () => {
  const [{ databaseUrl }, { databaseUrl: other }] = [freshSettings(), freshSettings()]
  await migrate(databaseUrl)
  // Made and migrated as well, then built anew in a schema of its own.
  await migrate(other)
  const [migrated, meant] = [new Postgresql(databaseUrl), new Postgresql(other)]
  await meant.executeScript('DROP SCHEMA public CASCADE')
  await meant.executeScript(await diffSchema('', other))
  expect(await structureOf(migrated)).toEqual(await structureOf(meant))
  await Promise.all([migrated.dispose(), meant.dispose()])
})

test('every text is ordered by its bytes, as on SQLite', async () => {
  const { databaseUrl } = freshSettings()
  await migrate(databaseUrl)
  const on = new Postgresql(databaseUrl)
  const sql = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`
  expect(await query(on, sql)).toEqual([])
  await on.dispose()
})

/** Columns, indexes and constraints as PostgreSQL keeps them, without Prisma's own list. */
async function structureOf(on: SqlQueryable): Promise<unknown[]> {
  const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`
  const indexes = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`
  const constraints = `SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations')::oid, 0) ORDER BY 1`
  return [await query(on, columns), await query(on, indexes), await query(on, constraints)]
}

test('many processes may open a new database at once', async () => {
  const settings = freshSettings()
  const logs = await Promise.all([openLog(settings), openLog(settings), openLog(settings)])
  for (const log of logs) expect(await log.prisma.leaf.count()).toBe(0)
  for (const log of logs) await closeLog(log)
})
