import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'

/** What the figures were measured on. `flushesPerSecond`: 4 KiB written and flushed to the disk that holds the benches' databases. */
export function describeHardware() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    flushesPerSecond: Math.round(flushesPerSecond()),
  }
}

function flushesPerSecond(): number {
  const flushes = 500
  const folder = mkdtempSync(join(tmpdir(), 'throughline-flush-'))
  const file = openSync(join(folder, 'probe'), 'w')
  try {
    const page = Buffer.alloc(4096)
    const start = performance.now()
    for (let n = 0; n < flushes; n++) {
      writeSync(file, page, 0, page.length, n * page.length)
      fdatasyncSync(file)
    }
    return flushes / ((performance.now() - start) / 1000)
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
}
