import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { launchChromium } from './bench/chromium.ts'

// Draws every size of the icon from app/icon.svg, the only one that is drawn by hand. Run by hand when that changes; what it writes is committed.
const drawn = readFileSync('app/icon.svg', 'utf8')
/** Without the round corners: systems that cut their own shape want the whole square. */
const square = drawn.replace(/ rx="\d+"/, '')
/** The same with the mark within the inner four fifths, which every mask leaves (W3C manifest, "maskable"). */
const masked = square.replace('<g ', '<g transform="translate(9.6 9.6) scale(0.7)" ')

const browser = await launchChromium()
const page = await browser.newPage()

async function png(svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<body style="margin:0">${svg.replace('<svg ', `<svg width="${size}" height="${size}" `)}</body>`,
  )
  return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: size, height: size } })
}

/** An ICO file of PNG pictures, as every browser since 2007 reads it. */
function icoOf(pictures: readonly { size: number; bytes: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  for (const [at, { size, bytes }] of pictures.entries()) {
    const entry = 6 + 16 * at
    head.writeUInt8(size, entry)
    head.writeUInt8(size, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(bytes.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += bytes.length
  }
  return Buffer.concat([head, ...pictures.map(({ bytes }) => bytes)])
}

mkdirSync('public/icons', { recursive: true })
const small = []
for (const size of [16, 32, 48]) small.push({ size, bytes: await png(drawn, size) })
writeFileSync('app/favicon.ico', icoOf(small))
writeFileSync('app/apple-icon.png', await png(square, 180))
for (const size of [192, 512]) writeFileSync(`public/icons/icon-${size}.png`, await png(drawn, size))
writeFileSync('public/icons/icon-maskable-512.png', await png(masked, 512))
await browser.close()
