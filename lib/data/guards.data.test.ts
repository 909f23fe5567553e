import { expect, test } from '@playwright/test'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'
import { execute } from './sql.ts'

const HASH = new Uint8Array(32)

test('no statement changes or deletes what was recorded', async () => {
  const { log } = await foundedLog()
  await execute(log.adapter, 'INSERT INTO "Node" VALUES (9, 9, ?)', [HASH])
  await execute(log.adapter, 'INSERT INTO "IndexLeaf" VALUES (9999, ?, ?, 0)', [HASH, HASH])
  const tables = {
    Leaf: 'leafIndex',
    EventName: 'leafIndex',
    Node: 'position',
    Checkpoint: 'signedAt',
    IndexLeaf: 'recordedAt',
  }
  for (const [table, column] of Object.entries(tables)) {
    await expect(execute(log.adapter, `UPDATE "${table}" SET "${column}" = "${column}" + 1`)).rejects.toThrow()
    await expect(execute(log.adapter, `DELETE FROM "${table}"`)).rejects.toThrow()
  }
  await expect(execute(log.adapter, `UPDATE "Head" SET "size" = "size" - 1`)).rejects.toThrow()
  await expect(execute(log.adapter, `DELETE FROM "Head"`)).rejects.toThrow()
  await closeLog(log)
})

test('a server whose guards cannot be put in place does not start', async () => {
  const settings = freshSettings()
  const { log } = await foundedLog(settings)
  await execute(log.adapter, 'DROP TABLE "Node"')
  await closeLog(log)
  await expect(openLog(settings)).rejects.toThrow()
})
