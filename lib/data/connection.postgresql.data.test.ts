import { expect, test } from '@playwright/test'
import pg from 'pg'
import { submit } from './append.ts'
import { isDatabaseAway } from './away.ts'
import { cuttingProxy } from './cutting-proxy.fixture.ts'
import { inTransaction } from './gate.ts'
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { Postgresql } from './postgresql.ts'
import { newServer } from './postgresql-server.fixture.ts'
import { findingsOf } from './processes.fixture.ts'
import { execute, insert, query } from './sql.ts'
import { holdLock } from './tamper.fixture.ts'

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('values come back as they do from SQLite: numbers, bytes, truth as 1 and 0, question marks as they are', async () => {
  const { log } = await foundedLog()
  const sql = `SELECT (SELECT COUNT(*) FROM "Head"), (SELECT SUM("leafIndex") FROM "Leaf" WHERE "leafIndex" < 4), 9007199254740993, ?::bigint, '?', TRUE, "root", NULL, TIMESTAMP '2026-01-02 03:04:05' FROM "Head" WHERE "id" = ?`
  const [row] = await query(log.adapter, sql, [2 ** 52, 1])
  const [count, sum, large, given, mark, yes, root, none, time] = row ?? []
  expect([count, sum, large, given, mark, yes, none]).toEqual([1, 6, '9007199254740993', 2 ** 52, '?', 1, null])
  expect(root).toBeInstanceOf(Uint8Array)
  expect(time).toBe('2026-01-02T03:04:05.000+00:00')
  await closeLog(log)
})

for (const [setting, how] of [
  ['fsync', 'ALTER SYSTEM SET fsync = off'],
  ['full_page_writes', 'ALTER SYSTEM SET full_page_writes = off'],
  ['synchronous_commit', 'ALTER SYSTEM SET synchronous_commit = off'],
] as const) {
  test(`a server with ${setting} = off is refused by name: what it acknowledges may be lost`, async () => {
    const server = newServer()
    const settings = { ...freshSettings(), databaseUrl: server.url('weak') }
    await closeLog(await openLog(settings))
    await asAdmin(settings.databaseUrl, how)
    await asAdmin(settings.databaseUrl, 'SELECT pg_reload_conf()')
    await expect(openLog(settings)).rejects.toThrow(`${setting} = off`)
    server.stop()
  })
}

test('a server that is told to keep less while we run changes nothing for us', async () => {
  const { log, settings } = await foundedLog()
  const name = new URL(settings.databaseUrl).pathname.slice(1)
  await asAdmin(settings.databaseUrl, `ALTER DATABASE "${name}" SET synchronous_commit = off`)
  const [row] = await query(log.adapter, `SELECT current_setting('synchronous_commit')`)
  expect(row).toEqual(['on'])
  await closeLog(log)
  await expect(openLog(settings)).rejects.toThrow('synchronous_commit = off')
})

test('pages that use up their connections keep nothing from being recorded', async () => {
  const { live, log, donor } = await foundedLog()
  const packing = await live.packing(donor, 'meanwhile')
  // The key is known from the founding: all that is left is the pump's.
  await submit(await live.packing(donor, 'first'), log)
  let isOver = false
  const pages = Promise.all(Array.from({ length: 40 }, () => query(log.adapter, 'SELECT pg_sleep(1)'))).then(() => {
    isOver = true
  })
  expect(await submit(packing, log)).toMatchObject({ outcome: 'recorded' })
  expect(isOver).toBe(false)
  await pages
  await closeLog(log)
})

test('who waits too long for the head is refused with the reason, and nothing is written', async () => {
  const { live, log, donor } = await foundedLog()
  const packing = await live.packing(donor, 'waits')
  const release = await holdLock(log.settings)
  expect(await submit(packing, log)).toMatchObject({ code: 'storage', detail: expect.stringContaining('lock-timeout') })
  await release()
  expect(await submit(packing, log)).toMatchObject({ outcome: 'recorded' })
  await closeLog(log)
})

test('a statement that failed inside a transaction is not committed over', async () => {
  const { log } = await foundedLog()
  const transaction = await log.adapter.startTransaction()
  await execute(transaction, `INSERT INTO "Preference" VALUES ('a', 'en')`)
  await expect(execute(transaction, 'SELECT 1 / 0')).rejects.toThrow()
  await expect(execute(transaction, 'COMMIT')).rejects.toThrow()
  await transaction.rollback()
  expect(await query(log.adapter, 'SELECT * FROM "Preference"')).toEqual([])
  await closeLog(log)
})

test('what is written again is planned once by its connection, a row that failed spoils no later one, and not every number of rows is kept', async () => {
  const { log } = await foundedLog()
  const write = (users: readonly string[]) =>
    inTransaction(log.adapter, async on => {
      const rows = users.map(user => [user, 'en'])
      await insert(on, { table: 'Preference', columns: ['userId', 'locale'] }, rows)
      const kept = `SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE 'INSERT INTO "Preference"%'`
      return (await query(on, kept))[0]?.[0]
    })
  expect(await write(['a'])).toBe(1)
  await expect(write(['a'])).rejects.toMatchObject({ cause: { originalCode: '23505' } })
  expect(await write(['b'])).toBe(1)
  for (let rows = 2; rows <= 320; rows++) await write(Array.from({ length: rows }, (_, at) => `${rows} ${at}`))
  expect(await write(['c'])).toBeLessThanOrEqual(300)
  expect(await log.prisma.preference.count()).toBe(3 + (320 * 321) / 2 - 1)
  await closeLog(log)
})

for (const { when, answered } of [
  { when: 'before the server hears of it', answered: { outcome: 'refused', code: 'storage' } },
  { when: 'after the server has done it', answered: { outcome: 'recorded' } },
] as const) {
  test(`a connection cut at COMMIT, ${when}: what stands is told, and nothing stands twice`, async () => {
    const { live, log: direct, donor, settings } = await foundedLog()
    await closeLog(direct)
    const proxy = await cuttingProxy(settings.databaseUrl)
    const log = await openLog({ ...settings, databaseUrl: proxy.url })
    const packing = await live.packing(donor, 'cut')
    proxy.cutNextCommit(when.startsWith('before') ? 'before' : 'after')
    expect(await submit(packing, log)).toMatchObject(answered)
    expect(proxy.cuts()).toBe(1)
    const again = await submit(packing, log)
    expect(again).toMatchObject({ outcome: answered.outcome === 'recorded' ? 'repeated' : 'recorded' })
    expect(await submit(await live.packing(donor, 'next'), log)).toMatchObject({ outcome: 'recorded' })
    await closeLog(log)
    await proxy.close()
    expect(await findingsOf(settings.databaseUrl)).toEqual([])
  })
}

test('a server that was killed is said to be away, and is used again when it is back', async () => {
  const server = newServer()
  const settings = { ...freshSettings(), databaseUrl: server.url('away') }
  const { live, log, donor } = await foundedLog(settings)
  expect(isDatabaseAway()).toBe(false)
  server.kill()
  await expect.poll(() => isDatabaseAway()).toBe(true)
  expect(await submit(await live.packing(donor, 'meanwhile'), log)).toMatchObject({ code: 'storage' })
  server.restart()
  await expect.poll(() => isDatabaseAway()).toBe(false)
  expect(await log.prisma.eventName.count()).toBe(8)
  expect(await submit(await live.packing(donor, 'back'), log)).toMatchObject({ outcome: 'recorded' })
  await closeLog(log)
  server.stop()
})

test('a server that is gone is said to be away by the first page that asks, where no connection was open', async () => {
  const server = newServer()
  const url = server.url('gone')
  const settings = { ...freshSettings(), databaseUrl: url }
  await closeLog(await openLog(settings))
  server.kill()
  const adapter = new Postgresql(url)
  const prisma = new PostgresqlClient({ adapter: adapter.factory() })
  await expect(prisma.leaf.count()).rejects.toThrow()
  expect(isDatabaseAway()).toBe(true)
  server.restart()
  await expect.poll(() => isDatabaseAway()).toBe(false)
  expect(await prisma.leaf.count()).toBe(0)
  await adapter.dispose()
  server.stop()
})
