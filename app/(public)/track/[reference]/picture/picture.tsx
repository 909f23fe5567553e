import { readFile } from 'node:fs/promises'
import { ImageResponse } from 'next/og'
import type { ConsignmentView } from '@/lib/core/custody/views.ts'
import { type PictureText, saidIn } from './said.ts'

const SIZE = { width: 1200, height: 630 } as const
const WEIGHTS = [500, 700] as const
const MOST_PICTURES = 100

type Font = { name: 'Inter'; data: Buffer; weight: (typeof WEIGHTS)[number]; style: 'normal' }
type Slot = { fonts?: Promise<Font[]>; pictures: Map<string, Uint8Array<ArrayBuffer>> }
const SLOT = Symbol.for('throughline.pictures')

function slot(): Slot {
  const global = globalThis as { [SLOT]?: Slot }
  global[SLOT] ??= { pictures: new Map() }
  return global[SLOT]
}

/**
 * The goods, how many, from which country to which, and where they are by now; drawn once for each new record; in words {@link saidIn}.
 */
export async function pictureOf(view: ConsignmentView): Promise<Uint8Array<ArrayBuffer>> {
  const { pictures } = slot()
  const kept = pictures.get(view.head)
  if (kept) return kept
  const drawn = new ImageResponse(<Picture {...saidIn(view)} />, { ...SIZE, fonts: await fonts() })
  const png = new Uint8Array(await drawn.arrayBuffer())
  if (pictures.size >= MOST_PICTURES) pictures.clear()
  pictures.set(view.head, png)
  return png
}

async function fonts(): Promise<Font[]> {
  const kept = slot()
  kept.fonts ??= Promise.all(
    WEIGHTS.flatMap(weight =>
      ['latin', 'latin-ext'].map(async (subset): Promise<Font> => {
        const path = `${process.cwd()}/node_modules/@fontsource/inter/files/inter-${subset}-${weight}-normal.woff`
        return { name: 'Inter', data: await readFile(path), weight, style: 'normal' }
      }),
    ),
  )
  return kept.fonts
}

const INK = '#26231e'
const INK_2 = '#5d5850'

function Picture({ name, goods, count, way, stage, reference, ask }: PictureText) {
  return (
    <div
      style={{
        width: '100%',
        height: '100%',
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'space-between',
        padding: '64px 72px',
        background: '#fbf9f5',
        color: INK,
        fontFamily: 'Inter',
        fontWeight: 500,
      }}
    >
      <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', fontSize: 32 }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 18, fontWeight: 700 }}>
          <svg aria-hidden="true" width="44" height="44" viewBox="0 0 22 22" fill="none" stroke={INK} strokeWidth="2">
            <circle cx="4" cy="11" r="2.6" />
            <circle cx="18" cy="11" r="2.6" fill={INK} />
            <path d="M6.6 11h8.8" />
          </svg>
          {name}
        </div>
        <div style={{ display: 'flex', letterSpacing: 3, color: INK_2 }}>{reference}</div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div style={{ display: 'flex', fontSize: goods.length > 36 ? 60 : 76, fontWeight: 700, lineHeight: 1.12 }}>
          {goods}
        </div>
        <div style={{ display: 'flex', marginTop: 14, fontSize: 52, color: INK_2 }}>{count}</div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column' }}>
        <div style={{ display: 'flex', alignItems: 'center', gap: 24, fontSize: 38 }}>
          <span style={{ fontWeight: 700 }}>{stage}</span>
          {way !== '' && <span style={{ color: INK_2 }}>{way}</span>}
        </div>
        <div
          style={{
            display: 'flex',
            marginTop: 28,
            paddingTop: 28,
            borderTop: '3px dashed #a39d93',
            fontSize: 30,
            color: INK_2,
          }}
        >
          {ask}
        </div>
      </div>
    </div>
  )
}
