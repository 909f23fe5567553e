import { expect, test } from '@playwright/test'
import { GatedSqlite, inTransaction } from './gate.ts'
import { freshSettings } from './live-log.fixture.ts'
import { execute, query } from './sql.ts'

async function open() {
  const factory = new GatedSqlite({ url: freshSettings().databaseUrl })
  const sqlite = await factory.connect()
  await sqlite.executeScript(`
    CREATE TABLE "Head" (id INTEGER PRIMARY KEY);
    CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);`)
  return sqlite
}
const ids = async (sqlite: Awaited<ReturnType<typeof open>>) =>
  (await query(sqlite, 'SELECT id FROM parent ORDER BY id')).map(row => row[0])

test('while a transaction is open nobody sees what it wrote, and what others write survives its rollback', async () => {
  const sqlite = await open()
  const seen: unknown[] = []
  const others: Promise<unknown>[] = []
  const failed = inTransaction(sqlite, async transaction => {
    await execute(transaction, 'INSERT INTO parent VALUES (1)')
    for (let i = 10; i < 60; i++) {
      others.push(ids(sqlite).then(rows => seen.push(...rows.filter(id => id === 1))))
      others.push(execute(sqlite, `INSERT INTO parent VALUES (${i})`))
    }
    await new Promise(resolve => setImmediate(resolve))
    await execute(transaction, 'INSERT INTO parent VALUES (2)')
    throw new Error('thought better of it')
  })
  await expect(failed).rejects.toThrow('thought better of it')
  await Promise.all(others)
  expect(seen).toEqual([])
  expect(await ids(sqlite)).toEqual(Array.from({ length: 50 }, (_, i) => i + 10))
})

test('after a COMMIT that fails nothing of it is there and the next write is stored', async () => {
  const sqlite = await open()
  const orphan = inTransaction(sqlite, async transaction => {
    await execute(transaction, 'INSERT INTO parent VALUES (1)')
    await execute(transaction, 'INSERT INTO child VALUES (1, 99)')
  })
  await expect(orphan).rejects.toThrow()
  await execute(sqlite, 'INSERT INTO parent VALUES (2)')
  await inTransaction(sqlite, transaction => execute(transaction, 'INSERT INTO parent VALUES (3)'))
  expect(await ids(sqlite)).toEqual([2, 3])
  expect(await query(sqlite, 'SELECT id FROM child')).toEqual([])
})

test('a COMMIT that fails ends its own transaction and not that of who waited for it', async () => {
  const sqlite = await open()
  const orphan = inTransaction(sqlite, transaction => execute(transaction, 'INSERT INTO child VALUES (1, 99)'))
  const next = inTransaction(sqlite, async transaction => {
    for (let id = 1; id <= 20; id++) {
      await execute(transaction, `INSERT INTO parent VALUES (${id})`)
      await new Promise(resolve => setImmediate(resolve))
    }
    throw new Error('rolled back')
  })
  await expect(orphan).rejects.toThrow()
  await expect(next).rejects.toThrow('rolled back')
  expect(await ids(sqlite)).toEqual([])
})

test('transactions of many callers run one after another, none is lost and none sees half of another', async () => {
  const sqlite = await open()
  const one = (n: number) =>
    inTransaction(sqlite, async transaction => {
      const [before] = await query(transaction, 'SELECT COUNT(*) FROM parent')
      await execute(transaction, `INSERT INTO parent VALUES (${2 * n})`)
      await new Promise(resolve => setImmediate(resolve))
      if (n % 5 === 0) throw new Error('rolled back')
      await execute(transaction, `INSERT INTO parent VALUES (${2 * n + 1})`)
      return Number(before?.[0])
    })
  const results = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => one(n)))
  const counts = results.flatMap(result => (result.status === 'fulfilled' ? [result.value] : []))
  expect(counts).toEqual(Array.from({ length: 80 }, (_, i) => 2 * i))
  expect(await ids(sqlite)).toHaveLength(160)
})

test('a database that cannot keep a write-ahead log is refused', async () => {
  await expect(new GatedSqlite({ url: 'file::memory:' }).connect()).rejects.toThrow('journal_mode')
})
