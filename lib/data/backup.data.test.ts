import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { isPostgresql } from './addresses.ts'
import { submit } from './append.ts'
import { backUp, restore } from './backup.ts'
import { guardPath, shownGuard } from './guard-file.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import type { LogSettings } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { findingsOf } from './processes.fixture.ts'
import { query } from './sql.ts'

const CALLERS = 64

/** A server's folder with a log of some consignments, closed. */
async function smallLog() {
  const { live, log, donor, settings } = await foundedLog(freshSettings())
  await submit(await live.packing(donor, 'one'), log)
  await closeLog(log)
  return { live, donor, settings }
}

const beside = (settings: LogSettings, name: string) => join(settings.dataDir, name)
const emptyPlace = () => freshSettings()

test('a backup taken while 64 callers append holds everything that was acknowledged before it began, and is a sound log', async () => {
  test.setTimeout(120_000)
  const { live, log, donor, settings } = await foundedLog(freshSettings())
  const acknowledged: string[] = []
  let isBackedUp = false
  const callers = Array.from({ length: CALLERS }, async (_, caller) => {
    for (let n = 0; !isBackedUp; n++) {
      const submission = await submit(await live.packing(donor, `pack ${caller} ${n}`), log)
      if (submission.outcome !== 'recorded') throw new Error(JSON.stringify(submission))
      acknowledged.push(submission.eventHash)
    }
  })
  while (acknowledged.length < CALLERS) await new Promise(resolve => setImmediate(resolve))
  const before = [...acknowledged]
  const file = beside(settings, 'backup.db')
  const backedUp = await backUp({ from: settings.databaseUrl, file })
  isBackedUp = true
  expect(acknowledged.length).toBeGreaterThan(before.length)
  await Promise.all(callers)
  await closeLog(log)
  expect(backedUp).toMatchObject({ ok: true })
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(existsSync(`${file}-wal`)).toBe(false)

  const place = emptyPlace()
  const restored = await restore({ file, to: place.databaseUrl })
  expect(restored).toMatchObject({ ok: true, value: { leaves: backedUp.ok ? backedUp.value.leaves : 0 } })
  expect(await findingsOf(place.databaseUrl)).toEqual([])
  copyFileSync(beside(settings, 'log.key'), beside(place, 'log.key'))
  const again = await openLog({ ...place, trustDatabase: true })
  const found = new Set((await query(again.adapter, 'SELECT "hash" FROM "EventName"')).map(row => String(row[0])))
  expect(before.filter(hash => !found.has(hash))).toEqual([])
  await closeLog(again)
})

test('restoring an older backup beside the guard makes the server read-only; restoring the newest does not', async () => {
  const { live, donor, settings } = await smallLog()
  const old = beside(settings, 'old.db')
  expect(await backUp({ from: settings.databaseUrl, file: old })).toMatchObject({ ok: true })
  const log = await openLog(settings)
  await submit(await live.packing(donor, 'two'), log)
  await closeLog(log)
  const fresh = beside(settings, 'new.db')
  expect(await backUp({ from: settings.databaseUrl, file: fresh })).toMatchObject({ ok: true })
  for (const [file, code] of [
    [old, 'database-behind'],
    [fresh, undefined],
  ] as const) {
    const place = emptyPlace()
    for (const name of ['log.key', 'log.guard']) copyFileSync(beside(settings, name), beside(place, name))
    expect(await restore({ file, to: place.databaseUrl })).toMatchObject({ ok: true })
    const again = await openLog(place)
    expect(again.readOnly?.code).toBe(code)
    await closeLog(again)
  }
  expect(shownGuard(settings.dataDir)).toBeGreaterThan(0)
  expect(existsSync(guardPath(settings))).toBe(true)
})

test('a backup overwrites nothing, and is restored into an empty place alone', async () => {
  const { settings } = await smallLog()
  const file = beside(settings, 'backup.db')
  writeFileSync(file, 'mine')
  expect(await backUp({ from: settings.databaseUrl, file })).toMatchObject({ code: 'file-exists' })
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(await restore({ file, to: emptyPlace().databaseUrl })).toMatchObject({ code: 'backup-unreadable' })
  const other = beside(settings, 'other.db')
  await backUp({ from: settings.databaseUrl, file: other })
  const code = isPostgresql(settings.databaseUrl) ? 'target-not-empty' : 'target-exists'
  expect(await restore({ file: other, to: settings.databaseUrl })).toMatchObject({ code })
  expect(await backUp({ from: 'file:/nowhere/at-all.db', file: `${other}.2` })).toMatchObject({
    code: 'database-missing',
  })
})

test('a damaged backup is not restored, and leaves nothing behind', async () => {
  const { settings } = await smallLog()
  const file = beside(settings, 'backup.db')
  await backUp({ from: settings.databaseUrl, file })
  const bytes = readFileSync(file)
  // SQLite keeps stale copies of rows that it moved: each is hit.
  for (let at = bytes.indexOf('"kind":"pack"'); at >= 0; at = bytes.indexOf('"kind":"pack"', at + 1)) {
    bytes[at + 8] = (bytes[at + 8] as number) ^ 1
  }
  writeFileSync(file, bytes)
  const place = emptyPlace()
  const codes: string[] = []
  const restored = await restore({ file, to: place.databaseUrl }, step => {
    if (step.step === 'finding') codes.push(step.finding.code)
  })
  expect(restored).toMatchObject({ ok: false, code: 'backup-damaged' })
  expect(codes).toContain('leaf-altered')
  expect(existsSync(beside(place, 'throughline.db'))).toBe(false)
})
