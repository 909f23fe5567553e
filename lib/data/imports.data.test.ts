import { expect, test } from '@playwright/test'
import { type DraftContent, EMPTY_DRAFT, EMPTY_LINE } from '../core/custody/draft.ts'
import { draftsOf, withdrawDraft } from './drafts.ts'
import { draftsToSign, importDrafts, importedRows } from './imports.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'

const content = (item: string): DraftContent => ({
  ...EMPTY_DRAFT,
  lines: [{ ...EMPTY_LINE, item, unit: 'box', quantity: '4' }],
})
const one = (name: string, item: string, more: { ordinal?: number; anyway?: boolean } = {}) => ({
  name,
  content: content(item),
  ordinal: 0,
  anyway: false,
  ...more,
})

test('the same file twice makes nothing twice, and a row more makes one more', async () => {
  const { log, donor } = await foundedLog()
  const of = { party: donor.party, userId: 'u' }
  const drafts = [one('A-1', 'masks'), one('A-2', 'gloves'), one('', 'tents'), one('', 'tents', { ordinal: 1 })]
  const first = await importDrafts({ ...of, importId: 'i1', drafts }, log)
  expect(first.map(each => each.outcome)).toEqual(['made', 'made', 'made', 'made'])
  expect(new Set(first.map(each => each.reference)).size).toBe(4)
  const again = await importDrafts({ ...of, importId: 'i2', drafts: [...drafts, one('A-3', 'soap')] }, log)
  expect(again.map(each => each.outcome)).toEqual(['known', 'known', 'known', 'known', 'made'])
  expect(again.slice(0, 4).map(each => each.reference)).toEqual(first.map(each => each.reference))
  expect(await draftsOf(donor.party, log)).toHaveLength(5)
  await closeLog(log)
})

test('a name that was imported before with other content makes nothing until somebody says so', async () => {
  const { log, donor } = await foundedLog()
  const of = { party: donor.party, userId: 'u' }
  const [first] = await importDrafts({ ...of, importId: 'i1', drafts: [one('A-1', 'masks')] }, log)
  const changed = one('A-1', 'masks, 60 boxes')
  const named = await importDrafts({ ...of, importId: 'i2', drafts: [changed] }, log)
  expect(named).toEqual([{ outcome: 'named', reference: first?.reference }])
  const anyway = await importDrafts({ ...of, importId: 'i2', drafts: [{ ...changed, anyway: true }] }, log)
  expect(anyway[0]?.outcome).toBe('made')
  await closeLog(log)
})

test('two tabs that import one file at once make its drafts once', async () => {
  const { log, donor } = await foundedLog()
  const drafts = Array.from({ length: 40 }, (_, n) => one(`B-${n}`, `item ${n}`))
  const send = () => importDrafts({ party: donor.party, userId: 'u', importId: 'i1', drafts }, log)
  const [left, right] = await Promise.all([send(), send()])
  expect(await draftsOf(donor.party, log)).toHaveLength(40)
  expect(left.map(each => each.reference)).toEqual(right.map(each => each.reference))
  await closeLog(log)
})

test('what was taken back may come again, and another party’s import is its own', async () => {
  const { log, donor, recipient } = await foundedLog()
  const drafts = [one('A-1', 'masks')]
  const of = { party: donor.party, userId: 'u', importId: 'i1' }
  const [made] = await importDrafts({ ...of, drafts }, log)
  await withdrawDraft({ reference: made?.reference ?? '', party: donor.party }, log)
  expect((await importedRows({ party: donor.party, importId: 'i1' }, log))[0]?.standing).toBe('withdrawn')
  expect((await importDrafts({ ...of, importId: 'i2', drafts }, log))[0]?.outcome).toBe('made')
  const theirs = await importDrafts({ ...of, party: recipient.party, drafts }, log)
  expect(theirs[0]?.outcome).toBe('made')
  expect(await importedRows({ party: recipient.party, importId: 'i2' }, log)).toEqual([])
  await closeLog(log)
})

test('an import is listed in the order of its file, and only its own drafts are signed', async () => {
  const { log, donor, recipient } = await foundedLog()
  const drafts = Array.from({ length: 60 }, (_, n) => one(`C-${n}`, `item ${n}`))
  const made = await importDrafts({ party: donor.party, userId: 'u', importId: 'i1', drafts }, log)
  const rows = await importedRows({ party: donor.party, importId: 'i1' }, log)
  expect(rows.map(row => row.name)).toEqual(drafts.map(each => each.name))
  const references = made.map(each => each.reference).slice(0, 10)
  expect((await draftsToSign({ party: donor.party, references }, log)).map(each => each.reference)).toEqual(references)
  expect(await draftsToSign({ party: recipient.party, references }, log)).toEqual([])
  await closeLog(log)
})
