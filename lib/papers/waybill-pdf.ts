import { inGroups } from '../format/groups.ts'
import { qrPath } from '../format/qr.ts'
import { canWrite } from './label-pdf.ts'
import { openPaper, type Pen } from './pen.ts'

/** A waybill in words of one language. */
export interface WaybillText {
  readonly title: string
  readonly referenceTitle: string
  /** As people see it: `7K3Q-9XMD-2TK`. */
  readonly reference: string
  /** Of the label, in a code. */
  readonly address: string
  readonly fingerprintTitle: string
  readonly fingerprint: string
  /** Sealed texts that the reader may see: vehicle, waybill number … */
  readonly facts: readonly { readonly title: string; readonly value: string }[]
  /** Heads of the columns: what, how much, and what is filled in by hand. */
  readonly columns: readonly [string, string, string, string, string]
  readonly lines: readonly {
    readonly item: string
    readonly marks: string
    readonly quantity: string
    readonly packs: string
  }[]
  /** The halves to sign, a carrier's between them where there is one; `fields`: what a hand writes there. */
  readonly stubs: readonly {
    readonly title: string
    readonly name: string
    readonly note: string
    readonly fields: readonly string[]
  }[]
  readonly paper: string
  readonly checkpointTitle: string
  readonly checkpoint: string
  readonly checkpointText: string
}

const [WIDTH, HEIGHT, EDGE] = [210, 297, 15]
const INNER = WIDTH - 2 * EDGE
/** Left edges of the columns, from the page's own. */
const COLUMNS = [0, 88, 121, 141, 161] as const
const FOOT = HEIGHT - EDGE

/** A waybill on A4, as many pages as its lines need; the halves to sign stand on the last. Code `not-writable`: a letter for which there is no face. */
export async function waybillPdf(
  text: WaybillText,
  date: number,
): Promise<{ ok: true; value: Uint8Array } | { ok: false; code: 'not-writable' }> {
  const texts = wordsIn(text)
  if (!(await canWrite(texts))) return { ok: false, code: 'not-writable' }
  const paper = await openPaper({ title: `${text.title} ${text.reference}`, date, texts })
  let pages = 0
  const addPage = () => {
    const pen = paper.addPage(WIDTH, HEIGHT)
    pages++
    pen.write(`${text.reference} · ${pages}`, { x: EDGE, y: HEIGHT - 7 }, { size: 8, isGrey: true })
    return pen
  }
  let pen = addPage()
  let y = drawHead(pen, text)
  y = drawColumns(pen, text, y)
  for (const line of text.lines) {
    if (y > FOOT - 14) {
      pen = addPage()
      y = drawColumns(pen, text, EDGE)
    }
    y = drawLine(pen, line, y)
  }
  const stubs = 48 + Math.max(...text.stubs.map(({ fields }) => fields.length)) * 12
  if (y + stubs > FOOT) {
    pen = addPage()
    y = EDGE
  }
  drawStubs(pen, text, y + 6)
  return { ok: true, value: await paper.bytes() }
}

/** All that stands on a waybill in letters. */
export function wordsIn(text: WaybillText): readonly string[] {
  const { title, referenceTitle, reference, fingerprintTitle, fingerprint, columns, paper } = text
  const { checkpointTitle, checkpoint, checkpointText } = text
  return [
    ...[title, referenceTitle, reference, fingerprintTitle, fingerprint, ...columns, paper],
    ...[checkpointTitle, checkpoint, checkpointText],
    ...text.facts.flatMap(({ title, value }) => [title, value]),
    ...text.lines.flatMap(({ item, marks, quantity, packs }) => [item, marks, quantity, packs]),
    ...text.stubs.flatMap(({ title, name, note, fields }) => [title, name, note, ...fields]),
  ]
}

function drawHead(pen: Pen, text: WaybillText): number {
  const code = qrPath(text.address)
  const side = 40
  const width = INNER - side - 4
  pen.path(code.d, { x: WIDTH - EDGE - side + 3, y: EDGE - 4 }, { scale: side / code.size })
  let y = pen.writeRows(text.title, { x: EDGE, y: EDGE, width, most: 2 }, { size: 17, weight: 700 })
  y = pen.writeRows(text.referenceTitle, { x: EDGE, y: y + 3, width, most: 1 }, { size: 9, isGrey: true })
  pen.write(text.reference, { x: EDGE, y: y + 9.5 }, { size: 26, weight: 700 })
  const key = `${text.fingerprintTitle} ${inGroups(text.fingerprint, 4).join(' ')}`
  y = pen.writeRows(key, { x: EDGE, y: y + 14, width, most: 2 }, { size: 8 })
  y = Math.max(y, EDGE + side - 4)
  for (const { title, value } of text.facts)
    y = pen.writeRows(`${title}: ${value}`, { x: EDGE, y: y + 1, width: INNER, most: 3 }, { size: 10 })
  return y + 5
}

function drawColumns(pen: Pen, { columns }: WaybillText, y: number): number {
  for (const [place, title] of columns.entries()) {
    const x = EDGE + (COLUMNS[place] ?? 0)
    pen.writeRows(
      title,
      { x, y, width: (COLUMNS[place + 1] ?? INNER) - (COLUMNS[place] ?? 0) - 2, most: 1 },
      { size: 8.5, isGrey: true },
    )
  }
  pen.line({ x: EDGE, y: y + 5 }, { x: WIDTH - EDGE, y: y + 5 }, 0.4)
  return y + 6.5
}

function drawLine(pen: Pen, line: WaybillText['lines'][number], y: number): number {
  const [, second, third] = COLUMNS
  let left = pen.writeRows(line.item, { x: EDGE, y, width: second - 3, most: 2 }, { size: 10, weight: 600 })
  if (line.marks !== '')
    left = pen.writeRows(line.marks, { x: EDGE, y: left, width: second - 3, most: 1 }, { size: 8.5 })
  const at = { x: EDGE + second, width: third - second - 2 }
  let right = pen.writeRows(line.quantity, { ...at, y, most: 1 }, { size: 10, weight: 600 })
  if (line.packs !== '') right = pen.writeRows(line.packs, { ...at, y: right, most: 2 }, { size: 8 })
  const bottom = Math.max(left, right, y + 8) + 1.5
  for (const column of COLUMNS.slice(2))
    pen.line({ x: EDGE + column, y: bottom - 2 }, { x: EDGE + column + 16, y: bottom - 2 }, 0.2)
  pen.line({ x: EDGE, y: bottom }, { x: WIDTH - EDGE, y: bottom }, 0.1)
  return bottom + 1.5
}

/** The ticket's halves along their perforation, and under them what pins the log's history. */
function drawStubs(pen: Pen, text: WaybillText, top: number): void {
  const width = INNER / text.stubs.length
  let bottom = top
  for (const [place, { title, name, note, fields }] of text.stubs.entries()) {
    const at = { x: EDGE + place * width + (place > 0 ? 4 : 0), width: width - 8 }
    let y = pen.writeRows(title, { ...at, y: top, most: 1 }, { size: 8.5, isGrey: true })
    y = pen.writeRows(name, { ...at, y, most: 2 }, { size: 12, weight: 700 })
    if (note !== '') y = pen.writeRows(note, { ...at, y, most: 2 }, { size: 8.5 })
    y = Math.max(y, top + 18)
    for (const field of fields) {
      y += 12
      pen.line({ x: at.x, y }, { x: at.x + at.width, y }, 0.2)
      pen.write(field, { x: at.x, y: y + 3 }, { size: 7.5, isGrey: true })
    }
    bottom = Math.max(bottom, y + 5)
  }
  for (let place = 1; place < text.stubs.length; place++)
    for (let y = top; y < bottom; y += 3)
      pen.line({ x: EDGE + place * width, y }, { x: EDGE + place * width, y: y + 1.5 }, 0.2)
  const at = { x: EDGE, width: INNER }
  let y = pen.writeRows(text.paper, { ...at, y: bottom + 3, most: 2 }, { size: 8.5 })
  y = pen.writeRows(text.checkpointTitle, { ...at, y: y + 2, most: 1 }, { size: 8.5, isGrey: true })
  y = pen.writeRows(text.checkpoint, { ...at, y, most: 1 }, { size: 12, weight: 700 })
  pen.writeRows(text.checkpointText, { ...at, y, most: 3 }, { size: 8 })
}
