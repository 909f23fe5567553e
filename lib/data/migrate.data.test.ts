import { expect, test } from '@playwright/test'
import { freshSettings } from './live-log.fixture.ts'
import { diffSchema, migrate, readProgramFile } from './migrate.ts'
import { closeLog, openLog } from './open-log.ts'

test('a new database is migrated, the second time nothing is due', async () => {
  const { databaseUrl } = freshSettings()
  expect(await migrate(databaseUrl)).toEqual(['20261122000000_init'])
  expect(await migrate(databaseUrl)).toEqual([])
})

test('the migration is what the schema says', async () => {
  expect(await diffSchema('')).toBe(await readProgramFile('prisma/migrations/sqlite/20261122000000_init/migration.sql'))
})

test('many processes may open a new database at once', async () => {
  const settings = freshSettings()
  const logs = await Promise.all([openLog(settings), openLog(settings), openLog(settings)])
  for (const log of logs) expect(await log.prisma.leaf.count()).toBe(0)
  for (const log of logs) await closeLog(log)
})
