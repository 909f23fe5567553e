import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import encodeQR from 'qr'
import { findChromium } from '../lib/cli/chromium.mjs'

const WIDTH = 640
const HEIGHT = 480
/** Frames a second: enough for a label that is held still, and few bytes. */
const RATE = 5

/** A code held before the camera, its centre at `x`, `y` in pixels. */
export type Shown = {
  readonly text: string
  readonly x?: number
  readonly y?: number
  /** Pixels a module. */
  readonly scale?: number
  readonly degrees?: number
  /** This share of the code, from its lower right corner, is torn off. */
  readonly torn?: number
}
/** What is before the camera, and for how many seconds; the whole is shown again and again. */
export type Scene = { readonly seconds: number; readonly codes: readonly Shown[] }

/** A Chromium whose camera shows the scenes, as a Y4M file that Chromium plays. Whoever opens it calls `end`. */
export async function browserWithCamera(scenes: readonly Scene[]): Promise<{ browser: Browser; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-camera-'))
  const file = join(folder, 'camera.y4m')
  writeFileSync(file, movieOf(scenes))
  const browser = await launch([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ])
  return {
    browser,
    async end() {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A Chromium with further switches. */
export async function launch(switches: readonly string[]): Promise<Browser> {
  const executablePath = await findChromium()
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', ...switches],
  })
}

/** YUV4MPEG2: a line of header, then for each frame a line, the luma plane and two chroma planes a quarter of its size. */
function movieOf(scenes: readonly Scene[]): Uint8Array {
  const frame = Buffer.from('FRAME\n')
  const chroma = Buffer.alloc((WIDTH * HEIGHT) / 2, 128)
  const frames = scenes.flatMap(({ seconds, codes }) => {
    const luma = pictureOf(codes)
    return Array.from({ length: seconds * RATE }, () => [frame, luma, chroma]).flat()
  })
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${RATE}:1 Ip A1:1 C420jpeg\n`), ...frames])
}

function pictureOf(codes: readonly Shown[]): Uint8Array {
  const luma = new Uint8Array(WIDTH * HEIGHT).fill(150)
  for (const code of codes) draw(luma, code)
  return luma
}

function draw(luma: Uint8Array, { text, x = WIDTH / 2, y = HEIGHT / 2, scale = 7, degrees = 0, torn = 0 }: Shown) {
  const modules = encodeQR(text, 'raw', { ecc: 'quartile', border: 4 })
  const side = modules.length
  const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)]
  // From the picture back to the code, so that a turned one has no holes.
  for (let row = 0; row < HEIGHT; row++) {
    for (let column = 0; column < WIDTH; column++) {
      const [dx, dy] = [column - x, row - y]
      const across = Math.floor((dx * cos + dy * sin) / scale + side / 2)
      const down = Math.floor((dy * cos - dx * sin) / scale + side / 2)
      const module = modules[down]?.[across]
      if (module === undefined) continue
      const isTorn = across > side * (1 - torn) && down > side * (1 - torn)
      luma[row * WIDTH + column] = module && !isTorn ? 30 : 225
    }
  }
}
