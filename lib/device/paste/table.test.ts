import { expect, test } from '@playwright/test'
import { linesOf, readTable } from './table.ts'

const read = (text: string, separator?: string) => linesOf(readTable(text, separator))
const said = (text: string, separator?: string) =>
  read(text, separator).lines.map(({ line }) => [
    line.item,
    line.lot,
    line.expiry,
    line.unit,
    line.quantity,
    line.packSize,
  ])

// Two shipments of the SCMS delivery history as its file has them.
const SCMS = `ID,Country,Shipment Mode,Vendor,Item Description,Dosage Form,Unit of Measure (Per Pack),Line Item Quantity,Line Item Value,Pack Price,Unit Price,Manufacturing Site,Line Item Insurance (USD)
62,Nigeria,Air,EY Laboratories,"HIV 1/2, InstantChek HIV 1+2 Kit, 100 Tests",Test kit,100,10,850,85,0.85,"EY Laboratories, USA",
68,Zimbabwe,Air,BRISTOL-MYERS SQUIBB,"#102198**Didanosine 200mg [Videx], tablets, 60 Tabs",Tablet,60,579,14764.5,25.5,0.42,"BMS Meymac, France",
139,Tanzania,Air,"Standard Diagnostics, Inc.","HIV 1/2, Bioline 3.0 Kit, Lancets, Capillary pipets, Alcohol swabs included, 25 Tests",Test kit,25,10000,200000,20,0.8,"Standard Diagnostics, Korea",320
`

test('lines of a real shipment are read with their packs, and prices are not taken for goods', () => {
  expect(said(SCMS)).toEqual([
    ['HIV 1/2, InstantChek HIV 1+2 Kit, 100 Tests', '', '', '', '10', '100'],
    ['#102198**Didanosine 200mg [Videx], tablets, 60 Tabs', '', '', '', '579', '60'],
    [
      'HIV 1/2, Bioline 3.0 Kit, Lancets, Capillary pipets, Alcohol swabs included, 25 Tests',
      '',
      '',
      '',
      '10000',
      '25',
    ],
  ])
  expect(read(SCMS).lines.every(({ unsignable }) => unsignable.map(each => each.field).join() === 'unit')).toBe(true)
  const packed = linesOf(readTable(SCMS), { unit: 'pack' })
  expect(packed.lines.flatMap(({ unsignable }) => unsignable)).toEqual([])
})

test('the same lines copied out of a spreadsheet read the same', () => {
  const copied =
    'Unit of Measure (Per Pack)\tLine Item Quantity\tItem Description\r\n60\t579\t#102198**Didanosine 200mg [Videx], tablets, 60 Tabs\r\n'
  expect(said(copied)).toEqual([['#102198**Didanosine 200mg [Videx], tablets, 60 Tabs', '', '', '', '579', '60']])
})

test('columns are known by their names in any order, in English, in Arabic and loosely spelled', () => {
  const want = [['Masks', 'A17', '2028-06', 'box', '480', '50']]
  expect(said('QTY;Expiry date;Item;UoM;Batch No.;Pack size\n480;2028-06;Masks;boxes;A17;50')).toEqual(want)
  expect(
    said('الكمية,تاريخ انتهاء الصلاحية,الصنف,الوحدة,رقم التشغيلة,حجم العبوة\n٤٨٠,٢٠٢٨-٠٦,Masks,علبة,A17,٥٠'),
  ).toEqual(want)
  expect(
    said('lot / batch\tProduct name\tEXP.\tunit\tQuantity shipped\tUnits per pack\nA17\tMasks\tJun 2028\tBX\t480\t50'),
  ).toEqual(want)
})

test('without headings the columns are guessed by what they hold', () => {
  expect(said('Surgical masks\t480\tbox\t2028-06\nOximeters\t12\tpiece\t')).toEqual([
    ['Surgical masks', '', '2028-06', 'box', '480', ''],
    ['Oximeters', '', '', 'piece', '12', ''],
  ])
})

test('numbers are read as spreadsheets print them, and what could mean two things is left to be mended', () => {
  const cells = [
    '1,200',
    '1 200',
    "12'000",
    '1٬200',
    '٤٨٠',
    '480.0',
    '007',
    '1.200',
    '1,5',
    '-4',
    '12 boxes',
    '1,20,000',
    '1e3',
  ]
  const rows = read(`item\tquantity\tunit\n${cells.map(cell => `x\t${cell}\tbox`).join('\n')}`).lines
  expect(rows.map(({ line }) => line.quantity)).toEqual([
    '1200',
    '1200',
    '12000',
    '1200',
    '480',
    '480',
    '7',
    '1.200',
    '1,5',
    '-4',
    '12 boxes',
    '1,20,000',
    '1e3',
  ])
  expect(rows.map(({ unsignable }) => unsignable.map(({ code }) => code).join())).toEqual([
    '',
    '',
    '',
    '',
    '',
    '',
    '',
    ...Array.from({ length: 6 }, () => 'quantity-malformed'),
  ])
  expect(rows[0]?.readAs).toEqual([{ field: 'quantity', cell: '1,200', value: '1200' }])
})

test('expiries are read as labels print them; a day and a month that could be each other are not guessed', () => {
  const cells = [
    '2028-06',
    '2028/6/30',
    '06/2028',
    '30.06.2028',
    '30/06/2028',
    '06/30/2028',
    '30-Jun-2028',
    'June 2028',
    'يونيو 2028',
    '2028-06-30 00:00:00',
    '03/04/2028',
    '06/28',
    '2028-02-30',
    '46934',
    'N/A',
  ]
  const rows = read(`item\texpiry\tquantity\tunit\n${cells.map(cell => `x\t${cell}\t1\tbox`).join('\n')}`).lines
  expect(rows.map(({ line }) => line.expiry)).toEqual([
    '2028-06',
    '2028-06-30',
    '2028-06',
    '2028-06-30',
    '2028-06-30',
    '2028-06-30',
    '2028-06-30',
    '2028-06',
    '2028-06',
    '2028-06-30',
    '03/04/2028',
    '06/28',
    '2028-02-30',
    '46934',
    'N/A',
  ])
  expect(rows.slice(10).every(({ unsignable }) => unsignable[0]?.code === 'date-malformed')).toBe(true)
})

test('an unknown unit, a bad date and a bad number stay in their row as they were read, row by row', () => {
  const { lines } = read('item,lot,expiry,unit,quantity\nMasks,A1,soon,bxs,many\nGloves,A2,2028-06,pair,10')
  expect(lines[0]?.line).toMatchObject({ item: 'Masks', expiry: 'soon', unit: 'bxs', quantity: 'many' })
  expect(lines[0]?.unsignable).toEqual([
    { field: 'expiry', code: 'date-malformed' },
    { field: 'unit', code: 'unit-unknown' },
    { field: 'quantity', code: 'quantity-malformed' },
  ])
  expect(lines[1]?.unsignable).toEqual([])
})

test('empty rows are counted, and nothing else is left out', () => {
  const { lines, emptyRows } = read('item\tquantity\tunit\n\nMasks\t480\tbox\n\t\t\n\tten\t\nGloves\t\tbox\n\n')
  expect(emptyRows).toEqual([2, 4])
  expect(lines.map(({ row, line }) => [row, line.item, line.quantity])).toEqual([
    [3, 'Masks', '480'],
    [5, '', 'ten'],
    [6, 'Gloves', ''],
  ])
})

test('quotation marks: cells over several lines are one cell, and a mark that is never closed swallows no row', () => {
  expect(said('item;quantity;unit\n"Tube 5"" long\nsterile";4;piece')).toEqual([
    ['Tube 5" long sterile', '', '', 'piece', '4', ''],
  ])
  const torn = read('item\tquantity\tunit\n"5 inch tube\t4\tpiece\nMasks\t480\tbox\n"A" grade\t2\tpiece')
  expect(torn.lines.map(({ line }) => [line.item, line.quantity])).toEqual([
    ['"5 inch tube', '4'],
    ['Masks', '480'],
    ['"A" grade', '2'],
  ])
})

test('rows shorter or longer than the first lose no cell', () => {
  const table = readTable('item,quantity\nMasks\nGloves,10,box,extra')
  expect(table.rows).toEqual([
    ['item', 'quantity', '', ''],
    ['Masks', '', '', ''],
    ['Gloves', '10', 'box', 'extra'],
  ])
})

test('a list of names with commas in them is one column where a person says so', () => {
  const list = 'Didanosine 200mg [Videx], tablets, 60 Tabs\nSaquinavir 200mg [Invirase], capsules, 270 Caps'
  expect(said(list, '\u001f').map(([item]) => item)).toEqual(list.split('\n'))
})

test('a byte order mark, old line ends and a table of nothing do no harm', () => {
  expect(said('\ufeffitem;quantity;unit\rMasks;480;box\r')).toEqual([['Masks', '', '', 'box', '480', '']])
  for (const nothing of ['', '\n\n', '\t\t\n']) expect(read(nothing)).toEqual({ lines: [], emptyRows: [] })
})
