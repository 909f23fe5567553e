import { expect, test } from '@playwright/test'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { acknowledged, ended, findingsOf, namesOf, startAppender } from './processes.fixture.ts'

test('two processes on one database: no index twice, one root per size, nothing lost', async () => {
  const { log, settings } = await foundedLog()
  await closeLog(log)
  const [a, b] = [startAppender(settings, 'a', 300), startAppender(settings, 'b', 300)]
  expect(await Promise.all([ended(a.child), ended(b.child)])).toEqual([0, 0])
  const all = [...acknowledged(a.lines), ...acknowledged(b.lines)]
  const indices = all.map(line => Number(line.split(' ')[0])).sort((x, y) => x - y)
  expect(new Set(indices).size).toBe(600)
  const { readOnly, names } = await namesOf(settings)
  expect(readOnly).toBeUndefined()
  expect(names).toEqual(expect.arrayContaining(all))
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
})
