import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { formatAlarm, parseAlarm } from './alarm.ts'
import { submit } from './append.ts'
import { readCheckpoint } from './checkpoints.ts'
import { newFolder } from './folders.fixture.ts'
import { guardPath } from './guard-file.ts'
import { readHead } from './head.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { logHealth } from './log-health.ts'
import { goReadOnly, type LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { readiness } from './readiness.ts'
import { scrubAll } from './scrub.ts'
import { execute } from './sql.ts'
import { flip, holdLock } from './tamper.fixture.ts'

/** A second machine on the same database: its folder was begun from the first one's, and nothing passes between them from then on. */
function elsewhere(settings: LogSettings): LogSettings {
  const dataDir = newFolder()
  for (const name of ['log.key', 'log.guard']) cpSync(join(settings.dataDir, name), join(dataDir, name))
  return { ...settings, dataDir }
}

test('what one machine finds altered stops the others on its database before they record or sign', async () => {
  const { live, log: one, donor, settings } = await foundedLog()
  await publish(one)
  const other = await openLog(elsewhere(settings))
  const packing = await live.packing(donor, 'afterwards')
  const packed = await live.packing(donor, 'before')
  expect(await submit(packed, other)).toMatchObject({ outcome: 'recorded' })
  await publish(other)
  await flip(settings, 4)
  expect(await scrubAll(one)).toBe(false)
  await one.alarming
  const before = [await readHead(other.adapter), await readCheckpoint(other.adapter)]
  expect(other.readOnly).toBeUndefined()
  expect(await submit(packing, other)).toMatchObject({ outcome: 'refused', code: 'read-only' })
  expect(other.readOnly).toMatchObject({ code: 'leaf-altered', detail: expect.stringContaining('leaf 4 ') })
  await publish(other)
  expect([await readHead(other.adapter), await readCheckpoint(other.adapter)]).toEqual(before)
  // What stands is still answered for.
  expect(await submit(packed, other)).toMatchObject({ outcome: 'repeated' })
  await closeLog(one)
  await closeLog(other)
})

test('a machine that records nothing says what another found: to who asks whether it is ready, and on its status', async () => {
  const { log: one, settings } = await foundedLog()
  await publish(one)
  const [asked, shown, signing] = [
    await openLog(elsewhere(settings)),
    await openLog(elsewhere(settings)),
    await openLog(elsewhere(settings)),
  ]
  goReadOnly(one, 'witness-differs', 'the witness north: another history')
  await one.alarming
  expect(await readiness(asked)).toMatchObject({ isReady: false, reason: 'witness-differs' })
  const said = { state: 'read-only', readOnly: { code: 'witness-differs', since: one.readOnlySince } }
  expect(await logHealth(shown)).toMatchObject(said)
  await publish(signing)
  expect(signing.readOnly?.detail).toContain('another history')
  for (const log of [one, asked, shown, signing]) await closeLog(log)
})

test('an alarm outlives every restart, until the operator says that it was dealt with; the first cause stays', async () => {
  const { live, log, donor, settings } = await foundedLog()
  goReadOnly(log, 'witness-ahead', 'the witness north knows more')
  goReadOnly(log, 'leaf-altered', 'later')
  await log.alarming
  await closeLog(log)
  for (const folder of [settings, elsewhere(settings)]) {
    const again = await openLog(folder)
    expect(again.readOnly?.code).toBe('witness-ahead')
    expect(await submit(await live.packing(donor, 'no'), again)).toMatchObject({ code: 'read-only' })
    goReadOnly(again, 'leaf-altered', 'later')
    await closeLog(again)
  }
  const cleared = await openLog({ ...settings, clearAlarm: true })
  expect(cleared.readOnly).toBeUndefined()
  expect(await submit(await live.packing(donor, 'yes'), cleared)).toMatchObject({ outcome: 'recorded' })
  await closeLog(cleared)
  const after = await openLog(settings)
  expect(after.readOnly).toBeUndefined()
  await closeLog(after)
})

test('an alarm is not cleared while what was signed and the database still differ', async () => {
  const { log, settings } = await foundedLog()
  await publish(log)
  goReadOnly(log, 'database-differs', 'as found')
  await log.alarming
  await closeLog(log)
  await flip(settings, 4, 'leafHash')
  const still = await openLog({ ...settings, clearAlarm: true })
  expect(still.readOnly).toMatchObject({ code: 'database-differs' })
  expect((await readHead(still.adapter)).alarm).toMatchObject({ detail: 'as found' })
  await closeLog(still)
})

test('what is wrong with one machine’s folder stops that machine alone', async () => {
  const { live, log: one, donor, settings } = await foundedLog()
  await publish(one)
  const folder = elsewhere(settings)
  rmSync(guardPath(folder))
  const other = await openLog(folder)
  expect(other.readOnly?.code).toBe('guard-missing')
  expect((await readHead(one.adapter)).alarm).toBeUndefined()
  expect(await submit(await live.packing(donor, 'goes on'), one)).toMatchObject({ outcome: 'recorded' })
  await closeLog(one)
  await closeLog(other)
})

test('a database that does not take the alarm hides nothing of it: this process has stopped, and its closing ends', async () => {
  const { log } = await foundedLog(freshSettings())
  await execute(log.adapter, 'ALTER TABLE "Head" RENAME COLUMN "alarm" TO "gone"')
  goReadOnly(log, 'leaf-altered', 'leaf 4')
  await log.alarming
  expect(log.readOnly).toEqual({ code: 'leaf-altered', detail: 'leaf 4' })
  await execute(log.adapter, 'ALTER TABLE "Head" RENAME COLUMN "gone" TO "alarm"')
  await closeLog(log)
})

test('an alarm that is raised while another process has the head waits for it', async () => {
  const { log, settings } = await foundedLog()
  const release = await holdLock(settings)
  goReadOnly(log, 'leaf-altered', 'leaf 4')
  await release()
  await log.alarming
  expect((await readHead(log.adapter)).alarm).toMatchObject({ code: 'leaf-altered', detail: 'leaf 4' })
  await closeLog(log)
})

test('whatever stands where an alarm belongs stops who reads it', async () => {
  const { log, settings } = await foundedLog()
  await execute(log.adapter, `UPDATE "Head" SET "alarm" = 'stop this'`)
  await closeLog(log)
  const again = await openLog(settings)
  expect(again.readOnly).toMatchObject({ code: 'database-differs', detail: expect.stringContaining('stop this') })
  await closeLog(again)
})

test('an alarm reads back as it was written', () => {
  const alarm = { at: 1_790_000_000_000, code: 'witness-ahead', detail: 'the witness north: 12 > 9\n; more' }
  expect(parseAlarm(formatAlarm(alarm))).toEqual(alarm)
})
