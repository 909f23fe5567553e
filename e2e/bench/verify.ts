import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { utf8Decode } from '../../lib/core/bytes.ts'
import { evidenceOf, fileOf, longStory } from '../../lib/core/evidence/evidence.fixture.ts'
import { launchChromium } from './chromium.ts'
import { median, type Section, section } from './section.ts'
import type { Rounds } from './verify-page.ts'

const ROUNDS = 15

/** The verifier in Chromium: 1,000 events against native verification of the same signatures in the same page; and 20 events by the clock. */
export async function measureVerify(): Promise<Section> {
  const script = await bundlePage()
  const server = createServer((request, response) => {
    const isScript = request.url === '/measure.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    response.end(
      isScript ? script : '<!doctype html><title>bench</title><script type="module" src="/measure.js"></script>',
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const browser = await launchChromium()
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    await page.waitForFunction(() => 'measure' in globalThis)
    const run = async (events: number): Promise<Rounds> => {
      const { log, subject } = await longStory(events, { index: true })
      const file = utf8Decode(fileOf(await evidenceOf(log, subject)))
      const rounds: Rounds = await page.evaluate(
        args => (Reflect.get(globalThis, 'measure') as (args: unknown) => Promise<Rounds>)(args),
        { file, rounds: ROUNDS },
      )
      if (rounds.verdict !== 'verified') throw new Error(`${events} events: ${rounds.verdict}`)
      return rounds
    }
    const short = await run(20)
    const long = await run(1000)
    const ratios = long.verifier.map((milliseconds, round) => milliseconds / (long.native[round] as number))
    return section({
      measured: {
        ratioToNative: median(ratios),
        milliseconds1000: median(long.verifier),
        nativeMilliseconds1000: median(long.native),
        signatures1000: long.signatures,
        milliseconds20: median(short.verifier),
        coldMilliseconds20: short.cold,
        signatures20: short.signatures,
      },
      bounds: { ratioToNative: { atMost: 2.5 }, milliseconds20: { atMost: 60 }, coldMilliseconds20: { atMost: 60 } },
      dataset: `evidence of one consignment with 20 and with 1,000 events of three parties, on a log with an index, every check passed, Chromium ${browser.version()}, ${ROUNDS} rounds, median; peer: crypto.subtle.verify, one after the other, of every signature the verifier checks, keys imported before`,
    })
  } finally {
    await browser.close()
    server.close()
  }
}

async function bundlePage(): Promise<string> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('verify-page.ts', import.meta.url))],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    write: false,
  })
  return bundle.outputFiles[0]?.text ?? ''
}
