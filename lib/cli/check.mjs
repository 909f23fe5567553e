import { run, say } from './run.mjs'

const node = process.execPath
const bin = path => [node, `node_modules/${path}`]
const tsc = bin('typescript/bin/tsc')

/** Everything that can be known without a database, a browser or the network. Two at a time: the longest first. */
const steps = {
  unit: [
    node,
    '--conditions=react-server',
    'node_modules/@playwright/test/cli.js',
    'test',
    '-c',
    'e2e/playwright.config.ts',
    '--project=unit',
    '--reporter=line',
  ],
  'dead code (knip)': [...bin('knip/bin/knip.js'), '--no-progress'],
  'types (tsc)': [...tsc, '--noEmit'],
  'purity of lib/core (tsc)': [...tsc, '-p', 'lib/core', '--noEmit'],
  'lint, format, boundaries (biome)': [...bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
}

const waiting = Object.entries(steps)
const failed = []

async function work() {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const [name, command] = next
    const { code, output, took } = await run(command, { env: { FORCE_COLOR: process.stderr.isTTY ? '1' : '0' } })
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${took.padStart(7)}  ${name}`)
    if (code !== 0) failed.push(`\n── ${name}\n${output}`)
  }
}

const since = Date.now()
await Promise.all([work(), work()])
for (const report of failed) say(report)
say(
  `${failed.length === 0 ? 'check passed' : `check failed: ${failed.length} of ${Object.keys(steps).length}`} after ${((Date.now() - since) / 1000).toFixed(1)} s`,
)
if (failed.length > 0) process.exitCode = 1
