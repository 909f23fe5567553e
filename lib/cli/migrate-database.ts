import { base64Encode } from '../core/bytes.ts'
import { shownUrl } from '../data/addresses.ts'
import { type CopyCode, type CopyStep, copyDatabase } from '../data/copy-database.ts'
import { Plain, runCommand } from './serve.ts'

const HELP = `npm run migrate-database -- FROM TO

Copies a whole log, and the accounts, drafts and settings beside it, from one database into another that is empty: file:PATH for SQLite,
postgresql://user:password@host/database for PostgreSQL, in either direction. Stop the server first; FROM is only read. All of it arrives or nothing,
and before it stands every row, every leaf hash, the tree and the rules are checked, as by npm run fsck. Then set DATABASE_URL to TO and start. The
folder DATA_DIR stays as it is: the log's key and the rollback guard in it belong to the log, not to the database.
Exit: 0 copied and verified, 1 refused and nothing copied, 2 a database cannot be reached.`

const REFUSED: Readonly<Record<CopyCode, string>> = {
  'same-database': 'FROM and TO are the same database.',
  'source-not-migrated':
    'FROM is of another version of this program. Start this version on it once, stop it, and try again.',
  'target-not-empty': 'TO is not empty. Name a database that does not exist yet, or an empty one.',
  'source-moved': 'Something was recorded in FROM meanwhile: stop the server and try again.',
  'copy-differs': 'What arrived is not a sound log. Check where it comes from: npm run fsck -- FROM',
}

const isAddress = (text: string) => /^(?:file:.|postgres(?:ql)?:\/\/.)/.test(text)

/** Progress on a terminal, findings everywhere. */
function print(step: CopyStep): void {
  if (step.step === 'finding') console.error(`${step.finding.code}: ${step.finding.detail}`)
  else if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${step.what}: ${step.done} of ${step.of}`)
}

async function main(): Promise<number> {
  const [from, to, ...more] = process.argv.slice(2)
  if (from === '--help' || from === '-h') {
    console.log(HELP)
    return 0
  }
  if (from === undefined || to === undefined || more.length > 0 || !isAddress(from) || !isAddress(to))
    throw new Plain(HELP)
  try {
    const copied = await copyDatabase({ from, to }, print)
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    if (!copied.ok) {
      console.error(`${REFUSED[copied.code]} (${copied.detail})\nNothing was copied.`)
      return 1
    }
    const { leaves, rows, rootHash } = copied.value
    console.log(`${leaves} leaves in ${rows} rows, verified in ${shownUrl(to)}; root ${base64Encode(rootHash)}`)
    return 0
  } catch (error) {
    console.error(`Nothing was copied: ${error instanceof Error ? error.message : error}`)
    return 2
  }
}

await runCommand(main)
