import { expect, test } from '@playwright/test'
import { INDEX_SUBJECT } from '../core/evidence/map-changes.ts'
import { pairOf } from '../core/evidence/story.fixture.ts'
import { mapKey } from '../core/ledger/map.ts'
import { growMap } from '../core/ledger/map-tiles.ts'
import { leafHash } from '../core/ledger/merkle.ts'
import { submit } from './append.ts'
import { hexOf } from './hash.ts'
import { readHead } from './head.ts'
import { quiet, quietLog, replayedRoots, sizesIn, subjectsIn } from './index-leaves.fixture.ts'
import { indexedHead } from './index-leaves.ts'
import { foundedLog, freshSettings, LiveLog } from './live-log.fixture.ts'
import type { Log } from './log-state.ts'
import { storedTiles, writeTiles } from './map-store.ts'
import { closeLog, openLog } from './open-log.ts'
import { publish } from './publish.ts'
import { execute, query } from './sql.ts'
import { breakWrites, tamper } from './tamper.fixture.ts'

test('nothing above size 0 is signed before leaf 3, and then only sizes that end in an index leaf', async () => {
  const settings = freshSettings()
  const log = await openLog(settings)
  quiet(log)
  const live = new LiveLog(log)
  const act = live.act.bind(live)
  const signed: number[][] = []
  live.act = async one => {
    const hash = await act(one)
    await publish(log)
    signed.push(await sizesIn(log, 'Checkpoint'))
    return hash
  }
  await live.found({ index: true })
  expect(signed).toEqual([[0], [0], [0], [0, 5]])
  await live.join('donor', 'Nordic Relief')
  expect(signed.at(-1)).toEqual([0, 5, 7, 9])
  expect(await sizesIn(log, 'IndexLeaf')).toEqual([5, 7, 9])
  const indices = (await subjectsIn(log)).flatMap((subject, index) => (subject === INDEX_SUBJECT ? index : []))
  expect(indices).toEqual([4, 6, 8])
  await closeLog(log)
})

test('an idle log makes no index leaf, however often it is asked to sign and after a restart', async () => {
  const { log, settings } = await quietLog()
  for (let n = 0; n < 5; n++) await publish(log)
  const before = await readHead(log.adapter)
  expect(before.size).toBe(7)
  await closeLog(log)
  const again = await openLog(settings)
  await publish(again)
  expect(await readHead(again.adapter)).toEqual(before)
  await closeLog(again)
})

test('a log that promises no index has none: each of its sizes may be signed', async () => {
  const { log, live, donor } = await foundedLog(freshSettings(), { index: false })
  await submit(await live.packing(donor, 'ninth'), log)
  await publish(log)
  expect((await readHead(log.adapter)).size).toBe(9)
  expect((await sizesIn(log, 'Checkpoint')).at(-1)).toBe(9)
  expect(await sizesIn(log, 'IndexLeaf')).toEqual([])
  expect(await subjectsIn(log)).not.toContain(INDEX_SUBJECT)
  await closeLog(log)
})

test('every index leaf commits to what replaying the leaves before it gives: subjects, their last leaves, and each party’s list of keys', async () => {
  const { log, live, donor } = await quietLog()
  await publish(log)
  for (let n = 0; n < 12; n++) {
    await submit(await live.packing(donor, `pallet ${n}`), log)
    if (n % 3 === 0) await live.enrol({ actor: donor, party: donor.party, pair: pairOf(`second ${n}`), role: 'member' })
    if (n % 3 === 1) {
      const { key } = pairOf(`second ${n - 1}`)
      await live.act({ actor: donor, subject: `key/${key}`, kind: 'revoke', body: { reason: 'lost' } })
    }
    if (n % 2 === 0) await publish(log)
  }
  await publish(log)
  const { said, replayed } = await replayedRoots(log)
  expect(said).toEqual(replayed)
  expect(new Set(said).size).toBe(8)
  await closeLog(log)
})

// Where the one transaction breaks: before the map, the leaf, the size, the head.
for (const { table, event } of [
  { table: 'MapTile', event: 'INSERT' },
  { table: 'Leaf', event: 'INSERT' },
  { table: 'IndexLeaf', event: 'INSERT' },
  { table: 'Head', event: 'UPDATE' },
] as const) {
  test(`a failure at ${table} leaves nothing of the index leaf, and the next try writes it`, async () => {
    const { log, live, donor } = await quietLog()
    await publish(log)
    await submit(await live.packing(donor, 'pallet'), log)
    const before = await readHead(log.adapter)
    const tiles = await query(log.adapter, 'SELECT "path", "content" FROM "MapTile" ORDER BY "path"')
    const mend = await breakWrites(log, { table, event })
    await expect(publish(log)).rejects.toThrow()
    expect(await readHead(log.adapter)).toEqual(before)
    expect(await query(log.adapter, 'SELECT "path", "content" FROM "MapTile" ORDER BY "path"')).toEqual(tiles)
    expect(await sizesIn(log, 'IndexLeaf')).toEqual([7])
    expect(await sizesIn(log, 'Checkpoint')).toEqual([0, 7])
    await mend()
    await publish(log)
    expect(await sizesIn(log, 'Checkpoint')).toEqual([0, 7, 9])
    expect(log.readOnly).toBeUndefined()
    await closeLog(log)
  })
}

test('an index leaf that was written and not signed is signed as it is, by any process, and no other is written', async () => {
  const { log, settings } = await quietLog()
  expect((await indexedHead(log))?.size).toBe(7)
  expect(await sizesIn(log, 'Checkpoint')).toEqual([0])
  const other = await openLog(settings)
  await Promise.all([publish(other), publish(log), publish(other)])
  for (const each of [log, other]) expect(await sizesIn(each, 'Checkpoint')).toEqual([0, 7])
  expect((await readHead(log.adapter)).size).toBe(7)
  await closeLog(other)
  await closeLog(log)
})

test('two processes that record and sign at once: every signed size ends in an index leaf, and none follows another', async () => {
  const { log, live, donor, settings } = await quietLog()
  const other = await openLog(settings)
  quiet(other)
  for (let n = 0; n < 12; n++) {
    const notes = await Promise.all([0, 1, 2].map(i => live.packing(donor, `pallet ${n} ${i}`)))
    await Promise.all([
      ...notes.map((note, i) => submit(note, i === 0 ? other : log)),
      ...[publish(log), publish(other), publish(log)],
    ])
  }
  await publish(other)
  const sizes = new Set(await sizesIn(log, 'IndexLeaf'))
  expect((await sizesIn(log, 'Checkpoint')).filter(size => size > 0 && !sizes.has(size))).toEqual([])
  const subjects = await subjectsIn(log)
  expect(subjects.filter((subject, i) => subject === INDEX_SUBJECT && subjects[i - 1] === INDEX_SUBJECT)).toEqual([])
  const { said, replayed } = await replayedRoots(log)
  expect(said).toEqual(replayed)
  expect([log.readOnly, other.readOnly]).toEqual([undefined, undefined])
  await closeLog(other)
  await closeLog(log)
})

const DAMAGES: readonly { what: string; damage: (log: Log) => Promise<unknown> }[] = [
  {
    what: 'a count is raised',
    damage: log =>
      tamper(
        log.settings,
        `UPDATE "MapTile" SET "content" = CAST(substr("content", 1, 40) || x'09' || substr("content", 42) AS BLOB) WHERE "path" = ''`,
      ),
  },
  { what: 'it is emptied', damage: log => execute(log.adapter, 'DELETE FROM "MapTile"') },
  { what: 'a tile is cut short', damage: log => tamper(log.settings, `UPDATE "MapTile" SET "content" = x'00'`) },
  {
    what: 'a subject is taken out of it, and all is right in itself',
    damage: async log => {
      const entry = { key: mapKey('log'), count: 0, leafHash: new Uint8Array(32) }
      await writeTiles(log.adapter, (await growMap(storedTiles(log.adapter), [entry])).written)
    },
  },
]

for (const { what, damage } of DAMAGES) {
  test(`a stored map that was changed (${what}) is never committed to: it is derived again from the leaves`, async () => {
    const { log, live, donor } = await quietLog()
    await publish(log)
    await submit(await live.packing(donor, 'pallet'), log)
    await damage(log)
    await publish(log)
    expect(log.readOnly).toBeUndefined()
    expect(await sizesIn(log, 'Checkpoint')).toEqual([0, 7, 9])
    const { said, replayed } = await replayedRoots(log)
    expect(said).toEqual(replayed)
    await closeLog(log)
  })
}

test('where the leaves do not come to the map that is stored of the last index leaf either: read-only, no index leaf, no signature', async () => {
  const { log, live, donor } = await quietLog()
  await publish(log)
  await submit(await live.packing(donor, 'pallet'), log)
  await tamper(log.settings, 'UPDATE IndexLeaf SET mapRoot = zeroblob(32)')
  await execute(log.adapter, 'DELETE FROM "MapTile"')
  await publish(log)
  expect(log.readOnly?.code).toBe('index-differs')
  expect(await sizesIn(log, 'IndexLeaf')).toEqual([7])
  expect(await sizesIn(log, 'Checkpoint')).toEqual([0, 7])
  expect(await query(log.adapter, 'SELECT "path" FROM "MapTile"')).toEqual([])
  await closeLog(log)
})

test('over sealed records that were changed with their hashes no index leaf is written', async () => {
  const { log, live, donor } = await quietLog()
  await publish(log)
  await submit(await live.packing(donor, 'pallet'), log)
  const bytes = Uint8Array.of(7)
  await tamper(
    log.settings,
    `UPDATE Leaf SET bytes = x'07', leafHash = x'${hexOf(leafHash(bytes))}' WHERE leafIndex = 4`,
  )
  await publish(log)
  expect(log.readOnly?.code).toBe('database-differs')
  expect(await sizesIn(log, 'IndexLeaf')).toEqual([7])
  await closeLog(log)
})

test('many records between two signatures, while more come and another process signs too, and once over a changed map', async () => {
  const { log, live, donor, settings } = await quietLog()
  const other = await openLog(settings)
  quiet(other)
  await publish(log)
  for (const round of [1, 2]) {
    const packings = await Promise.all(Array.from({ length: 700 }, (_, n) => live.packing(donor, `${round} ${n}`)))
    await Promise.all(packings.slice(0, 600).map(packing => submit(packing, log)))
    if (round === 2) await tamper(settings, 'DELETE FROM MapTile')
    const late = packings.slice(600).map(packing => submit(packing, other))
    await Promise.all([publish(log), publish(other), ...late])
    await publish(other)
  }
  const { said, replayed } = await replayedRoots(log)
  expect(said).toEqual(replayed)
  expect(await log.prisma.eventName.count()).toBe(6 + 1400)
  expect([log.readOnly, other.readOnly]).toEqual([undefined, undefined])
  await closeLog(other)
  await closeLog(log)
})

test('a size that is said to end in an index leaf and does not is never signed', async () => {
  const { log, live, donor } = await quietLog()
  await publish(log)
  await submit(await live.packing(donor, 'pallet'), log)
  const { size, root } = await readHead(log.adapter)
  await execute(log.adapter, 'INSERT INTO "IndexLeaf" VALUES (?, ?, ?, 0)', [size, root, new Uint8Array(32)])
  await publish(log)
  expect(log.readOnly?.code).toBe('index-differs')
  expect(await sizesIn(log, 'Checkpoint')).toEqual([0, 7])
  await closeLog(log)
})

test('a record that was altered before it is sealed gets no index leaf over it', async () => {
  const { log, live, donor } = await quietLog()
  await publish(log)
  await submit(await live.packing(donor, 'pallet'), log)
  await tamper(log.settings, `UPDATE Leaf SET bytes = x'00' WHERE leafIndex = 7`)
  await publish(log)
  expect(log.readOnly?.code).toBe('leaf-altered')
  expect(await sizesIn(log, 'IndexLeaf')).toEqual([7])
  await closeLog(log)
})
