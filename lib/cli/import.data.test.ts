import { randomBytes } from 'node:crypto'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { utf8Encode } from '../core/bytes.ts'
import { submit } from '../data/append.ts'
import { freshSettings } from '../data/live-log.fixture.ts'
import type { Log } from '../data/log-state.ts'
import { closeLog, openLog } from '../data/open-log.ts'
import { openFolderMemory } from './folder-memory.ts'
import { foundLog } from './founding.ts'
import { enterImporter, findKeyFolder } from './import-party.ts'
import { type ImportEntry, planImport } from './import-plan.ts'
import { sendImport } from './import-send.ts'
import { readTable, type Table } from './import-table.ts'
import { openJournal } from './journal.ts'
import { openScribe, type Post } from './scribe.ts'
import { OPERATOR } from './story-cast.ts'

const ORIGIN = 'demo.invalid/import'
const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
let log: Log
let dataDir: string
let post: Post

test.beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'throughline-import-'))
  log = await openLog({ ...freshSettings(), isDemo: true })
  post = ({ note, openings }) => submit({ note: utf8Encode(note), openings, founding: true }, log)
  const memory = openFolderMemory(dataDir)
  await foundLog(openScribe({ origin: ORIGIN, post, clock: Date.now, random, memory }), {
    mode: 'demo',
    operator: OPERATOR,
  })
  memory.close()
})
test.afterEach(async () => {
  await closeLog(log)
  rmSync(dataDir, { recursive: true })
})

async function traps(): Promise<Table> {
  const table = await readTable(createReadStream('lib/cli/import-traps.csv'))
  if (!table.ok) throw new Error(table.detail)
  return table.value
}

/** One run of the import, as a process of its own would do it: everything is read from the folder again. */
async function run(table: Table, through: Post = post) {
  expect(findKeyFolder(['/nowhere', dataDir], ORIGIN)).toBe(dataDir)
  const actor = await enterImporter({ dataDir, origin: ORIGIN, name: 'Importer', post })
  const journal = openJournal<ImportEntry>(join(dataDir, 'shipments.jsonl'))
  const { plans, problems } = planImport(table, journal.entries)
  const desk = { origin: ORIGIN, clock: Date.now, random, post: through }
  const imported = await sendImport({ plans, actor, desk, journal }).finally(() => journal.close())
  return { ...imported, problems }
}

/** Events recorded; index leaves come beside them. */
const size = () => log.prisma.eventName.count()

test('five shipments are recorded as reports in effect, and a second run adds nothing', async () => {
  const table = await traps()
  const first = await run(table)
  expect(first).toMatchObject({ recorded: 5, before: 0, refused: [] })
  const after = await size()
  // The four that found the log, the importer and its key, then the reports.
  expect(after).toBe(6 + first.reports)
  const second = await run(table)
  expect(second).toMatchObject({ recorded: 0, before: 5, reports: 0, refused: [] })
  expect(await size()).toBe(after)
})

test('an import killed at any place, before or after the server has an event, is completed by the next run', async () => {
  const table = await traps()
  for (const [place, isTaken] of [
    [0, false],
    [2, true],
    [3, false],
  ] as const) {
    let sent = 0
    const cut: Post = async posted => {
      if (sent++ < place) return post(posted)
      if (isTaken) await post(posted)
      throw new Error('killed')
    }
    await expect(run(table, cut)).rejects.toThrow('killed')
  }
  const whole = await run(table)
  expect(whole.recorded + whole.before).toBe(5)
  const notes = openJournal<ImportEntry>(join(dataDir, 'shipments.jsonl'))
  const signed = notes.entries.flatMap(entry => ('notes' in entry ? entry.notes : []))
  notes.close()
  expect(await size()).toBe(6 + signed.length)
})

test('a changed row is named and what is recorded stays; a row that was mended is added to its shipment', async () => {
  const table = await traps()
  await run(table)
  const before = await size()
  const rows = table.rows.map(row => {
    if (row.cells.id === '2') return { ...row, cells: { ...row.cells, quantity: '501' } }
    return row.cells.id === '10' ? { ...row, cells: { ...row.cells, quantity: '9', shipment: 'ASN-2' } } : row
  })
  const again = await run({ ...table, rows })
  expect(again.problems).toContainEqual({
    line: 3,
    reason: 'ID 2 of ASN-2 was imported before with other content; what is recorded stays, this row was not imported',
  })
  expect(again).toMatchObject({ recorded: 1, before: 4, reports: 1, refused: [] })
  expect(await size()).toBe(before + 1)
})

test('without a key for this log the import says what is missing and sends nothing', () => {
  expect(() => findKeyFolder([dataDir], 'log.example.org')).toThrow(/No key for the log log\.example\.org/)
})
