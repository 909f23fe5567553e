import { type BackupCode, backUp } from '../data/backup.ts'
import { parseEnv } from '../env.ts'
import { fileAsked, printStep } from './backup-steps.ts'
import { runCommand } from './serve.ts'

const HELP = `npm run backup -- FILE

Writes the database of DATABASE_URL as it is at this moment into FILE, an SQLite file, whichever database it is. The server may go on running, and
everything that it has acknowledged is in the backup. FILE must not exist; only its owner can read it: it holds names.
Not in it, because whoever has them can do more than read: the log's key (DATA_DIR/log.key) and the session secret; and the rollback guard
(DATA_DIR/log.guard), which is there to notice that a backup is old. Keep the key once, offline, and the newest checkpoint elsewhere.
Exit: 0 written, 1 refused, 2 the database cannot be read.`

const REFUSED: Readonly<Record<BackupCode, string>> = {
  'file-exists': 'FILE exists; nothing was overwritten.',
  'database-missing': 'There is no database yet.',
  'same-database': 'FILE is the database itself.',
  'source-not-migrated': 'The database is of another version of this program: start this version on it once.',
  'target-not-empty': 'FILE is not empty.',
  'source-moved': 'Something was recorded meanwhile.',
  'copy-differs': 'What was written is not a sound log: npm run fsck says what is wrong with the database.',
}

async function main(): Promise<number> {
  const file = fileAsked(HELP)
  if (file === undefined) return 0
  try {
    const done = await backUp({ from: parseEnv(process.env).databaseUrl, file }, printStep)
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    if (!done.ok) {
      console.error(`${REFUSED[done.code]} (${done.detail})`)
      return 1
    }
    const { leaves, checkpoint } = done.value
    const signed = checkpoint ? `signed up to ${checkpoint.size}` : 'nothing signed yet'
    console.log(`${leaves} leaves, ${signed}: ${file}\nThe log's key and the rollback guard are not in it.`)
    return 0
  } catch (error) {
    console.error(`Nothing was written: ${error instanceof Error ? error.message : error}`)
    return 2
  }
}

await runCommand(main)
