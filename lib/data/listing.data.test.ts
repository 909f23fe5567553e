import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { everyConsignment, listConsignments, ROWS_A_PAGE } from './listing.ts'
import { foundedLog, freshSettings } from './live-log.fixture.ts'
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

test('a file has each consignment once and in order, whatever is recorded while it is read', async () => {
  const { live, log, donor } = await foundedLog()
  const packings = await Promise.all(Array.from({ length: COUNT }, (_, n) => live.packing(donor, `pack ${n}`)))
  for (const packing of packings) await submit(packing, log)
  const read: string[] = []
  let groups = 0
  for await (const rows of everyConsignment({ party: donor.party, sort: 'oldest' }, log)) {
    read.push(...rows.map(row => row.reference))
    // Another one, and one that was read already moves to the end of the list.
    await submit(await live.packing(donor, `meanwhile ${groups++}`), log)
    const first = packings[0] as (typeof packings)[number]
    live.heads.set(first.subject, first.hash)
    const adjusted = [{ line: '1', condition: 'sound', change: '1', reason: 'recount' }]
    await submit(
      await live.sign({ actor: donor, subject: first.subject, kind: 'adjust', body: { lines: adjusted } }),
      log,
    )
  }
  expect(groups).toBeGreaterThan(1)
  expect(read).toEqual(packings.map(packing => packing.subject.slice('consignment/'.length)))
  await closeLog(log)
})

test('days are those of the newest record, both ends among them', async () => {
  let now = Date.parse('2026-05-01T10:00:00Z')
  const { live, log, donor } = await foundedLog({ ...freshSettings(), clock: () => now })
  const days = ['2026-05-01T23:59:59.999Z', '2026-05-02T00:00:00Z', '2026-05-04T12:00:00Z']
  const references: string[] = []
  for (const day of days) {
    now = Date.parse(day)
    const packing = await live.packing(donor, day)
    await submit(packing, log)
    references.push(packing.subject.slice('consignment/'.length))
  }
  const between = async (from?: string, to?: string) => {
    const listing = await listConsignments({ party: donor.party, sort: 'oldest', from, to }, log)
    expect(listing.total).toBe(listing.rows.length)
    return listing.rows.map(row => references.indexOf(row.reference))
  }
  expect(await between()).toEqual([0, 1, 2])
  expect(await between('2026-05-01', '2026-05-01')).toEqual([0])
  expect(await between('2026-05-02', '2026-05-02')).toEqual([1])
  expect(await between('2026-05-02')).toEqual([1, 2])
  expect(await between(undefined, '2026-05-03')).toEqual([0, 1])
  expect(await between('2026-05-05')).toEqual([])
  await closeLog(log)
})
