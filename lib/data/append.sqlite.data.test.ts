import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { execute, query } from './sql.ts'
import type { Submission } from './waiting.ts'

const codeOf = (submission: Submission) => (submission.outcome === 'refused' ? submission.code : submission.outcome)

test('a full disk refuses with a code and loses nothing that was recorded', async () => {
  const { live, log, donor } = await foundedLog()
  const [pages] = await query(log.adapter, 'PRAGMA page_count')
  await log.adapter.executeScript(`PRAGMA max_page_count = ${Number(pages?.[0]) + 20}`)
  const packings = await Promise.all(Array.from({ length: 200 }, (_, n) => live.packing(donor, `full ${n}`)))
  const codes: string[] = []
  for (const packing of packings) codes.push(codeOf(await submit(packing, log)))
  expect(new Set(codes)).toEqual(new Set(['recorded', 'storage']))
  const before = codes.filter(code => code === 'recorded').length
  await log.adapter.executeScript('PRAGMA max_page_count = 1000000')
  const again: string[] = []
  for (const packing of packings) again.push(codeOf(await submit(packing, log)))
  expect(again.filter(code => code === 'repeated')).toHaveLength(before)
  expect(again.filter(code => code === 'recorded')).toHaveLength(200 - before)
  expect(log.readOnly).toBeUndefined()
  await closeLog(log)
})

test('a commit that fails is not acknowledged, and the events are recorded when sent again', async () => {
  const { live, log, donor } = await foundedLog(freshSettings(), { index: false })
  const packing = await live.packing(donor, 'commit')
  // A deferred constraint is checked by COMMIT alone.
  await log.adapter.executeScript(`
    CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (id INTEGER REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER spoil AFTER INSERT ON "Leaf" BEGIN INSERT INTO child VALUES (99); END;`)
  expect(codeOf(await submit(packing, log))).toBe('storage')
  await execute(log.adapter, 'DROP TRIGGER spoil')
  expect(await submit(packing, log)).toMatchObject({ outcome: 'recorded', index: 8 })
  await closeLog(log)
})
