import { expect, test } from '@playwright/test'
import decodeQR from 'qr/decode.js'
import type { LabelText } from '../format/label-picture.ts'
import { qrPath } from '../format/qr.ts'
import { labelsPdf } from './label-pdf.ts'
import { readPdf } from './reading.fixture.ts'
import { onSheets, perSheet, SHEETS } from './sheets.ts'
import { type WaybillText, waybillPdf } from './waybill-pdf.ts'

const ADDRESS = 'https://relief.example.org/t/7K3Q9XMD2TK#k=7K3Q9XMD2TK7K3Q9XMD2TK7K3Q'
const label: LabelText = {
  address: ADDRESS,
  reference: '7K3Q-9XMD-2TK',
  fingerprint: '7K3Q9XMD2TK7K3Q9XMD2TK7K3Q',
  fingerprintTitle: 'Log key',
  fromTitle: 'From',
  from: 'Société Générale d’Entraide',
  toTitle: 'To',
  to: 'Больница Долины, Київ',
  goods: ['480 boxes of Ελλάδα', '12 of Việt Nam', 'Żółć'],
  marks: [{ mark: 'fragile', title: 'Fragile' }],
  isRightToLeft: false,
}
const pdfOf = async (args: Partial<Parameters<typeof labelsPdf>[0]> = {}) => {
  const pdf = await labelsPdf({
    labels: [{ text: label, parcel: undefined }],
    sheet: 'single',
    title: 'Labels',
    date: 0,
    ...args,
  })
  if (!pdf.ok) throw new Error(pdf.code)
  return pdf.value
}

/** The modules that a page fills: rectangles of a path whose units are scaled, as a camera would see them. */
function modulesIn(drawn: string, size: number) {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, right] of drawn.matchAll(/(?:^|\n)(\d+) (\d+) m\n(\d+) \2 l/g))
    for (let column = Number(x); column < Number(right); column++) (rows[Number(y)] ?? [])[column] = true
  return rows
}

function photographed(modules: readonly (readonly boolean[])[], scale = 4) {
  const width = modules.length * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)]) data.set([0, 0, 0], (y * width + x) * 4)
  return { width, height: width, data }
}

test('each sheet has its size in millimetres, its fonts inside, and the reference in 24 points or more', async () => {
  for (const [sheet, size] of [
    ['single', [100, 150]],
    ['a6', [105, 148]],
    ['a4x4', [210, 297]],
    ['a4', [210, 297]],
  ] as const) {
    const [page, ...more] = await readPdf(await pdfOf({ sheet }))
    expect(more).toEqual([])
    expect(page?.size).toEqual(size)
    expect(page?.isEmbedded).toBe(true)
    const reference = page?.texts.find(({ text }) => text === '7K3Q-9XMD-2TK')
    expect(reference?.size).toBeGreaterThanOrEqual(24)
  }
})

test('what stands on a label can be read out of the file, whatever its script', async () => {
  const [page] = await readPdf(await pdfOf())
  const said = page?.texts.map(({ text }) => text).join('') ?? ''
  for (const words of ['Société Générale', 'Больница', 'Київ', '480 boxes of Ελλάδα', 'Việt Nam', 'Żółć', 'Log key'])
    expect(said.replaceAll(' ', '')).toContain(words.replaceAll(' ', ''))
  expect(said).not.toContain('\ufffd')
})

test('the code that is drawn is read back as the exact address, and its modules are 30 mm wide and more', async () => {
  const { size } = qrPath(ADDRESS)
  for (const sheet of SHEETS) {
    const [page] = await readPdf(await pdfOf({ sheet }))
    const code = page?.drawn.split(/\nQ\n/).find(part => (part.match(/ m\n/g) ?? []).length > 200) ?? ''
    expect(decodeQR(photographed(modulesIn(code, size))), sheet).toBe(ADDRESS)
    const scale = Number(/([\d.]+) 0 0 -[\d.]+ 0 0 cm/.exec(code)?.[1])
    expect((scale * (size - 8) * 25.4) / 72, sheet).toBeGreaterThanOrEqual(30)
  }
})

test('labels begin where a used sheet still has one, and go on to the next sheet', () => {
  expect(onSheets(['a', 'b', 'c'], { sheet: 'a4x4', start: 3 })).toEqual([[undefined, undefined, 'a', 'b'], ['c']])
  expect(onSheets(['a'], { sheet: 'single', start: 7 })).toEqual([['a']])
  expect(onSheets(Array.from({ length: 9 }), { sheet: 'a4' })).toHaveLength(2)
  for (const sheet of SHEETS) expect(onSheets([1], { sheet, start: 99 })[0]).toHaveLength(perSheet(sheet))
})

test('the same labels are the same file, byte for byte', async () => {
  expect(Buffer.compare(await pdfOf({ sheet: 'a4' }), await pdfOf({ sheet: 'a4' }))).toBe(0)
})

test('a letter without a face in the PDF is refused, and not printed as something else', async () => {
  const labels = [{ text: { ...label, to: 'مستشفى الوادي' }, parcel: undefined }]
  expect(await labelsPdf({ labels, sheet: 'a4', title: '', date: 0 })).toEqual({ ok: false, code: 'not-writable' })
})

test('a waybill of many lines goes over pages, and its halves to sign, with the checkpoint, stand on the last', async () => {
  const fields = ['Name', 'Date', 'Signature']
  const waybill: WaybillText = {
    title: 'Waybill',
    referenceTitle: 'Consignment',
    reference: '7K3Q-9XMD-2TK',
    address: ADDRESS,
    fingerprintTitle: 'Log key',
    fingerprint: label.fingerprint,
    facts: [{ title: 'Vehicle', value: 'AB 123' }],
    columns: ['Item', 'Quantity', 'Received', 'Damaged', 'Missing'],
    lines: Array.from({ length: 60 }, (_, n) => ({
      item: `Item ${n}`,
      marks: `lot L${n}`,
      quantity: '4 boxes',
      packs: '',
    })),
    stubs: ['Gave', 'Carries', 'Took'].map(title => ({ title, name: `${title} Ltd`, note: '', fields })),
    paper: 'People sign on paper.',
    checkpointTitle: 'The log had 42 records.',
    checkpoint: 'ABCD EFGH JKMN PQRS',
    checkpointText: 'Keep this paper.',
  }
  const pdf = await waybillPdf(waybill, 0)
  if (!pdf.ok) throw new Error(pdf.code)
  const pages = await readPdf(pdf.value)
  expect(pages.length).toBeGreaterThan(2)
  const saidOn = (page: number) => pages.at(page)?.texts.map(({ text }) => text) ?? []
  expect(saidOn(-1)).toContain('ABCD EFGH JKMN PQRS')
  expect(saidOn(-1).filter(text => text === 'Signature')).toHaveLength(3)
  const all = pages.flatMap(({ texts }) => texts.map(({ text }) => text))
  for (let n = 0; n < 60; n++) expect(all).toContain(`lot L${n}`)
  expect(await waybillPdf({ ...waybill, paper: 'ورق' }, 0)).toEqual({ ok: false, code: 'not-writable' })
})
