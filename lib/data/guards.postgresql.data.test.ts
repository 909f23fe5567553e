import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { verifyGuards } from './guards.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { execute } from './sql.ts'

const TABLES = ['Leaf', 'EventName', 'Node', 'Checkpoint', 'IndexLeaf', 'Head'] as const

test('no table of the log is emptied in one stroke', async () => {
  const { log } = await foundedLog()
  for (const table of TABLES) await expect(execute(log.adapter, `TRUNCATE "${table}"`)).rejects.toThrow()
  await closeLog(log)
})

const WEAKENED = [
  { what: 'dropped', sql: 'DROP TRIGGER "Leaf_no_update" ON "Leaf"', named: 'Leaf_no_update' },
  { what: 'switched off', sql: 'ALTER TABLE "Leaf" DISABLE TRIGGER "Leaf_no_delete"', named: 'Leaf_no_delete' },
  { what: 'left to replicas', sql: 'ALTER TABLE "Node" ENABLE TRIGGER "Node_no_delete"', named: 'Node_no_delete' },
  {
    what: 'put on another condition',
    sql: 'CREATE OR REPLACE TRIGGER "Leaf_no_update" BEFORE UPDATE ON "Leaf" FOR EACH ROW WHEN (false) EXECUTE FUNCTION throughline_refuse()',
    named: 'Leaf_no_update',
  },
  {
    what: 'hollowed out',
    sql: `CREATE OR REPLACE FUNCTION throughline_refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END;$$`,
    named: 'throughline_refuse',
  },
]

for (const { what, sql, named } of WEAKENED) {
  test(`a guard that was ${what} is found, and stands again after the next start`, async () => {
    const { log, settings } = await foundedLog()
    await execute(log.adapter, sql)
    await expect(verifyGuards(log.adapter)).rejects.toThrow(named)
    await closeLog(log)
    const again = await openLog(settings)
    await verifyGuards(again.adapter)
    await expect(execute(again.adapter, 'UPDATE "Leaf" SET "seq" = "seq" + 1')).rejects.toThrow('never changed')
    await closeLog(again)
  })
}

test('guards hold where a session plays a replica, too', async () => {
  const { log } = await foundedLog()
  const sql = `SET LOCAL session_replication_role = replica; UPDATE "Leaf" SET "seq" = "seq" + 1`
  await expect(log.adapter.executeScript(sql)).rejects.toThrow('never changed')
  await closeLog(log)
})

test('what is guarded on SQLite is guarded on PostgreSQL, with the same words', () => {
  const on = (name: string) => readFileSync(`prisma/guards/${name}.sql`, 'utf8')
  const said = [...on('sqlite').matchAll(/"(\w+)" BEFORE[\s\S]*?'([^']+)'/g)].map(
    ([, name, words]) => `${name}: ${words}`,
  )
  const there = [...on('postgresql').matchAll(/"(\w+)" BEFORE.*?'([^']+)'/g)].map(
    ([, name, words]) => `${name}: ${words}`,
  )
  expect(said.length).toBeGreaterThan(10)
  expect(there).toEqual(expect.arrayContaining(said))
})
