import { writeSync } from 'node:fs'
import { deriveReference } from '../core/custody/reference.ts'
import { nonceOf, pairOf } from '../core/evidence/story.fixture.ts'
import { submit } from './append.ts'
import { LiveLog } from './live-log.fixture.ts'
import { closeLog, openLog } from './open-log.ts'

// A process of its own that appends to the log in a folder and says what was acknowledged, one line each: index and event hash.
const [dataDir = '', databaseUrl = '', prefix = '', count = '0'] = process.argv.slice(2)
const settings = { dataDir, databaseUrl, isDemo: false }
const log = await openLog(settings)
const live = new LiveLog(log)
const party = deriveReference({ kind: 'party', author: live.operator.pair.key, nonce: nonceOf('donor') })
const donor = { party, pair: pairOf('donor') }
let next = 0
// Asked to end, it waits for the answers that are due.
process.once('SIGTERM', () => {
  next = Number.POSITIVE_INFINITY
})
writeSync(1, `open ${log.readOnly?.code ?? ''}\n`)

async function caller(): Promise<void> {
  while (next < Number(count)) {
    const submission = await submit(await live.packing(donor, `${prefix} ${next++}`), log)
    if (submission.outcome === 'refused') writeSync(1, `refused ${submission.code}\n`)
    else writeSync(1, `${submission.index} ${submission.eventHash}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, caller))
await closeLog(log)
