import { expect, test } from '@playwright/test'
import { verifyGuards } from './guards.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { execute } from './sql.ts'

test('guards that were dropped are back after the next start', async () => {
  const { log, settings } = await foundedLog()
  await execute(log.adapter, 'DROP TRIGGER "Leaf_no_update"')
  await execute(log.adapter, `CREATE TRIGGER "Leaf_no_update" BEFORE UPDATE ON "Leaf" BEGIN SELECT 1; END`)
  await expect(verifyGuards(log.adapter)).rejects.toThrow('Leaf_no_update')
  await closeLog(log)
  const again = await openLog(settings)
  await verifyGuards(again.adapter)
  await closeLog(again)
})
