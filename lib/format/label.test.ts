import { expect, test } from '@playwright/test'
import decodeQR from 'qr/decode.js'
import { labelPicture } from './label-picture.ts'
import { marksIn } from './marks.ts'
import { qrModules, qrPath } from './qr.ts'

const ADDRESS = 'https://relief.example.org/t/7K3Q9XMD2TK#k=7K3Q9XMD2TK7K3Q9XMD2TK7K3Q'

type Modules = readonly (readonly boolean[])[]

/** As a camera would hand it over: every module four pixels wide, in grey. */
function photographed(modules: Modules, scale = 4) {
  const width = modules.length * scale
  const data = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      if (modules[Math.floor(y / scale)]?.[Math.floor(x / scale)]) data.set([0, 0, 0], (y * width + x) * 4)
    }
  }
  return { width, height: width, data }
}

/** The modules that a path fills, by its own rectangles. */
function filled({ size, d }: { size: number; d: string }): Modules {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, width] of d.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let i = 0; i < Number(width); i++) (rows[Number(y)] as boolean[])[Number(x) + i] = true
  }
  return rows
}

test('the code on a label is read back as the exact address, fragment included', () => {
  expect(decodeQR(photographed(filled(qrPath(ADDRESS))))).toBe(ADDRESS)
})

test('a code that lost a patch of fifteen percent is still read', () => {
  const modules = qrModules(ADDRESS)
  const [border, inner] = [4, modules.length - 8]
  const patch = Math.round(Math.sqrt(inner * inner * 0.15))
  // A corner and every edge: where a label tears or gets wet. The three large corners are how a code is found at all.
  const [last, middle] = [inner - patch, 16]
  const places = [
    [last, last],
    [last, middle],
    [0, middle],
    [12, last],
    [12, 0],
  ] as const
  for (const [left, top] of places) {
    const torn = modules.map((row, y) =>
      row.map((dark, x) => {
        const [column, line] = [x - border - left, y - border - top]
        return column >= 0 && column < patch && line >= 0 && line < patch ? false : dark
      }),
    )
    expect(decodeQR(photographed(torn), { timeLimit: 2000 }), `torn at ${left}, ${top}`).toBe(ADDRESS)
  }
})

test('the quiet zone is four modules wide on every side', () => {
  const modules = qrModules(ADDRESS)
  const edge = (index: number) => index < 4 || index >= modules.length - 4
  for (const [y, row] of modules.entries())
    for (const [x, dark] of row.entries()) if (edge(x) || edge(y)) expect(dark).toBe(false)
})

const label = {
  address: ADDRESS,
  reference: '7K3Q-9XMD-2TK',
  fingerprint: '7K3Q9XMD2TK7K3Q9XMD2TK7K3Q',
  fingerprintTitle: 'Log key',
  fromTitle: 'From',
  from: 'Nordic <Relief> & "Friends"',
  toTitle: 'To',
  to: 'Hilltop Hospital',
  goods: ['480 boxes of masks'],
  marks: [{ mark: 'fragile' as const, title: 'Fragile' }],
  isRightToLeft: false,
}

test('the picture of a label holds the very same code, 30 mm or more wide, and the reference in 24 point or more', () => {
  const picture = labelPicture(label)
  const code = qrPath(ADDRESS)
  expect(picture).toContain(`<path d="${code.d}"/>`)
  const scale = Number(/scale\(([\d.]+)\)" shape-rendering/.exec(picture)?.[1])
  expect(scale * (code.size - 8)).toBeGreaterThanOrEqual(300)
  const millimetres = Number(/font-size="(\d+)" font-weight="700" text-anchor="middle"/.exec(picture)?.[1]) / 10
  expect((millimetres / 25.4) * 72).toBeGreaterThanOrEqual(24)
  expect(picture).toContain('>7K3Q-9XMD-2TK</text>')
})

test('names on a label cannot break out of the picture', () => {
  const picture = labelPicture(label)
  expect(picture).toContain('Nordic &lt;Relief&gt; &amp; &quot;Friends&quot;')
  expect(picture).not.toContain('<Relief>')
})

test('only known marks are drawn, each once, in one order', () => {
  expect(marksIn('up,fragile,up,explosive')).toEqual(['fragile', 'up'])
  expect(marksIn(['cool', '<svg>'])).toEqual(['cool'])
  expect(marksIn(undefined)).toEqual([])
})
