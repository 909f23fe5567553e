import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { measures } from '../monitor/measures.ts'
import { submit } from './append.ts'
import { readCheckpoint } from './checkpoints.ts'
import { guardPath } from './guard-file.ts'
import { readHead } from './head.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish, schedulePublish } from './publish.ts'
import { execute, query } from './sql.ts'
import { dropDatabase, tamper } from './tamper.fixture.ts'

/** Removes the newest stored checkpoint: the database as it is when a crash came between guard file and database. */
function forgetCheckpoint(settings: LogSettings): Promise<void> {
  return tamper(settings, 'DELETE FROM Checkpoint WHERE size = (SELECT MAX(size) FROM Checkpoint)')
}

/** A founded log signed, then one more event; `before` and `after` are the guard files around the second signature. */
async function twoSignatures() {
  const { live, log, donor, settings } = await foundedLog()
  await publish(log)
  const before = readFileSync(guardPath(settings), 'utf8')
  await submit(await live.packing(donor, 'ninth'), log)
  await closeLog(log)
  const after = readFileSync(guardPath(settings), 'utf8')
  return { live, donor, settings, before, after }
}

// What each place of a crash leaves behind: the temporary file, the guard file, the stored checkpoint.
const CRASHES = [
  { place: 'before anything is written', fresh: undefined, guard: 'before', isStored: false },
  { place: 'while the new guard file is half written', fresh: 'half', guard: 'before', isStored: false },
  {
    place: 'after the new guard file is written, before it takes its place',
    fresh: 'whole',
    guard: 'before',
    isStored: false,
  },
  {
    place: 'after the guard file is replaced, before the checkpoint is stored',
    fresh: undefined,
    guard: 'after',
    isStored: false,
  },
  { place: 'after the checkpoint is stored, before it is served', fresh: undefined, guard: 'after', isStored: true },
] as const

for (const { place, fresh, guard, isStored } of CRASHES) {
  test(`a crash ${place}: the next start signs that size to the same bytes`, async () => {
    const { settings, before, after } = await twoSignatures()
    if (!isStored) await forgetCheckpoint(settings)
    writeFileSync(guardPath(settings), guard === 'before' ? before : after)
    if (fresh) writeFileSync(`${guardPath(settings)}.new`, fresh === 'half' ? after.slice(0, 40) : after)
    const log = await openLog(settings)
    expect(log.readOnly).toBeUndefined()
    await publish(log)
    expect((await readCheckpoint(log.adapter))?.note).toBe(after)
    expect(readFileSync(guardPath(settings), 'utf8')).toBe(after)
    await closeLog(log)
  })
}

test('one checkpoint per size, however often and from wherever it is signed', async () => {
  const { live, log, donor, settings } = await foundedLog()
  const other = await openLog(settings)
  for (let n = 0; n < 20; n++) {
    await submit(await live.packing(donor, `many ${n}`), n % 2 ? log : other)
    await Promise.all([publish(log), publish(other), publish(log)])
  }
  const rows = await query(log.adapter, 'SELECT "size", "note" FROM "Checkpoint" ORDER BY "size"')
  expect(new Set(rows.map(row => row[0])).size).toBe(rows.length)
  expect(rows.at(-1)?.[0]).toBe((await readHead(log.adapter)).size)
  const indexed = new Set((await query(log.adapter, 'SELECT "size" FROM "IndexLeaf"')).map(row => row[0]))
  expect(rows.filter(([size]) => size !== 0 && !indexed.has(size as number))).toEqual([])
  expect(readFileSync(guardPath(settings), 'utf8')).toBe(rows.at(-1)?.[1])
  expect([log.readOnly, other.readOnly]).toEqual([undefined, undefined])
  await closeLog(other)
  await closeLog(log)
})

test('what is recorded is signed by itself, soon, and never a size that is not committed', async () => {
  const { live, log, donor } = await foundedLog()
  await Promise.all(Array.from({ length: 300 }, async (_, n) => submit(await live.packing(donor, `load ${n}`), log)))
  const signed = async () => (await readCheckpoint(log.adapter))?.size === (await readHead(log.adapter)).size
  await expect.poll(signed).toBe(true)
  expect(await log.prisma.eventName.count()).toBe(308)
  await closeLog(log)
})

for (const processes of [1, 2]) {
  test(`under load that goes on a log signs once a second, however much is recorded while it signs, by ${processes}`, async () => {
    const { live, log, donor, settings } = await foundedLog()
    const logs = [log, ...(processes === 2 ? [await openLog(settings)] : [])]
    const start = performance.now()
    const seconds = () => (performance.now() - start) / 1000
    const callers = Array.from({ length: 32 }, async (_, caller) => {
      for (let n = 0; seconds() < 5; n++) {
        const submission = await submit(await live.packing(donor, `load ${caller} ${n}`), logs[caller % processes])
        expect(submission.outcome).toBe('recorded')
      }
    })
    await Promise.all(callers)
    const [row] = await query(log.adapter, 'SELECT COUNT(*) FROM "Checkpoint"')
    // One over no leaves, one for the founding, one of each before they know of each other, then one each second.
    expect(Number(row?.[0])).toBeLessThanOrEqual(2 + processes + seconds())
    expect(Number(row?.[0])).toBeGreaterThanOrEqual(3)
    for (const each of logs.reverse()) await closeLog(each)
  })
}

test('the guard file exists before the first leaf, and a database that was emptied under it is not founded anew', async () => {
  const { log, settings } = await foundedLog()
  await closeLog(log)
  expect(existsSync(guardPath(settings))).toBe(true)
  await dropDatabase(settings)
  const { log: again } = await foundedLog(settings).catch(error => ({ log: error as Error }))
  expect(String(again)).toContain('read-only')
})

test('the key is made once, only its owner reads it, and opening a log never makes one', async () => {
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const key = readFileSync(join(settings.dataDir, 'log.key'), 'utf8')
  const again = await openLog(settings)
  await closeLog(again)
  expect(readFileSync(join(settings.dataDir, 'log.key'), 'utf8')).toBe(key)
  cpSync(join(settings.dataDir, 'log.key'), join(settings.dataDir, 'kept'))
  rmSync(join(settings.dataDir, 'log.key'))
  const without = await openLog(settings)
  expect(existsSync(join(settings.dataDir, 'log.key'))).toBe(false)
  expect(without.readOnly?.code).toBe('log-key-missing')
  await closeLog(without)
})

test('signing that fails is tried again once a second, and after the log is closed not at all', async () => {
  const { live, log, donor } = await foundedLog()
  await publish(log)
  const failures = async () => Number((await measures().publishFailures.get()).values[0]?.value ?? 0)
  const before = await failures()
  await execute(log.adapter, 'ALTER TABLE "Checkpoint" RENAME TO "Elsewhere"')
  await submit(await live.packing(donor, 'unsigned'), log)
  await expect.poll(failures, { intervals: [20] }).toBeGreaterThan(before)
  const since = performance.now()
  await expect.poll(failures, { intervals: [20] }).toBeGreaterThanOrEqual(before + 3)
  expect((await failures()) - before).toBeLessThanOrEqual(2 + (performance.now() - since) / 1000)
  await execute(log.adapter, 'ALTER TABLE "Elsewhere" RENAME TO "Checkpoint"')
  await closeLog(log)
  // As where it had fired before, and what it began fails only now.
  log.publisher.timer = undefined
  schedulePublish(log)
  expect(log.publisher.timer).toBeUndefined()
})
