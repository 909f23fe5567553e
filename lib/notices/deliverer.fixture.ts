import { writeSync } from 'node:fs'
import { closeLog, openLog } from '../data/open-log.ts'
import { deliverDue } from './deliver.ts'
import { outletOf } from './notices.fixture.ts'

// A process of its own that delivers what is due in the log of a folder, by a clock that is ahead by so many milliseconds.
const [dataDir = '', databaseUrl = '', smtpUrl = '', ahead = '0'] = process.argv.slice(2)
const log = await openLog({
  dataDir,
  databaseUrl,
  isDemo: false,
  clock: () => Date.now() + Number(ahead),
})
writeSync(1, 'open\n')
await deliverDue(outletOf(log, smtpUrl))
writeSync(1, 'idle\n')
await closeLog(log)
process.exit(0)
