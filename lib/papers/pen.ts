import { LineCapStyle, PDFDocument, type PDFFont, type PDFPage, rgb } from '@cantoo/pdf-lib'
import * as fontkit from 'fontkit'
import {
  faceBytes,
  type Run,
  SCRIPTS,
  type Script,
  type Typesetter,
  typesetter,
  WEIGHTS,
  type Weight,
} from './faces.ts'

/** Points in a millimetre. */
const POINTS = 72 / 25.4
const BLACK = rgb(0, 0, 0)
const GREY = rgb(0.2, 0.2, 0.2)

type Text = { readonly size: number; readonly weight?: Weight; readonly isGrey?: boolean }
type At = { readonly x: number; readonly y: number }

/** A document that is drawn in millimetres from the top left of a page; type sizes in points. */
export interface Paper {
  readonly addPage: (width: number, height: number) => Pen
  /** The whole document; the same drawing gives the same bytes. */
  readonly bytes: () => Promise<Uint8Array>
}

export interface Pen {
  /** Millimetres that a text takes on one line. */
  readonly widthOf: (text: string, type: Text) => number
  /** `y` is the baseline. */
  readonly write: (text: string, at: At, type: Text) => void
  /** Centred between `x` and `x + width`. */
  readonly writeCentred: (text: string, at: At & { width: number }, type: Text) => void
  /** Breaks between words, `most` rows at most, what is cut off ends in an ellipsis; `y` is the first row's top. Gives the last row's bottom. */
  readonly writeRows: (text: string, at: At & { width: number; most: number }, type: Text) => number
  readonly line: (from: At, to: At, width: number) => void
  /** An SVG path; its own units times `scale` are millimetres. Filled, or drawn with a line of `stroke` of its own units. */
  readonly path: (d: string, at: At, style: { scale: number; stroke?: number }) => void
}

/** Opens a document that can write `texts`, with the faces they need embedded. `date`: unix milliseconds, all the time that it knows. */
export async function openPaper(args: { title: string; date: number; texts: readonly string[] }): Promise<Paper> {
  const setter = await typesetter()
  const doc = await PDFDocument.create({ updateMetadata: false })
  doc.registerFontkit(fontkit as never)
  doc.setTitle(args.title)
  doc.setProducer('Throughline')
  doc.setCreator('Throughline')
  doc.setCreationDate(new Date(args.date))
  doc.setModificationDate(new Date(args.date))
  const fonts = await embedded(doc, setter, args.texts)
  return {
    addPage: (width, height) => penOn(doc.addPage([width * POINTS, height * POINTS]), height, setter, fonts),
    bytes: () => doc.save(),
  }
}

type Fonts = ReadonlyMap<string, PDFFont>
const nameOf = (script: Script, weight: Weight) => `${script} ${weight}`

async function embedded(doc: PDFDocument, setter: Typesetter, texts: readonly string[]): Promise<Fonts> {
  const used = new Set<Script>(['latin', ...texts.flatMap(text => setter.runsOf(text).map(run => run.script))])
  const fonts = new Map<string, PDFFont>()
  for (const script of SCRIPTS.filter(each => used.has(each)))
    for (const weight of WEIGHTS) {
      // Figures of one width: references stand in columns.
      const options = { subset: true, features: { tnum: true } }
      fonts.set(nameOf(script, weight), await doc.embedFont(await faceBytes(script, weight), options))
    }
  return fonts
}

function penOn(page: PDFPage, height: number, setter: Typesetter, fonts: Fonts): Pen {
  const fontOf = (script: Script, { weight = 400 }: Text): PDFFont => {
    const font = fonts.get(nameOf(script, weight))
    if (!font) throw new Error(`the paper was not opened for ${script}`)
    return font
  }
  const widthOfRun = ({ script, text }: Run, type: Text) => fontOf(script, type).widthOfTextAtSize(text, type.size)
  const widthOf: Pen['widthOf'] = (text, type) =>
    setter.runsOf(text).reduce((sum, run) => sum + widthOfRun(run, type), 0) / POINTS
  const write: Pen['write'] = (text, { x, y }, type) => {
    let at = x * POINTS
    for (const run of setter.runsOf(text)) {
      const font = fontOf(run.script, type)
      const color = type.isGrey ? GREY : BLACK
      page.drawText(run.text, { x: at, y: (height - y) * POINTS, size: type.size, font, color })
      at += widthOfRun(run, type)
    }
  }
  return {
    widthOf,
    write,
    writeCentred: (text, { x, y, width }, type) => write(text, { x: x + (width - widthOf(text, type)) / 2, y }, type),
    writeRows: (text, { x, y, width, most }, type) => {
      const step = (type.size * 1.22) / POINTS
      const rows = rowsOf(text, { most, fits: row => widthOf(row, type) <= width })
      for (const [place, row] of rows.entries()) write(row, { x, y: y + step * (place + 0.82) }, type)
      return y + step * rows.length
    },
    line: (from, to, width) =>
      page.drawLine({
        start: { x: from.x * POINTS, y: (height - from.y) * POINTS },
        end: { x: to.x * POINTS, y: (height - to.y) * POINTS },
        thickness: width * POINTS,
        color: BLACK,
      }),
    path: (d, { x, y }, { scale, stroke }) =>
      page.drawSvgPath(d, {
        x: x * POINTS,
        y: (height - y) * POINTS,
        scale: scale * POINTS,
        ...(stroke === undefined
          ? { color: BLACK }
          : { borderColor: BLACK, borderWidth: stroke, borderLineCap: LineCapStyle.Round }),
      }),
  }
}

/** `text` in rows that fit, at most `most`: broken between words, and inside one that no row holds. */
export function rowsOf(
  text: string,
  { most, fits }: { most: number; fits: (row: string) => boolean },
): readonly string[] {
  const rows: string[] = []
  for (const word of text.trim().split(/\s+/)) {
    const last = rows.at(-1)
    if (last !== undefined && fits(`${last} ${word}`)) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(...pieces(word, fits))
  }
  if (rows.length <= most) return rows
  const kept = rows.slice(0, most)
  kept[most - 1] = shortened(rows.slice(most - 1).join(' '), fits)
  return kept
}

function pieces(word: string, fits: (row: string) => boolean): string[] {
  const parts: string[] = ['']
  for (const character of word) {
    const last = parts.at(-1) ?? ''
    if (last === '' || fits(last + character)) parts[parts.length - 1] = last + character
    else parts.push(character)
  }
  return parts
}

function shortened(text: string, fits: (row: string) => boolean): string {
  const characters = [...text]
  while (characters.length > 0 && !fits(`${characters.join('').trimEnd()}…`)) characters.pop()
  return `${characters.join('').trimEnd()}…`
}
