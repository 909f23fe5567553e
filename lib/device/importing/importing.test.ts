import { expect, test } from '@playwright/test'
import { importColumns } from './columns.ts'
import { decodeText } from './decode.ts'
import { type Choices, planImport } from './plan.ts'
import { readText } from './read-file.ts'
import { startWork } from './start.ts'

const PARTIES: Readonly<Record<string, string>> = { 'valley district hospital': '7K3Q9XMD2TK' }
const partyOf = (text: string) => PARTIES[text.toLowerCase()]

function planOf(text: string, changed: Partial<Choices> = {}, mostLines = 500) {
  const read = readText(text, 'list.csv')
  if (!read.ok) throw new Error(read.code)
  const { choices } = startWork({ party: 'p', fileName: 'list.csv', read })
  return planImport(read.sheets[0]?.rows ?? [], { ...choices, ...changed }, { partyOf, mostLines })
}

test('columns are known by their headings in English, French, Spanish and Arabic', () => {
  const want = ['name', 'consignee', 'item', 'lot', 'expiry', 'quantity', 'unit']
  for (const headings of [
    'Order No.;Recipient;Item description;Batch;Expiry date;Qty;UoM',
    'N° de commande;Destinataire;Désignation;Lot;Péremption;Quantité;Unité',
    'N.º de pedido;Destinatario;Descripción;Lote;Caducidad;Cantidad;Unidad',
    'رقم الطلب;المستلم;الصنف;رقم التشغيلة;تاريخ انتهاء الصلاحية;الكمية;الوحدة',
  ])
    expect(importColumns(headings.split(';')), headings).toEqual(want)
})

test('rows of one order are one consignment, and a cell left empty means the one above it', () => {
  const { planned, wrong, unknown } = planOf(
    'Order;Recipient;Item;Quantity;Unit\n4711;Valley District Hospital;Masks;480;boxes\n;;Gloves;1,200;pairs\n4712;;Saline;96;btl',
  )
  expect(wrong).toEqual([])
  expect(unknown).toEqual([])
  expect(
    planned.map(({ name, rows, content }) => [name, rows, content.consignee, content.lines.map(line => line.item)]),
  ).toEqual([
    ['4711', [2, 3], '7K3Q9XMD2TK', ['Masks', 'Gloves']],
    ['4712', [4], '', ['Saline']],
  ])
  expect(planned[0]?.content.lines[1]).toMatchObject({ quantity: '1200', unit: 'pair' })
})

test('without a column of orders each row is a consignment, or all rows are one', () => {
  const list = 'Item;Quantity;Unit\nMasks;480;box\nGloves;10;pair\nMasks;480;box'
  const each = planOf(list).planned
  expect(each.map(({ ordinal }) => ordinal)).toEqual([0, 0, 1])
  const all = planOf(list, { grouping: 'all' }).planned
  expect(all.map(({ content }) => content.lines.length)).toEqual([3])
})

test('what is wrong stands with its row, is mended in place, or is left out', () => {
  const list = 'Order;Item;Quantity;Unit\n1;Masks;many;box\n1;;4;box\n1;Tents;2;bxs\n1;Soap;3;box'
  const { wrong, planned } = planOf(list)
  expect(wrong.map(({ row, problems }) => [row, problems.map(({ field, code }) => `${field} ${code}`)])).toEqual([
    [2, ['quantity unreadable']],
    [3, ['item missing']],
    [4, ['unit unreadable']],
  ])
  expect(planned[0]?.rows).toEqual([5])
  const mended = planOf(list, { mended: { '2/quantity': '480', '4/unit': 'boxes' }, skipped: [3] })
  expect(mended.wrong).toEqual([])
  expect(mended.planned[0]?.rows).toEqual([2, 4, 5])
})

test('a name that is no party’s is asked for once, and one consignment has one consignee', () => {
  const list =
    'Order;Recipient;Item;Quantity;Unit\n1;St. Mary;Masks;1;box\n2;St. Mary;Soap;2;box\n2;Valley District Hospital;Tents;3;box'
  const open = planOf(list)
  expect(open.unknown).toEqual([['St. Mary', 2]])
  const chosen = planOf(list, { consignees: { 'St. Mary': '' } })
  expect(chosen.unknown).toEqual([])
  expect(chosen.planned.map(({ content }) => content.consignee)).toEqual(['', '7K3Q9XMD2TK'])
  const other = planOf(list, { consignees: { 'St. Mary': '00000000000' } })
  expect(other.wrong.map(({ row, problems }) => [row, problems[0]?.code])).toEqual([[4, 'differs']])
})

test('a consignment holds so many lines and no more', () => {
  const rows = Array.from({ length: 5 }, (_, n) => `1;Item ${n};1;box`)
  const { planned, wrong } = planOf(`Order;Item;Quantity;Unit\n${rows.join('\n')}`, {}, 3)
  expect(planned[0]?.content.lines).toHaveLength(3)
  expect(wrong.map(({ problems }) => problems[0]?.code)).toEqual(['too-many', 'too-many'])
})

test('a file is read in UTF-8 and UTF-16, with a mark or without, and else as Windows-1252, which is said', () => {
  const text = 'Désignation;Quantité\nGants d’examen;4\n'
  const utf16 = (mark: boolean) => {
    const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
    return new Uint8Array(bytes)
  }
  expect(decodeText(new TextEncoder().encode(`\ufeff${text}`))).toEqual({ text, encoding: 'utf-8' })
  expect(decodeText(utf16(true))).toEqual({ text, encoding: 'utf-16' })
  expect(decodeText(utf16(false))).toEqual({ text, encoding: 'utf-16' })
  expect(decodeText(utf16(true).map((_, at, all) => all[at ^ 1] ?? 0))).toEqual({ text, encoding: 'utf-16' })
  const old = Uint8Array.from([...text].map(character => (character === '’' ? 0x92 : character.charCodeAt(0))))
  expect(decodeText(old)).toEqual({ text, encoding: 'windows-1252' })
})

test('a file of nothing is refused, and odd bytes never throw', () => {
  expect(readText('\n \n')).toEqual({ ok: false, code: 'file-empty' })
  for (const bytes of [[], [0], [0xff], [0xff, 0xfe], [0xfe, 0xff, 0], [1, 2, 3, 4, 5]])
    expect(() => decodeText(Uint8Array.from(bytes))).not.toThrow()
})
