import { expect, test } from '@playwright/test'
import { EMPTY_DRAFT, EMPTY_LINE } from '../core/custody/draft.ts'
import { deriveReference } from '../core/custody/reference.ts'
import { createDraft, draftBehind, draftOf, draftsOf, labelStanding, saveDraft, withdrawDraft } from './drafts.ts'
import { foundedLog } from './live-log.fixture.ts'
import { closeLog } from './open-log.ts'

const typed = (item: string) => ({ ...EMPTY_DRAFT, lines: [{ ...EMPTY_LINE, item, unit: 'box', quantity: '480' }] })

test('a draft reserves the reference that its party will found, and reads back what was typed', async () => {
  const { log, donor } = await foundedLog()
  const party = donor.party
  const made = await createDraft({ party, userId: 'u1', content: { consignee: 'Hill' } }, log)
  expect(deriveReference({ kind: 'consignment', author: party, nonce: made.nonce })).toBe(made.reference)
  expect(made.content).toEqual({ ...EMPTY_DRAFT, consignee: 'Hill' })
  const content = typed('  half-typed, “not yet signable” \t')
  const saved = await saveDraft({ reference: made.reference, party, content, version: made.version }, log)
  expect(saved).toEqual({ ok: true, value: { version: 2 } })
  expect(await draftOf(made.reference, log)).toMatchObject({ content, version: 2, isWithdrawn: false })
  expect((await draftsOf(party, log)).map(draft => draft.reference)).toEqual([made.reference])
  expect(await labelStanding(made.reference, log)).toBe('made')
  await closeLog(log)
})

test('of two windows that started from the same text the second is told, and overwrites nothing', async () => {
  const { log, donor } = await foundedLog()
  const party = donor.party
  const { reference, version } = await createDraft({ party, userId: 'u1' }, log)
  const [first, second] = await Promise.all([
    saveDraft({ reference, party, content: typed('masks'), version }, log),
    saveDraft({ reference, party, content: typed('gloves'), version }, log),
  ])
  expect([first.ok, second.ok].sort()).toEqual([false, true])
  expect([first, second].find(result => !result.ok)).toMatchObject({ code: 'draft-changed' })
  const kept = (await draftOf(reference, log))?.content.lines[0]?.item
  expect(kept).toBe(first.ok ? 'masks' : 'gloves')
  await closeLog(log)
})

test('a draft of another party can be neither saved, withdrawn, listed nor told from one that never was', async () => {
  const { log, donor, recipient } = await foundedLog()
  const { reference, version } = await createDraft({ party: donor.party, userId: 'u1', content: typed('masks') }, log)
  const stranger = { reference, party: recipient.party }
  expect(await saveDraft({ ...stranger, content: typed('nothing'), version }, log)).toMatchObject({
    code: 'draft-unknown',
  })
  expect(await withdrawDraft(stranger, log)).toMatchObject({ code: 'draft-unknown' })
  expect(await draftsOf(recipient.party, log)).toEqual([])
  expect(await draftBehind(stranger, log)).toBeUndefined()
  const nowhere = { reference: '00000000000', party: donor.party }
  expect(await withdrawDraft(nowhere, log)).toMatchObject({ code: 'draft-unknown' })
  expect(await labelStanding('00000000000', log)).toBeUndefined()
  expect((await draftOf(reference, log))?.content).toEqual(typed('masks'))
  await closeLog(log)
})

test('a withdrawn draft keeps its reference and nothing of what was typed', async () => {
  const { log, donor } = await foundedLog()
  const party = donor.party
  const { reference, version } = await createDraft({ party, userId: 'u1', content: typed('masks') }, log)
  expect(await withdrawDraft({ reference, party }, log)).toEqual({ ok: true, value: true })
  expect(await labelStanding(reference, log)).toBe('withdrawn')
  expect(await draftOf(reference, log)).toMatchObject({ isWithdrawn: true, content: EMPTY_DRAFT })
  expect(await draftsOf(party, log)).toEqual([])
  for (const late of [version, version + 1]) {
    const saved = await saveDraft({ reference, party, content: typed('masks'), version: late }, log)
    expect(saved).toMatchObject({ code: 'draft-withdrawn' })
  }
  expect(await withdrawDraft({ reference, party }, log)).toMatchObject({ code: 'draft-withdrawn' })
  await closeLog(log)
})

test('once its pack is recorded a draft is a consignment, and what did not fit can still be found', async () => {
  const { log, live, donor } = await foundedLog()
  const party = donor.party
  const draft = await createDraft({ party, userId: 'u1', content: typed('masks') }, log)
  const { reference, nonce, version } = draft
  const lines = [{ id: '1', item: 'masks', unit: 'box', quantity: '480' }]
  await live.act({ actor: donor, subject: `consignment/${reference}`, kind: 'pack', body: { nonce, lines } })
  expect(await draftOf(reference, log)).toBeUndefined()
  expect(await labelStanding(reference, log)).toBeUndefined()
  expect(await draftsOf(party, log)).toEqual([])
  const late = { reference, party, version, content: typed('gloves') }
  expect(await saveDraft(late, log)).toMatchObject({ code: 'draft-recorded' })
  expect(await withdrawDraft(late, log)).toMatchObject({ code: 'draft-recorded' })
  expect(await draftBehind({ reference, party }, log)).toEqual(typed('masks'))
  await closeLog(log)
})

test('a withdrawn draft whose pack was signed all the same reads as the consignment it became', async () => {
  const { log, live, donor } = await foundedLog()
  const { reference, nonce } = await createDraft({ party: donor.party, userId: 'u1' }, log)
  await withdrawDraft({ reference, party: donor.party }, log)
  const lines = [{ id: '1', item: 'masks', unit: 'box', quantity: '480' }]
  await live.act({ actor: donor, subject: `consignment/${reference}`, kind: 'pack', body: { nonce, lines } })
  expect(await labelStanding(reference, log)).toBeUndefined()
  await closeLog(log)
})

test('content that no form of ours sends is not stored', async () => {
  const { log, donor } = await foundedLog()
  const party = donor.party
  const { reference, version } = await createDraft({ party, userId: 'u1' }, log)
  const wrong = [
    { ...EMPTY_DRAFT, extra: 1 },
    { ...EMPTY_DRAFT, lines: [{ ...EMPTY_LINE, quantity: 480 }] },
    { ...EMPTY_DRAFT, lines: [{ ...EMPTY_LINE, item: 'x'.repeat(1001) }] },
    { ...EMPTY_DRAFT, lines: Array.from({ length: 501 }, () => EMPTY_LINE) },
    {},
  ]
  for (const content of wrong) {
    const save = saveDraft({ reference, party, version, content: content as never }, log)
    await expect(save).rejects.toThrow()
  }
  expect((await draftOf(reference, log))?.content).toEqual(EMPTY_DRAFT)
  await closeLog(log)
})
