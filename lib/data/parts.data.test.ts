import { expect, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { submit } from './append.ts'
import { fillParts } from './fill.ts'
import { fsck } from './fsck.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { query } from './sql.ts'

const rowsOf = (path: string, sql: string) => {
  const database = new Database(path)
  const rows = database.prepare(sql).all()
  database.close()
  return rows
}
const partsOf = (path: string) => rowsOf(path, 'SELECT * FROM Part ORDER BY consignment, party')
const besides = (path: string) => [
  rowsOf(path, 'SELECT * FROM Handoff ORDER BY release'),
  rowsOf(path, 'SELECT * FROM Signing ORDER BY leafIndex'),
]

/** A log with a release that waits and 250 consignments beside it. */
async function waitingLog() {
  const founded = await foundedLog()
  const { live, log, donor, recipient } = founded
  const packings = await Promise.all(Array.from({ length: 251 }, (_, n) => live.packing(donor, `pack ${n}`)))
  await Promise.all(packings.map(packing => submit(packing, log)))
  const first = packings[0] as (typeof packings)[number]
  live.heads.set(first.subject, first.hash)
  const lines = [{ line: '1', condition: 'sound', quantity: '4' }]
  const body = { to: { party: recipient.party }, lines }
  const signed = await live.sign({ actor: donor, subject: first.subject, kind: 'release', body })
  expect(await submit(signed, log)).toMatchObject({ outcome: 'recorded', inEffect: true })
  return { ...founded, path: founded.settings.databaseUrl.replace('file:', '') }
}

test('a database from before there were parts gets them when it is opened, all the same', async () => {
  const { log, settings, recipient, path } = await waitingLog()
  await closeLog(log)
  const before = partsOf(path)
  const beside = besides(path)
  expect(before).toHaveLength(252)
  expect(beside.map(rows => rows.length)).toEqual([1, 8 + 252])
  expect(before).toContainEqual(expect.objectContaining({ party: recipient.party, toSign: 1, holds: 0 }))
  const older = new Database(path)
  older.exec('DELETE FROM Part; DELETE FROM Handoff; DELETE FROM Signing')
  older.close()
  const opened = await openLog(settings)
  expect(partsOf(path)).toEqual(before)
  expect(besides(path)).toEqual(beside)
  expect(await fillParts(opened)).toBe(0)
  await closeLog(opened)
  const steps = []
  for await (const step of fsck(settings.databaseUrl)) steps.push(step)
  expect(steps.at(-1)).toMatchObject({ step: 'end', findings: 0 })
})

test('filling that was cut short goes on where it stopped', async () => {
  const { log, settings, path } = await waitingLog()
  await closeLog(log)
  const before = partsOf(path)
  const beside = besides(path)
  const older = new Database(path)
  older.exec('DELETE FROM Part WHERE leafIndex > 100; DELETE FROM Signing WHERE leafIndex > 100')
  older.close()
  const opened = await openLog(settings)
  expect(partsOf(path)).toEqual(before)
  expect(besides(path)).toEqual(beside)
  await closeLog(opened)
})

test('an altered leaf keeps no other consignment from its parts, and the log still opens', async () => {
  const { log, settings, path } = await waitingLog()
  await closeLog(log)
  const before = partsOf(path) as { consignment: string }[]
  const older = new Database(path)
  older.exec(
    `DELETE FROM Part; DROP TRIGGER "Leaf_no_update"; UPDATE Leaf SET bytes = CAST(bytes || x'41' AS BLOB) WHERE leafIndex = 100`,
  )
  const [altered] = older.prepare('SELECT subject FROM Leaf WHERE leafIndex = 100').all() as { subject: string }[]
  older.close()
  const opened = await openLog(settings)
  expect(opened.readOnly).toMatchObject({ code: 'leaf-altered' })
  const expected = before.filter(part => `consignment/${part.consignment}` !== altered?.subject)
  expect(partsOf(path)).toEqual(expected)
  expect(await query(opened.adapter, 'SELECT COUNT(*) FROM "Part"')).toEqual([[251]])
  await closeLog(opened)
})
