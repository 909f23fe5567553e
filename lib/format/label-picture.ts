import { inGroups } from './groups.ts'
import { MARK_PATHS, type Mark } from './marks.ts'
import { qrPath } from './qr.ts'

/** What stands on a label, in words of one language. */
export interface LabelText {
  /** Address in the code: `/t/<reference>#k=<fingerprint>`, or that of a GS1 key, with scheme and host. */
  readonly address: string
  /** As people see it: `7K3Q-9XMD-2TK`. */
  readonly reference: string
  readonly fingerprint: string
  readonly fingerprintTitle: string
  readonly from: string
  readonly fromTitle: string
  readonly to: string
  readonly toTitle: string
  /** A line each, most important first. */
  readonly goods: readonly string[]
  readonly marks: readonly { readonly mark: Mark; readonly title: string }[]
  /** The GS1 key in the code, as people read it: `(01) 09521234543213 (10) A1`. */
  readonly gs1?: string
  readonly isRightToLeft: boolean
}

const WIDTH = 1000
const EDGE = 50
/** Of the code, its quiet zone included: 52 mm. */
const SIDE = 520

/** The label as a picture of 100 × 150 mm (a tenth of a millimetre is one unit), black on white, for other programs to print. */
export function labelPicture(label: LabelText): string {
  const code = qrPath(label.address)
  const side = label.isRightToLeft ? WIDTH - EDGE : EDGE
  const parts: string[] = []
  const direction = label.isRightToLeft ? 'rtl' : 'ltr'
  // Of the last row's baseline.
  let y = 50
  const say = (text: string, size: number, weight: number, most: number) => {
    for (const row of wrapped({ text, perRow: Math.floor((WIDTH - 2 * EDGE) / (size * 0.56)), most })) {
      y += Math.round(size * 1.22)
      parts.push(
        `<text x="${side}" y="${y}" ${towards(row, label.isRightToLeft)} font-size="${size}" font-weight="${weight}">${escaped(row)}</text>`,
      )
    }
  }
  say(label.fromTitle, 28, 400, 1)
  say(label.from, 44, 600, 2)
  y += 16
  say(label.toTitle, 28, 400, 1)
  say(label.to, 62, 700, 2)
  y += 32
  parts.push(`<path d="M${EDGE} ${y}h${WIDTH - 2 * EDGE}" stroke="#000" stroke-width="4"/>`)
  y += 16
  for (const line of label.goods) if (y < 600) say(line, 36, 500, 2)
  parts.push(...drawnMarks(label.marks))
  parts.push(
    `<g transform="translate(${EDGE - 20} 800) scale(${SIDE / code.size})" shape-rendering="crispEdges" stroke="none"><path d="${code.d}"/></g>`,
    `<text x="570" y="870" font-size="28" direction="${direction}" text-anchor="${label.isRightToLeft ? 'end' : 'start'}">${escaped(label.fingerprintTitle)}</text>`,
    ...inGroups(label.fingerprint, 8).map(
      (group, place) =>
        `<text x="570" y="${930 + place * 52}" font-family="${MONO}" font-size="38" direction="ltr">${inGroups(group, 4).join(' ')}</text>`,
    ),
    ...(label.gs1 === undefined
      ? []
      : [`<text x="${EDGE}" y="1345" font-size="28" direction="ltr">${escaped(label.gs1)}</text>`]),
    `<text x="${WIDTH / 2}" y="1420" font-family="${MONO}" font-size="112" font-weight="700" text-anchor="middle" direction="ltr">${escaped(label.reference)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="100mm" height="150mm" viewBox="0 0 ${WIDTH} 1500" font-family="Inter, Noto Sans Arabic, system-ui, sans-serif" fill="#000"><title>${escaped(label.reference)}</title><path fill="#fff" d="M0 0h${WIDTH}v1500H0z"/>${parts.join('')}</svg>\n`
}

const MONO = 'JetBrains Mono, ui-monospace, monospace'

function drawnMarks(marks: LabelText['marks']): string[] {
  return marks.map(({ mark, title }, place) => {
    const x = EDGE + place * 130
    return `<g transform="translate(${x} 690) scale(${100 / 24})" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><title>${escaped(title)}</title><path d="${MARK_PATHS[mark]}"/></g>`
  })
}

/** Each row runs the way its own first letter does, from the label's own side: a Latin name on an Arabic label keeps its commas where they are. */
function towards(row: string, isRightToLeft: boolean): string {
  const isRow = /^[^\p{L}]*\p{Script=Arabic}/u.test(row)
  return `direction="${isRow ? 'rtl' : 'ltr'}" text-anchor="${isRow === isRightToLeft ? 'start' : 'end'}"`
}

/** `text` in rows of about `perRow` characters, broken between words, at most `most`; what is cut off ends in an ellipsis. */
function wrapped({ text, perRow, most }: { text: string; perRow: number; most: number }): readonly string[] {
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const last = rows.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= perRow) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(word)
  }
  const short = rows.map(row => (row.length > perRow ? `${row.slice(0, perRow - 1)}…` : row))
  return short.length <= most ? short : [...short.slice(0, most - 1), `${short[most - 1]}…`]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
