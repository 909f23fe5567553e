import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { fillParts } from './fill.ts'
import { fsck } from './fsck.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { query } from './sql.ts'
import { storedRows, tamper } from './tamper.fixture.ts'

const partsOf = (settings: LogSettings) => storedRows(settings, 'SELECT * FROM Part ORDER BY consignment, party')
const besides = async (settings: LogSettings) => [
  await storedRows(settings, 'SELECT * FROM Handoff ORDER BY "release"'),
  await storedRows(settings, 'SELECT * FROM Signing ORDER BY leafIndex'),
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
  return founded
}

test('a database from before there were parts gets them when it is opened, all the same', async () => {
  const { log, settings, recipient } = await waitingLog()
  await closeLog(log)
  const before = await partsOf(settings)
  const beside = await besides(settings)
  expect(before).toHaveLength(252)
  expect(beside.map(rows => rows.length)).toEqual([1, 8 + 252])
  expect(before).toContainEqual(expect.objectContaining({ party: recipient.party, toSign: 1, holds: 0 }))
  await tamper(settings, 'DELETE FROM Part; DELETE FROM Handoff; DELETE FROM Signing')
  const opened = await openLog(settings)
  expect(await partsOf(settings)).toEqual(before)
  expect(await besides(settings)).toEqual(beside)
  expect(await fillParts(opened)).toBe(0)
  await closeLog(opened)
  const steps = []
  for await (const step of fsck(settings.databaseUrl)) steps.push(step)
  expect(steps.at(-1)).toMatchObject({ step: 'end', findings: 0 })
})

test('filling that was cut short goes on where it stopped', async () => {
  const { log, settings } = await waitingLog()
  await closeLog(log)
  const before = await partsOf(settings)
  const beside = await besides(settings)
  await tamper(settings, 'DELETE FROM Part WHERE leafIndex > 100; DELETE FROM Signing WHERE leafIndex > 100')
  const opened = await openLog(settings)
  expect(await partsOf(settings)).toEqual(before)
  expect(await besides(settings)).toEqual(beside)
  await closeLog(opened)
})

test('an altered leaf keeps no other consignment from its parts, and the log still opens', async () => {
  const { log, settings } = await waitingLog()
  await closeLog(log)
  const before = (await partsOf(settings)) as { consignment: string }[]
  await tamper(settings, `DELETE FROM Part; UPDATE Leaf SET bytes = CAST(bytes || x'41' AS BLOB) WHERE leafIndex = 100`)
  const [altered] = await storedRows(settings, 'SELECT subject FROM Leaf WHERE leafIndex = 100')
  const opened = await openLog(settings)
  expect(opened.readOnly).toMatchObject({ code: 'leaf-altered' })
  const expected = before.filter(part => `consignment/${part.consignment}` !== altered?.subject)
  expect(await partsOf(settings)).toEqual(expected)
  expect(await query(opened.adapter, 'SELECT COUNT(*) FROM "Part"')).toEqual([[251]])
  await closeLog(opened)
})
