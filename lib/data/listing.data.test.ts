import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { listConsignments, ROWS_A_PAGE } from './listing.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { MOST_ROWS, todayOf } from './today.ts'

const COUNT = 2 * ROWS_A_PAGE + 7

test('every consignment is on exactly one page, a page beyond the last is the last, and Today shows the oldest of many', async () => {
  const { live, log, donor, recipient } = await foundedLog()
  const packings = await Promise.all(Array.from({ length: COUNT }, (_, n) => live.packing(donor, `pack ${n}`)))
  for (const packing of packings) {
    await submit(packing, log)
    live.heads.set(packing.subject, packing.hash)
    const lines = [{ line: '1', condition: 'sound', quantity: '4' }]
    const body = { to: { party: recipient.party }, lines }
    await submit(await live.sign({ actor: donor, subject: packing.subject, kind: 'release', body }), log)
  }
  const order = packings.map(packing => packing.subject.slice('consignment/'.length))
  const numbered = (number: number) => listConsignments({ party: donor.party, page: number }, log)
  const pages = await Promise.all([1, 2, 3, 4, -1, Number.NaN].map(numbered))
  expect(pages.map(each => [each.page, each.rows.length])).toEqual([
    [1, ROWS_A_PAGE],
    [2, ROWS_A_PAGE],
    [3, 7],
    [3, 7],
    [1, ROWS_A_PAGE],
    [1, ROWS_A_PAGE],
  ])
  const listed = pages.slice(0, 3).flatMap(each => each.rows.map(row => row.reference))
  expect(listed).toEqual(order.toReversed())
  expect(pages[0]).toMatchObject({ total: COUNT, pages: 3 })
  const oldest = await listConsignments({ party: donor.party, sort: 'oldest-open' }, log)
  expect(oldest.rows.map(row => row.reference)).toEqual(order.slice(0, ROWS_A_PAGE))
  const { sign } = await todayOf(recipient.party, log)
  expect(sign.count).toBe(COUNT)
  expect(sign.rows.map(row => row.reference)).toEqual(order.slice(0, MOST_ROWS))
  await closeLog(log)
})
