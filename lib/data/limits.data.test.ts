import { expect, test } from '@playwright/test'
import { forgive, limited, uncount } from './limits.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { LIMITS, type Limit, standing } from './standing.ts'

async function tries(limit: Limit, key: string, count: number, log: Log): Promise<number> {
  let admitted = 0
  for (let at = 0; at < count; at++) if ((await limited(limit, key, log)).ok) admitted++
  return admitted
}

const { most } = LIMITS['sign-in-account']

test('as many as the limit says are admitted, then none, and it says when to come back', async () => {
  const { log } = await foundedLog()
  expect(await tries('sign-in-account', 'a', most + 3, log)).toBe(most)
  const refused = await limited('sign-in-account', 'a', log)
  expect(refused).toEqual({ ok: false, retryAfterSeconds: expect.any(Number) })
  if (refused.ok) return
  expect(refused.retryAfterSeconds).toBeGreaterThan(LIMITS['sign-in-account'].seconds - 60)
  expect(refused.retryAfterSeconds).toBeLessThanOrEqual(LIMITS['sign-in-account'].seconds)
  expect(await tries('sign-in-account', 'b', 1, log), 'another key is not stopped').toBe(1)
  expect(await tries('link', 'a', 1, log), 'nor another limit').toBe(1)
  await closeLog(log)
})

test('many at once are all counted', async () => {
  const { log } = await foundedLog()
  const all = await Promise.all(Array.from({ length: 4 * most }, () => limited('sign-in-account', 'a', log)))
  expect(all.filter(each => each.ok)).toHaveLength(most)
  await closeLog(log)
})

test('a restart forgets nothing, and processes that share a database share its limits', async () => {
  const { log, settings } = await foundedLog()
  expect(await tries('sign-in-account', 'a', most - 1, log)).toBe(most - 1)
  // Spelled in another way: what one process remembers by itself is not to help.
  const elsewhere = { ...settings, databaseUrl: settings.databaseUrl.replace('file:', 'file:/') }
  const other = await openLog(elsewhere)
  expect(await tries('sign-in-account', 'a', 3, other)).toBe(1)
  expect(await tries('sign-in-account', 'a', 1, log)).toBe(0)
  await closeLog(log)
  await closeLog(other)
  const again = await openLog({ ...settings, databaseUrl: settings.databaseUrl.replace('file:', 'file:/./') })
  expect((await limited('sign-in-account', 'a', again)).ok).toBe(false)
  await closeLog(again)
})

test('when its time is over it starts again, and rows that ended are swept', async () => {
  const { log, settings } = await foundedLog()
  expect(await tries('sign-in-account', 'a', most - 1, log)).toBe(most - 1)
  expect(await tries('sign-in-account', 'gone', 1, log)).toBe(1)
  await log.prisma.rateLimit.updateMany({ data: { expire: new Date(Date.now() - 1) } })
  await closeLog(log)
  const later = await openLog(settings)
  expect(await tries('sign-in-account', 'a', most + 1, later)).toBe(most)
  expect(await later.prisma.rateLimit.count()).toBe(1)
  await closeLog(later)
})

test('who gets in at last starts again', async () => {
  const { log } = await foundedLog()
  expect(await tries('sign-in-account', 'a', most + 1, log)).toBe(most)
  await forgive('sign-in-account', 'a', log)
  expect(await tries('sign-in-account', 'a', 1, log)).toBe(1)
  await closeLog(log)
})

test('what turns out to be none of what is counted is taken off again', async () => {
  const { log } = await foundedLog()
  for (let at = 0; at < 2 * most; at++) {
    expect((await limited('sign-in-account', 'a', log)).ok).toBe(true)
    await uncount('sign-in-account', 'a', log)
  }
  expect(await tries('sign-in-account', 'a', most + 1, log)).toBe(most)
  await uncount('sign-in-account', 'a', log)
  expect(await tries('sign-in-account', 'a', 2, log)).toBe(1)
  await closeLog(log)
})

test('what is only looked at is not counted, and what is beyond the limit costs no write', async () => {
  const { log } = await foundedLog()
  const { databaseUrl } = log.settings
  for (let at = 0; at < 2 * most; at++) expect(standing('sign-in-account', 'a', databaseUrl).ok).toBe(true)
  expect(await log.prisma.rateLimit.count()).toBe(0)
  await tries('sign-in-account', 'a', 3 * most, log)
  expect(standing('sign-in-account', 'a', databaseUrl).ok).toBe(false)
  const [row] = await log.prisma.rateLimit.findMany()
  expect(row?.points).toBe(most)
  await closeLog(log)
})

test('what is counted in steps writes once a step', async () => {
  const { log } = await foundedLog()
  const { most, step } = LIMITS.events
  await tries('events', 'a', step - 1, log)
  expect(await log.prisma.rateLimit.count()).toBe(0)
  expect(await tries('events', 'a', most + step, log)).toBe(most - step + 1)
  const [row] = await log.prisma.rateLimit.findMany()
  expect(row?.points).toBe(most)
  await closeLog(log)
})

test('the table holds nobody’s address or account', async () => {
  const { log } = await foundedLog()
  await limited('sign-in', '203.0.113.7', log)
  await limited('sign-in-anywhere', 'amal@relief.example', log)
  const kept = JSON.stringify(await log.prisma.rateLimit.findMany())
  expect(kept).not.toContain('203.0.113')
  expect(kept).not.toContain('amal')
  await closeLog(log)
})

test('a database that fails lifts no limit and shuts nobody out', async () => {
  const { log } = await foundedLog()
  await log.adapter.executeScript('ALTER TABLE "RateLimit" RENAME TO "Gone"')
  expect(await tries('sign-in-account', 'a', most + 3, log)).toBe(most)
  expect(await tries('sign-in-account', 'b', 1, log)).toBe(1)
  await log.adapter.executeScript('ALTER TABLE "Gone" RENAME TO "RateLimit"')
  await closeLog(log)
})
