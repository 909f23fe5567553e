import { expect, test } from '@playwright/test'
import { keysSubject } from '../core/evidence/map-changes.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { mapKey } from '../core/ledger/map.ts'
import { proveMap, verifyMapProof } from '../core/ledger/map-proof.ts'
import { submit } from './append.ts'
import { readIndexed } from './index-leaves.ts'
import { foundedLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { askMap } from './map-at.ts'
import { closeLog } from './open-log.ts'
import { publish } from './publish.ts'
import { bytesOf, execute, query } from './sql.ts'
import { tamper } from './tamper.fixture.ts'

/** What the map of `size` holds of these subjects: proven, and held against that size's index leaf. */
async function provenAt(log: Log, size: number, subjects: readonly string[]) {
  const keys = subjects.map(mapKey)
  const asked = await askMap(log, size, tiles => proveMap(tiles, keys))
  if (!asked.ok || !asked.value) throw new Error(`no proof at ${size}`)
  const root = (await readIndexed(log.adapter, size))?.mapRoot as Uint8Array
  const verified = verifyMapProof({ root, keys, proof: asked.value })
  if (!verified.ok) throw new Error(verified.code)
  return verified.value.map(entry => entry && [entry.count, Buffer.from(entry.leafHash).toString('hex')])
}

/** The same by counting leaves. */
async function countedAt(log: Log, size: number, subject: string) {
  const sql = 'SELECT "leafHash" FROM "Leaf" WHERE "subject" = ? AND "leafIndex" < ? ORDER BY "leafIndex"'
  const rows = await query(log.adapter, sql, [subject, size])
  return rows.length === 0 ? undefined : [rows.length, Buffer.from(bytesOf(rows.at(-1)?.[0])).toString('hex')]
}

async function history() {
  const { live, log, donor } = await foundedLog(undefined, { index: true })
  const subjects = ['log', `party/${donor.party}`, `key/${donor.pair.key}`, 'consignment/00000000000']
  const pairs = [1, 2, 3, 4].map(n => pairOf(`further ${n}`))
  subjects.push(...pairs.map(({ key }) => `key/${key}`))
  await publish(log)
  for (const [n, pair] of pairs.entries()) {
    const packing = await live.packing(donor, `pallet ${n}`)
    subjects.push(packing.subject)
    await submit(packing, log)
    await live.enrol({ actor: donor, party: donor.party, pair, role: 'member' })
    await publish(log)
    if (n % 2 === 1) continue
    await live.act({ actor: donor, subject: `key/${pair.key}`, kind: 'revoke', body: { reason: 'left' } })
    await publish(log)
  }
  const sizes = (await query(log.adapter, 'SELECT "size" FROM "IndexLeaf" ORDER BY "size"')).map(row => Number(row[0]))
  return { live, log, donor, subjects, sizes, pairs }
}

test('at every size that was ever signed the map can be proven as it was then, absent subjects too', async () => {
  const { log, donor, subjects, sizes } = await history()
  expect(sizes.length).toBeGreaterThan(6)
  for (const size of sizes) {
    const counted = await Promise.all(subjects.map(subject => countedAt(log, size, subject)))
    expect(await provenAt(log, size, subjects)).toEqual(counted)
    const sql = `SELECT l."leafHash" FROM "Leaf" l JOIN "Key" k ON l."subject" = 'key/' || k."key" WHERE k."party" = ? AND l."leafIndex" < ? ORDER BY l."leafIndex"`
    const keyLeaves = await query(log.adapter, sql, [donor.party, size])
    const [keys] = await provenAt(log, size, [keysSubject(donor.party)])
    const last = keyLeaves.length > 0 && Buffer.from(bytesOf(keyLeaves.at(-1)?.[0])).toString('hex')
    expect(keys).toEqual(last ? [keyLeaves.length, last] : undefined)
  }
  await closeLog(log)
})

test('a map that is asked while others write is that of the asked size all the same', async () => {
  const { live, log, donor, sizes } = await history()
  const size = sizes[2] as number
  const subject = `party/${donor.party}`
  const expected = await countedAt(log, size, subject)
  const writing = (async () => {
    for (let n = 0; n < 15; n++) {
      await submit(await live.packing(donor, `meanwhile ${n}`), log)
      await publish(log)
    }
  })()
  for (let n = 0; n < 30; n++) expect(await provenAt(log, size, [subject])).toEqual([expected])
  await writing
  expect(log.readOnly).toBeUndefined()
  await closeLog(log)
})

test('a size that no index leaf ends, or that lies too far back, is not known', async () => {
  const { log, sizes } = await history()
  const read = () => Promise.resolve('asked')
  const last = sizes.at(-1) as number
  expect(await askMap(log, last, read)).toEqual({ ok: true, value: 'asked' })
  expect(await askMap(log, last - 1, read)).toMatchObject({ code: 'unknown-size' })
  await tamper(log.settings, `INSERT INTO IndexLeaf VALUES (${last + 20_001}, x'00', x'00', 0)`)
  expect(await askMap(log, last, read)).toMatchObject({ code: 'unknown-size' })
  await closeLog(log)
})

test('a stored map that was changed is derived again from the leaves; where they do not come to it, nothing is proven and the log is read-only', async () => {
  const { log, subjects, sizes } = await history()
  const last = sizes.at(-1) as number
  const before = await provenAt(log, last, subjects)
  await tamper(log.settings, `UPDATE MapTile SET content = x'00' WHERE path = ''`)
  expect(await provenAt(log, last, subjects)).toEqual(before)
  expect(log.readOnly).toBeUndefined()
  await execute(log.adapter, 'DELETE FROM "MapTile"')
  await tamper(log.settings, 'UPDATE Leaf SET leafHash = zeroblob(32) WHERE leafIndex = 0')
  expect(await askMap(log, last, async () => 'asked')).toEqual({ ok: true, value: undefined })
  expect(log.readOnly?.code).toBe('index-differs')
  await closeLog(log)
})
