import { inGroups } from '../format/groups.ts'
import type { LabelText } from '../format/label-picture.ts'
import { MARK_PATHS } from '../format/marks.ts'
import { qrPath } from '../format/qr.ts'
import { typesetter } from './faces.ts'
import { openPaper, type Pen } from './pen.ts'
import { cutMarks, onSheets, SHEET_SHAPES, type SheetName } from './sheets.ts'

/** One label, and which parcel it is where parcels are numbered. */
export type PrintedLabel = { readonly text: LabelText; readonly parcel: string | undefined }

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** All that stands on a label in letters. */
export function wordsOn({ text, parcel }: PrintedLabel): readonly string[] {
  const { from, fromTitle, to, toTitle, goods, marks, reference, fingerprint, fingerprintTitle, gs1 } = text
  const more = [...marks.map(mark => mark.title), parcel ?? '', gs1 ?? '']
  return [from, fromTitle, to, toTitle, ...goods, reference, fingerprint, fingerprintTitle, ...more]
}

/** Whether the faces that a PDF is written in have every letter of these texts. Arabic and others have none: such labels print from the browser. */
export async function canWrite(texts: readonly string[]): Promise<boolean> {
  const { canWrite } = await typesetter()
  return texts.every(canWrite)
}

/**
 * Labels as a PDF, in millimetres; the reference in 24 points or more, the code with its quiet zone, black on white. `start` as for {@link onSheets}.
 * The same labels give the same bytes. Code `not-writable`: a letter for which there is no face.
 */
export async function labelsPdf(args: {
  labels: readonly PrintedLabel[]
  sheet: SheetName
  start?: number | undefined
  title: string
  date: number
}): Promise<{ ok: true; value: Uint8Array } | { ok: false; code: 'not-writable' }> {
  const { labels, sheet, start, title, date } = args
  const texts = labels.flatMap(wordsOn)
  if (!(await canWrite(texts))) return { ok: false, code: 'not-writable' }
  const paper = await openPaper({ title, date, texts })
  const { width, height, columns, rows } = SHEET_SHAPES[sheet]
  const size = { width: width / columns, height: height / rows }
  for (const places of onSheets(labels, { sheet, start })) {
    const pen = paper.addPage(width, height)
    for (const [place, label] of places.entries()) {
      if (!label) continue
      const box = { ...size, x: (place % columns) * size.width, y: Math.floor(place / columns) * size.height }
      if (size.height > 100) drawLarge(pen, label, box)
      else drawSmall(pen, label, box)
    }
    // Drawing is slow and the process has other visitors.
    await new Promise(setImmediate)
    if (columns > 1) pen.path(cutMarks(sheet), { x: 0, y: 0 }, { scale: 1, stroke: 0.2 })
  }
  return { ok: true, value: await paper.bytes() }
}

const EDGE = 6

/** Names above, the code below at its side what machines and hands need, and the reference across the foot: 100 × 150 mm and A6. */
function drawLarge(pen: Pen, { text, parcel }: PrintedLabel, box: Box): void {
  const x = box.x + EDGE
  const width = box.width - 2 * EDGE
  const foot = box.y + box.height - 21
  const codeTop = foot - 59
  let y = pen.writeRows(`${text.fromTitle} ${text.from}`, { x, y: box.y + EDGE, width, most: 2 }, { size: 11 })
  y = pen.writeRows(text.toTitle, { x, y: y + 2, width, most: 1 }, { size: 10, isGrey: true })
  y = pen.writeRows(text.to, { x, y, width, most: 2 }, { size: 19, weight: 700 })
  pen.line({ x, y: y + 3 }, { x: x + width, y: y + 3 }, 0.4)
  y += 5
  for (const line of text.goods) {
    if (y > codeTop - 4) break
    y = pen.writeRows(line, { x, y, width, most: 2 }, { size: 11, weight: 600 }) + 1
  }
  drawCode(pen, text, { x: x - 4, y: codeTop, side: 55 })
  if (text.gs1 !== undefined) pen.writeRows(text.gs1, { x, y: foot - 4.5, width, most: 1 }, { size: 8, weight: 600 })
  drawSide(pen, { text, parcel }, { x: x + 53, y: codeTop + 4, width: width - 53, height: 47 })
  pen.line({ x, y: foot }, { x: x + width, y: foot }, 0.4)
  pen.writeCentred(text.reference, { x, y: foot + 12.5, width }, { size: 28, weight: 700 })
}

/** At the code's side on a large label: marks at the top, at the foot the parcel and the log key. */
function drawSide(pen: Pen, { text, parcel }: PrintedLabel, box: Box): void {
  const { x, y, width, height } = box
  for (const [place, { mark, title }] of text.marks.entries()) {
    const at = { x: x + (place % 2) * 18, y: y + Math.floor(place / 2) * 12.5 }
    pen.path(MARK_PATHS[mark], { x: at.x + 4, y: at.y }, { scale: 8.5 / 24, stroke: 1.8 })
    pen.writeCentred(title, { x: at.x, y: at.y + 10.8, width: 16.5 }, { size: 6.5 })
  }
  const rows = inGroups(text.fingerprint, 12).map(group => inGroups(group, 4).join(' '))
  let at = y + height - rows.length * 4.2
  for (const [place, row] of rows.entries()) pen.write(row, { x, y: at + place * 4.2 + 3.2 }, { size: 9, weight: 600 })
  at -= 4
  pen.write(text.fingerprintTitle, { x, y: at + 3 }, { size: 8, isGrey: true })
  if (parcel !== undefined) pen.writeRows(parcel, { x, y: at - 6, width, most: 1 }, { size: 11, weight: 700 })
}

/** The code at the start, words beside it, the reference across the foot: an eighth of A4. */
function drawSmall(pen: Pen, { text, parcel }: PrintedLabel, box: Box): void {
  const side = 43
  const x = box.x + EDGE
  const right = x + side - 2
  const width = box.x + box.width - EDGE - right
  const bottom = box.y + box.height
  drawCode(pen, text, { x: x - 3, y: box.y + 3.5, side })
  let y = pen.writeRows(`${text.fromTitle} ${text.from}`, { x: right, y: box.y + EDGE, width, most: 2 }, { size: 8 })
  y = pen.writeRows(text.toTitle, { x: right, y: y + 0.5, width, most: 1 }, { size: 7.5, isGrey: true })
  y = pen.writeRows(text.to, { x: right, y, width, most: 2 }, { size: 11, weight: 700 }) + 0.8
  let foot = bottom - 22
  if (parcel !== undefined) {
    foot -= 4.5
    pen.writeRows(parcel, { x: right, y: foot, width, most: 1 }, { size: 9, weight: 700 })
  }
  if (text.marks.length > 0) foot -= 8
  for (const [place, { mark }] of text.marks.entries())
    pen.path(MARK_PATHS[mark], { x: right + place * 9, y: foot }, { scale: 6.5 / 24, stroke: 1.8 })
  for (const line of text.goods) {
    if (y > foot - 3.4) break
    y = pen.writeRows(line, { x: right, y, width, most: 1 }, { size: 8, weight: 600 })
  }
  const key = `${text.fingerprintTitle} ${inGroups(text.fingerprint, 4).join(' ')}`
  if (text.gs1 !== undefined)
    pen.writeRows(text.gs1, { x, y: bottom - 24, width: box.width - 2 * EDGE, most: 1 }, { size: 7.5, weight: 600 })
  pen.writeRows(key, { x, y: bottom - 20.2, width: box.width - 2 * EDGE, most: 1 }, { size: 7.5 })
  pen.writeCentred(text.reference, { x, y: bottom - 6.5, width: box.width - 2 * EDGE }, { size: 28, weight: 700 })
}

function drawCode(pen: Pen, { address }: LabelText, { x, y, side }: { x: number; y: number; side: number }): void {
  const code = qrPath(address)
  pen.path(code.d, { x, y }, { scale: side / code.size })
}
