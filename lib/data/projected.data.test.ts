import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { submit } from './append.ts'
import { beginningOf } from './beginnings.ts'
import { recentConsignments } from './consignments.ts'
import { abandon } from './faults.fixture.ts'
import { readHead } from './head.ts'
import { listConsignments } from './listing.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { closeLog, openLog } from './open-log.ts'
import { standsNow } from './party-figures.ts'
import { findingsOf } from './processes.fixture.ts'
import { projectedSize } from './projected.ts'
import { tamper } from './tamper.fixture.ts'
import { todayOf } from './today.ts'

/** Lists stay behind until someone reads them: nothing brings them on by itself. */
function hold(log: Log): void {
  clearTimeout(log.projector.timer)
  log.projector.timer = undefined
}

async function packedBy(founded: Awaited<ReturnType<typeof foundedLog>>, name: string) {
  const { live, log, donor } = founded
  const packing = await live.packing(donor, name)
  expect(await submit(packing, log)).toMatchObject({ outcome: 'recorded', inEffect: true })
  hold(log)
  return packing.subject.slice('consignment/'.length)
}

test('whatever was acknowledged stands in every list that is read next, here and in another process', async () => {
  const founded = await foundedLog()
  const { log, donor, settings } = founded
  const other = await openLog(settings)
  const party = donor.party
  const readers: ((reference: string, on: Log) => Promise<boolean>)[] = [
    async (reference, on) => (await listConsignments({ party }, on)).rows.some(row => row.reference === reference),
    async (reference, on) => (await todayOf(party, on)).held.rows.some(row => row.reference === reference),
    async (reference, on) => (await recentConsignments(100, on)).some(card => card.reference === reference),
    async (_, on) => (await standsNow(party, on)).holds > 0,
    async (_, on) => (await beginningOf(party, on)).hasPart,
  ]
  for (const on of [log, other]) {
    for (const [n, reads] of readers.entries()) {
      const reference = await packedBy(founded, `${on === log} ${n}`)
      expect(await projectedSize(log.adapter)).toBeLessThan((await readHead(log.adapter)).size)
      expect(await reads(reference, on), `reader ${n}`).toBe(true)
    }
  }
  await closeLog(other)
  await closeLog(log)
})

test('a process that dies before its lists follow leaves them behind; the next start catches up', async () => {
  const founded = await foundedLog()
  const reference = await packedBy(founded, 'dies')
  await abandon(founded.log)
  const again = await openLog(founded.settings)
  expect(await projectedSize(again.adapter)).toBe((await readHead(again.adapter)).size)
  const listed = await listConsignments({ party: founded.donor.party }, again)
  expect(listed.rows.map(row => row.reference)).toEqual([reference])
  await closeLog(again)
  expect(await findingsOf(founded.settings.databaseUrl)).toEqual([])
})

test('lists that are behind are compared with the leaves they speak of, exactly', async () => {
  const founded = await foundedLog()
  const { live, log, donor, recipient, settings } = founded
  const reference = await packedBy(founded, 'before')
  await listConsignments({ party: donor.party }, log)
  const body = { to: { party: recipient.party }, lines: [{ line: '1', condition: 'sound', quantity: '4' }] }
  const subject = `consignment/${reference}`
  const after = live.heads.get(subject) ?? (await headOf(log, subject))
  const release = await live.sign({ actor: donor, subject, kind: 'release', body, after })
  expect(await submit(release, log)).toMatchObject({ outcome: 'recorded', inEffect: true })
  await abandon(log)
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
  await tamper(settings, `UPDATE Consignment SET stage = 'waiting' WHERE reference = '${reference}'`)
  expect(await findingsOf(settings.databaseUrl)).toEqual([
    expect.objectContaining({ code: 'projection-differs', detail: expect.stringContaining('stage') }),
  ])
})

async function headOf(log: Log, subject: string): Promise<string> {
  const state = log.folded.get(subject)?.subject.state
  return state && 'chain' in state ? (state.chain.at(-1)?.recorded.hash ?? '') : ''
}

test('nobody reads lists of consignments without bringing them up to the log first', () => {
  const folder = new URL('.', import.meta.url)
  const reads =
    /FROM "?(Consignment|Part|Handoff)"|JOIN "(Consignment|Part|Handoff)"|prisma\.(consignment|part|handoff)\b/
  const readers = readdirSync(folder).filter(name => {
    if (!name.endsWith('.ts') || /\.(test|fixture)\.ts$/.test(name)) return false
    return reads.test(readFileSync(new URL(name, folder), 'utf8'))
  })
  const careless = readers.filter(name => !readFileSync(new URL(name, folder), 'utf8').includes('caughtUp('))
  // fsck compares them with the leaves they speak of; the others are pieces of a list's statement: listing.ts puts them together, and asks before.
  expect(careless.sort()).toEqual(['fsck-projections.ts', 'listing-rows.ts', 'listing-where.ts'])
})
