import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { leafHash } from '../core/ledger/merkle.ts'
import { clearAlarm } from './alarm.ts'
import { submit } from './append.ts'
import { readCheckpoint } from './checkpoints.ts'
import { newFolder } from './folders.fixture.ts'
import { guardPath } from './guard-file.ts'
import { hexOf } from './hash.ts'
import { foundedLog, type LiveLog } from './live-log.fixture.ts'
import { logSummary } from './log.ts'
import type { Log, LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { handedIn, handIn } from './rollback-guard.ts'
import { scrubAll } from './scrub.ts'
import { copyDatabase, flip, replace, tamper } from './tamper.fixture.ts'

const guard = (settings: LogSettings) => readFileSync(guardPath(settings), 'utf8')

/** A copy of the closed database, as a backup would be. */
const backUp = (settings: LogSettings) => copyDatabase(settings, '.backup')

async function pack(live: LiveLog, log: Log, names: readonly string[]): Promise<void> {
  const donor = await donorOf(live)
  for (const name of names) {
    const submission = await submit(await live.packing(donor, name), log)
    if (submission.outcome === 'refused') throw new Error(submission.code)
  }
}
const donors = new WeakMap<LiveLog, Awaited<ReturnType<typeof foundedLog>>['donor']>()
const donorOf = async (live: LiveLog) => donors.get(live) as NonNullable<ReturnType<typeof donors.get>>

/** A founded log with `names` packed and everything signed, closed again. */
async function logWith(names: readonly string[]) {
  const { live, log, donor, settings } = await foundedLog()
  donors.set(live, donor)
  await pack(live, log, names)
  await closeLog(log)
  return { live, settings }
}

async function goOn(live: LiveLog, settings: LogSettings, names: readonly string[]): Promise<void> {
  const log = await openLog(settings)
  await pack(live, log, names)
  await closeLog(log)
}

/** A log with 'a' packed whose database is that of then, although 'b' was packed and signed since: `seen` is the guard file that says so. */
async function setBack() {
  const { live, settings } = await logWith(['a'])
  const copy = await backUp(settings)
  await goOn(live, settings, ['b'])
  const seen = guard(settings)
  await replace(settings, copy)
  return { live, settings, seen }
}

/** A checkpoint that somebody else kept. */
function keptElsewhere(checkpoint: string): string {
  const file = join(newFolder(), 'checkpoint')
  writeFileSync(file, checkpoint)
  return file
}

/** What a read-only log must be: nothing recorded, nothing signed, said aloud. */
async function expectReadOnly(log: Log, live: LiveLog, code: string, settings: LogSettings): Promise<void> {
  expect(log.readOnly?.code).toBe(code)
  const before = { guard: guard(settings), checkpoint: await readCheckpoint(log.adapter) }
  const submission = await submit(await live.packing(await donorOf(live), `after ${code}`), log)
  expect(submission).toMatchObject({ outcome: 'refused', code: 'read-only' })
  await publish(log)
  expect({ guard: guard(settings), checkpoint: await readCheckpoint(log.adapter) }).toEqual(before)
  expect((await logSummary(log))?.readOnly?.code).toBe(code)
}

test('an older copy of the database is restored: read-only, nothing is signed over it', async () => {
  const { live, settings } = await setBack()
  const log = await openLog(settings)
  await expectReadOnly(log, live, 'database-behind', settings)
  await closeLog(log)
  // And it stays so after every restart.
  const again = await openLog(settings)
  await expectReadOnly(again, live, 'database-behind', settings)
  await closeLog(again)
})

test('a changed and longer database is not signed over either', async () => {
  const { live, settings, seen } = await setBack()
  // Another history grown from the old copy, longer than the true one.
  rmSync(guardPath(settings))
  await goOn(live, { ...settings, trustDatabase: true }, ['c', 'd', 'e'])
  writeFileSync(guardPath(settings), seen)
  const log = await openLog(settings)
  await expectReadOnly(log, live, 'database-differs', settings)
  await closeLog(log)
})

test('without a guard file a log with leaves is read-only, until it is shown a checkpoint kept elsewhere', async () => {
  const { live, settings } = await logWith(['a'])
  const elsewhere = keptElsewhere(guard(settings))
  rmSync(guardPath(settings))
  const log = await openLog(settings)
  expect(log.readOnly?.code).toBe('guard-missing')
  await closeLog(log)
  const given = await openLog({ ...settings, guardFile: elsewhere })
  expect(given.readOnly).toBeUndefined()
  await pack(live, given, ['b'])
  await closeLog(given)
  const after = await openLog(settings)
  expect(after.readOnly).toBeUndefined()
  await closeLog(after)
})

test('without a guard file it may be told to trust its database, and says so ever after', async () => {
  const { live, settings } = await logWith(['a'])
  const size = guard(settings).split('\n')[1]
  rmSync(guardPath(settings))
  await goOn(live, { ...settings, trustDatabase: true }, ['b'])
  const log = await openLog(settings)
  expect(log.readOnly).toBeUndefined()
  expect((await logSummary(log))?.trustedDatabase).toContain(`${size} leaves`)
  await closeLog(log)
})

test('the guard shown from elsewhere must be of this database', async () => {
  const { settings, seen } = await setBack()
  rmSync(guardPath(settings))
  const log = await openLog({ ...settings, guardFile: keptElsewhere(seen) })
  expect(log.readOnly?.code).toBe('database-behind')
  await closeLog(log)
})

test('anyone who shows a larger checkpoint of ours stops the signing, for good', async () => {
  const { live, settings, seen } = await setBack()
  // Database and guard file both set back, as a machine's snapshot would.
  rmSync(guardPath(settings))
  const fooled = await openLog({ ...settings, trustDatabase: true })
  await pack(live, fooled, [])
  await publish(fooled)
  expect(fooled.readOnly).toBeUndefined()
  expect(await handIn(fooled, 'no checkpoint at all')).toBe('not-ours')
  expect(await handIn(fooled, seen.replace(/\n\d+\n/, '\n999\n'))).toBe('not-ours')
  expect(fooled.readOnly).toBeUndefined()
  expect(await handIn(fooled, seen)).toBe('alarm')
  expect(fooled.readOnly?.code).toBe('database-behind')
  await closeLog(fooled)
  const again = await openLog({ ...settings, trustDatabase: true })
  expect(again.readOnly?.code).toBe('database-behind')
  await closeLog(again)
})

test('what one process was shown stops the others on its folder before their next signature', async () => {
  const { live, settings, seen } = await setBack()
  rmSync(guardPath(settings))
  const told = await openLog({ ...settings, trustDatabase: true })
  const other = await openLog({ ...settings, trustDatabase: true })
  expect(await handIn(told, seen)).toBe('alarm')
  // As where the database did not take the alarm: the folder holds it too.
  await told.alarming
  await clearAlarm(told.adapter)
  expect(other.readOnly).toBeUndefined()
  await pack(live, other, ['c'])
  await publish(other)
  expect(other.readOnly?.code).toMatch(/^database-(behind|differs)$/)
  for (const log of [told, other]) {
    expect(handedIn(log)).toBe(seen)
    await closeLog(log)
  }
})

test('a checkpoint of ours that the log leads on from is no alarm', async () => {
  const { live, settings } = await logWith(['a'])
  const seen = guard(settings)
  await goOn(live, settings, ['b'])
  const log = await openLog(settings)
  expect(await handIn(log, seen)).toBe('known')
  expect(await handIn(log, guard(settings))).toBe('known')
  expect(log.readOnly).toBeUndefined()
  await closeLog(log)
})

test('a log whose key is gone records nothing', async () => {
  const { live, settings } = await logWith(['a'])
  rmSync(join(settings.dataDir, 'log.key'))
  const log = await openLog(settings)
  expect(log.readOnly?.code).toBe('log-key-missing')
  expect(await submit(await live.packing(await donorOf(live), 'x'), log)).toMatchObject({ code: 'read-only' })
  await closeLog(log)
})

test('a flipped byte of a leaf since the last checkpoint is found before the next signature', async () => {
  const { live, settings } = await logWith(['a'])
  const log = await openLog(settings)
  await publish(log)
  const size = (await readCheckpoint(log.adapter))?.size as number
  // Recorded and at once changed on the disk, before it was signed.
  log.publisher.begunAt = performance.now()
  await pack(live, log, ['b'])
  await flip(settings, size)
  await publish(log)
  await expectReadOnly(log, live, 'leaf-altered', settings)
  expect((await readCheckpoint(log.adapter))?.size).toBe(size)
  await closeLog(log)
})

test('a flipped byte of an old leaf is found by the scrubber', async () => {
  const { live, settings } = await logWith(['a'])
  await flip(settings, 4)
  const log = await openLog(settings)
  expect(await scrubAll(log)).toBe(false)
  await expectReadOnly(log, live, 'leaf-altered', settings)
  expect(log.readOnly?.detail).toContain('leaf 4')
  await closeLog(log)
})

test('a leaf changed together with its stored hash is found at the next start', async () => {
  const { live, settings } = await logWith(['a'])
  const bytes = Buffer.from('another leaf')
  const [leaf, hash] = [hexOf(bytes), hexOf(leafHash(bytes))]
  await tamper(settings, `UPDATE Leaf SET bytes = x'${leaf}', leafHash = x'${hash}' WHERE leafIndex = 4`)
  const log = await openLog(settings)
  await expectReadOnly(log, live, 'database-differs', settings)
  await closeLog(log)
})
