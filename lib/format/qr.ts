import { encodeQR } from 'qr'

/** A QR code as one path: `d` for a square viewBox of `size` modules, the quiet zone of four included. Dark modules are filled. */
export interface QrPath {
  readonly size: number
  readonly d: string
}

/** The dark modules of `text`, error correction Q (a quarter may be lost), with the quiet zone that readers need. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: 'quartile', border: 4 })
}

/** `text` as a QR code that scales without blur: runs of dark modules as rectangles of one path. */
export function qrPath(text: string): QrPath {
  const rows = qrModules(text)
  let d = ''
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const start = x
      while (row[x + 1]) x++
      d += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`
    }
  }
  return { size: rows.length, d }
}
