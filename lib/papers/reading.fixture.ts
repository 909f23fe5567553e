import { decodePDFRawStream, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFStream } from '@cantoo/pdf-lib'

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

/** A PDF read back: what is drawn and written on each page, by what its own fonts say. */
export async function readPdf(bytes: Uint8Array) {
  const doc = await PDFDocument.load(bytes, { updateMetadata: false })
  return doc.getPages().map(page => {
    const fonts = new Map<string, ReadonlyMap<string, string>>()
    const isEmbedded: boolean[] = []
    const named = page.node.Resources()?.lookupMaybe(PDFName.of('Font'), PDFDict)
    for (const [name, font] of named?.entries() ?? []) {
      const dict = doc.context.lookup(font, PDFDict)
      fonts.set(name.asString().slice(1), mapOf(streamOf(dict.lookup(PDFName.of('ToUnicode')))))
      isEmbedded.push(/FontFile[23]?/.test(descriptorOf(doc, dict)))
    }
    const content = page.node.normalizedEntries().Contents?.asArray() ?? []
    const drawn = content.map(each => streamOf(doc.context.lookup(each))).join('\n')
    const { width, height } = page.getSize()
    const millimetres = (points: number) => Math.round((points / 72) * 25.4 * 10) / 10
    return {
      size: [millimetres(width), millimetres(height)],
      isEmbedded: isEmbedded.length > 0 && isEmbedded.every(Boolean),
      texts: textsIn(drawn, fonts),
      drawn,
    }
  })
}

function descriptorOf(doc: PDFDocument, font: PDFDict): string {
  const [first] =
    font
      .lookup(PDFName.of('DescendantFonts'))
      ?.toString()
      .match(/\d+ \d+ R/g) ?? []
  const objects = doc.context.enumerateIndirectObjects()
  const found = objects.find(([ref]) => ref.toString() === first)?.[1]
  const descriptor = found instanceof PDFDict ? found.lookup(PDFName.of('FontDescriptor'), PDFDict) : undefined
  return descriptor?.toString() ?? ''
}

function streamOf(object: unknown): string {
  if (object instanceof PDFRawStream) return latin(decodePDFRawStream(object).decode())
  return object instanceof PDFStream ? latin(object.getContents()) : ''
}

/** Glyph number (four hex digits) to text, from a font's ToUnicode. */
function mapOf(cmap: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>()
  for (const [, glyph = '', code = ''] of cmap.matchAll(/<([0-9a-f]{4})>\s*<([0-9a-f]+)>/gi))
    map.set(
      glyph.toUpperCase(),
      String.fromCharCode(...(code.match(/.{4}/g) ?? []).map(each => Number.parseInt(each, 16))),
    )
  return map
}

/** Each stretch of text with its size in points. */
function textsIn(drawn: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>) {
  const texts: { text: string; size: number }[] = []
  let map: ReadonlyMap<string, string> | undefined
  let size = 0
  for (const [, font, points, hex] of drawn.matchAll(/\/(\S+) ([\d.]+) Tf|<([0-9A-Fa-f]+)> Tj/g)) {
    if (font !== undefined) {
      map = fonts.get(font)
      size = Number(points)
    } else {
      const glyphs = hex?.toUpperCase().match(/.{4}/g) ?? []
      texts.push({ text: glyphs.map(glyph => map?.get(glyph) ?? '\ufffd').join(''), size })
    }
  }
  return texts
}
