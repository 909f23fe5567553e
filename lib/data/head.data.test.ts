import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { inTransaction } from './gate.ts'
import { moveHead, readHead } from './head.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { execute, query } from './sql.ts'

test('a transaction whose head is no longer where it was is not committed, and nothing of it stands', async () => {
  const { live, log, donor } = await foundedLog()
  const before = await readHead(log.adapter)
  await submit(await live.packing(donor, 'meanwhile'), log)
  const now = await readHead(log.adapter)
  const late = inTransaction(log.adapter, async on => {
    await execute(on, 'UPDATE "Projected" SET "size" = 0')
    await moveHead(on, { from: before, to: { ...before, size: before.size + 1 } })
  })
  await expect(late).rejects.toThrow(/the head is no longer where it was/)
  expect(await readHead(log.adapter)).toEqual(now)
  const [row] = await query(log.adapter, 'SELECT COUNT(*) FROM "Projected" WHERE "size" = 0')
  expect(Number(row?.[0])).toBe(0)
  expect(await submit(await live.packing(donor, 'afterwards'), log)).toMatchObject({ outcome: 'recorded' })
  await closeLog(log)
})
