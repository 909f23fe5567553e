import { join, resolve } from 'node:path'
import { closeLog } from '../../lib/data/open-log.ts'
import { foundLargeLog, growLog } from './large-log.ts'

/** `make-log.ts DIR EVENTS`: a demo log of so many events under DIR, for benches and by hand. */
async function main([folder, count]: readonly string[]): Promise<void> {
  const events = Number(count)
  if (folder === undefined || !Number.isSafeInteger(events)) throw new Error('make-log.ts DIR EVENTS')
  const dataDir = resolve(folder)
  const large = await foundLargeLog({
    dataDir,
    databaseUrl: `file:${join(dataDir, 'throughline.db')}`,
    isDemo: true,
    logOrigin: 'demo.invalid/large',
  })
  const start = performance.now()
  await growLog(large, events, done => {
    if (done % 50_000 > 0) return
    process.stderr.write(`${done} events, ${Math.round((performance.now() - start) / 1000)} s\n`)
  })
  await closeLog(large.log)
}

await main(process.argv.slice(2))
