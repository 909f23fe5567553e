import { expect, test } from '@playwright/test'
import { formatIndexLeaf } from '../core/ledger/index-leaf.ts'
import { submit } from './append.ts'
import { fsck } from './fsck.ts'
import { hexOf } from './hash.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'
import { findingsOf } from './processes.fixture.ts'
import { publish } from './publish.ts'
import { copyDatabase, storedRows, tamper } from './tamper.fixture.ts'

/** A closed log of a few signed sizes, with a map of several levels of tiles. */
async function indexedLog() {
  const { live, log, donor, settings } = await foundedLog()
  for (let n = 0; n < 4; n++) {
    const packings = await Promise.all(Array.from({ length: 40 }, (_, i) => live.packing(donor, `pack ${n} ${i}`)))
    await Promise.all(packings.map(packing => submit(packing, log)))
    await publish(log)
  }
  await closeLog(log)
  return settings
}

const INDEX = `(SELECT MAX(leafIndex) FROM Leaf WHERE subject = 'index')`

// What someone who holds the database may do to the index, and what must be said of it.
const TAMPERINGS: { what: string; sql: string; code: string }[] = [
  {
    what: 'the map root that an index leaf states',
    sql: `UPDATE Leaf SET bytes = x'${hexOf(formatIndexLeaf({ at: 4_000_000_000_000, mapRoot: new Uint8Array(32) }))}' WHERE leafIndex = ${INDEX}`,
    code: 'index-false',
  },
  {
    what: 'an index leaf that says nothing',
    sql: `UPDATE Leaf SET bytes = x'00' WHERE leafIndex = ${INDEX}`,
    code: 'leaf-unreadable',
  },
  { what: 'a root beside an index leaf', sql: 'UPDATE IndexLeaf SET root = zeroblob(32)', code: 'index-differs' },
  {
    what: 'a map root beside an index leaf',
    sql: 'UPDATE IndexLeaf SET mapRoot = zeroblob(32)',
    code: 'index-differs',
  },
  {
    what: 'a time beside an index leaf',
    sql: 'UPDATE IndexLeaf SET recordedAt = recordedAt + 1',
    code: 'index-differs',
  },
  {
    what: 'a size that no index leaf ends',
    sql: 'INSERT INTO IndexLeaf SELECT size - 1, root, mapRoot, recordedAt FROM IndexLeaf WHERE size = (SELECT MAX(size) FROM IndexLeaf)',
    code: 'index-differs',
  },
  { what: 'the sizes that may be signed', sql: 'DELETE FROM IndexLeaf', code: 'index-differs' },
  {
    what: 'a checkpoint where no index leaf is',
    sql: 'INSERT INTO Checkpoint SELECT size - 1, root, note, signedAt FROM Checkpoint WHERE size = (SELECT MAX(size) FROM Checkpoint)',
    code: 'index-missing',
  },
  { what: 'the top of the map', sql: `UPDATE MapTile SET content = x'00' WHERE path = ''`, code: 'map-differs' },
  {
    what: 'a tile deep in the map',
    sql: `UPDATE MapTile SET content = CAST(substr(content, 1, length(content) - 1) || x'ff' AS BLOB) WHERE path = (SELECT MAX(path) FROM MapTile)`,
    code: 'map-differs',
  },
  {
    what: 'a tile deleted',
    sql: 'DELETE FROM MapTile WHERE path = (SELECT MAX(path) FROM MapTile)',
    code: 'map-differs',
  },
  { what: 'a tile too many', sql: `INSERT INTO MapTile VALUES ('ffffffff', x'00')`, code: 'map-differs' },
]

test('an index that nobody touched has no findings; each thing changed in it is named', async () => {
  const settings = await indexedLog()
  expect(await findingsOf(settings.databaseUrl)).toEqual([])
  expect((await storedRows(settings, 'SELECT path FROM MapTile')).length).toBeGreaterThan(17)
  for (const [n, { what, sql, code }] of TAMPERINGS.entries()) {
    const databaseUrl = await copyDatabase(settings, `.${n}`)
    await tamper({ databaseUrl }, sql)
    expect(await findingsOf(databaseUrl), what).toContainEqual(expect.objectContaining({ code }))
  }
})

test('a log without an index that was given one all the same is told of', async () => {
  const { log, settings } = await foundedLog(undefined, { index: false })
  await closeLog(log)
  const steps = []
  for await (const step of fsck(settings.databaseUrl)) steps.push(step)
  expect(steps.at(-1)).toEqual({ step: 'end', leaves: 8, findings: 0 })
  const leaf = hexOf(formatIndexLeaf({ at: 4_000_000_000_000, mapRoot: new Uint8Array(32) }))
  await tamper(settings, `INSERT INTO Leaf VALUES (8, 'index', 0, x'${leaf}', zeroblob(32), 4000000000000, TRUE, NULL)`)
  const codes = (await findingsOf(settings.databaseUrl)).map(({ code }) => code)
  expect(codes).toContain('index-unpromised')
})
