import { expect, test } from '@playwright/test'
import { type DraftContent, EMPTY_DRAFT, EMPTY_LINE, linesLeft, packingOf, unsignableIn } from '../custody/draft.ts'
import { linesThatFit } from './fitting.ts'
import { nonceOf, StoryLog } from './story.fixture.ts'

const line = { ...EMPTY_LINE, item: 'Masks', unit: 'box', quantity: '480' }
const draftOf = (count: number, more: Partial<DraftContent> = {}): DraftContent => ({
  ...EMPTY_DRAFT,
  lines: Array.from({ length: count }, (_, place) => ({
    ...line,
    lot: `A${place}`,
    donorName: place % 3 ? '' : 'A donor',
  })),
  ...more,
})

test('of too many lines as many are offered as one signed record holds, and not one more', async () => {
  const log = new StoryLog({ origin: 'log.example.org' })
  await log.found({ mode: 'production' })
  const actor = await log.join('donor', 'Nordic Relief')
  const subject = log.consignment({ actor, name: 'many' })
  const where = { origin: log.origin, reference: subject.slice('consignment/'.length), party: actor.party, after: '' }
  const draft = draftOf(300, {
    remark: 'for the clinic',
    place: { name: 'Depot', country: 'NO', lat: '59.9', lon: '10.8' },
  })
  const fit = linesThatFit({ ...where, draft, nonce: nonceOf('many') })
  expect(fit).toBeGreaterThan(50)
  expect(fit).toBeLessThan(300)
  const signed = (most: number) => {
    const { packing } = packingOf(draft, { most })
    const body = { nonce: nonceOf('many'), ...packing.body }
    return log.sign({ actor, subject, kind: 'pack', body, sealed: packing.values, at: '2026-03-01T09:00:00+01:00' })
  }
  // The story signs no place, which the count allows for.
  const place = ',"place":{"country":"NO","lat":"59.9","lon":"10.8"}'.length
  expect((await signed(fit)).note.length + place).toBeLessThanOrEqual(16_384)
  const onceMore = await signed(fit + 1).then(
    ({ note }) => note.length + place,
    (refused: Error) => (refused.message.includes('event-too-large') ? 16_385 : 0),
  )
  expect(onceMore).toBeGreaterThan(16_384)
})

test('what can be signed of a draft is what the log reads back, tidied of outer blanks', () => {
  const { packing, unsignable } = packingOf({
    ...EMPTY_DRAFT,
    lines: [
      EMPTY_LINE,
      { ...line, item: '  Masks ', donorName: ' Ana ', donorNamed: 'public' },
      { ...EMPTY_LINE, unit: 'box' },
    ],
    order: ' PO-7 ',
    place: { name: 'Depot', country: '', lat: '', lon: '' },
  })
  expect(unsignable).toEqual([])
  expect(packing).toEqual({
    body: { lines: [{ id: '1', item: 'Masks', unit: 'box', quantity: '480', donor: { named: 'public' } }] },
    values: { 'donor/1': 'Ana', order: 'PO-7', place: 'Depot' },
    lineOf: [1],
  })
})

test('every field that cannot be signed is named with the reason the log would give', () => {
  const wrong = {
    ...line,
    item: 'a\u0000b',
    lot: 'x'.repeat(61),
    expiry: '2028-13',
    unit: 'crate',
    quantity: '0',
    packSize: '1.5',
  }
  expect(unsignableIn(wrong).map(({ field, code }) => `${field} ${code}`)).toEqual([
    'item text-malformed',
    'lot text-malformed',
    'expiry date-malformed',
    'unit unit-unknown',
    'quantity quantity-malformed',
    'packSize quantity-malformed',
  ])
  const refused = (draft: Partial<DraftContent>) => packingOf({ ...EMPTY_DRAFT, lines: [line], ...draft }).unsignable
  expect(refused({ lines: [] })).toEqual([{ field: 'lines', code: 'lines-empty' }])
  expect(refused({ lines: [line, { ...line, quantity: '9999999999999' }] })).toEqual([
    { line: 1, field: 'quantity', code: 'quantity-overflow' },
  ])
  expect(refused({ consignee: 'Hilltop' })).toEqual([{ field: 'consignee', code: 'party-unknown' }])
  expect(refused({ remark: 'x'.repeat(501) })).toEqual([{ field: 'remark', code: 'text-malformed' }])
  expect(refused({ place: { name: '', country: '', lat: '59.9', lon: '10.8' } })).toEqual([
    { field: 'place', code: 'place-malformed' },
  ])
})

test('what is left to sign after the first record is each line that it does not hold, doubles included', () => {
  const draft = { ...EMPTY_DRAFT, lines: [line, line, { ...line, lot: 'B2' }, EMPTY_LINE] }
  const [first] = packingOf(draft, { most: 1 }).packing.body.lines
  expect(linesLeft(draft, first ? [first] : [])).toEqual([line, { ...line, lot: 'B2' }])
  expect(linesLeft(draft, packingOf(draft).packing.body.lines)).toEqual([])
})
