import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { shownUrl } from '../data/addresses.ts'
import { type Held, type RestoreCode, restore } from '../data/backup.ts'
import { shownGuard } from '../data/guard-file.ts'
import { parseEnv } from '../env.ts'
import { fileAsked, printStep } from './backup-steps.ts'
import { runCommand } from './serve.ts'

const HELP = `npm run restore -- FILE

Puts the backup FILE into DATABASE_URL, where nothing may be yet, and checks all of it before it is there: every hash, the tree, signatures, rules
and lists. FILE is only read. Stop the server first. Log key and session secret are no part of a backup: put them into DATA_DIR yourself.
Exit: 0 restored and checked, 1 refused, 2 it cannot be read or written.`

const REFUSED: Readonly<Record<RestoreCode, string>> = {
  'backup-unreadable': 'FILE is no backup of a log.',
  'backup-damaged': 'The backup is damaged; nothing was restored.',
  'target-exists': 'There is a database already. Move it away, do not delete it: it may be the newer one.',
  'same-database': 'FILE is the database itself.',
  'source-not-migrated': 'FILE is of another version of this program.',
  'target-not-empty': 'The database is not empty. Name one that is.',
  'source-moved': 'FILE was written to meanwhile.',
  'copy-differs': 'What arrived is not what the backup holds; nothing was restored.',
}

/** What the rollback guard will make of it, so that nobody is surprised by a read-only server. */
function adviceFor(held: Held, dataDir: string): string {
  const signed = held.checkpoint?.size ?? 0
  const guard = shownGuard(dataDir)
  if (!existsSync(join(dataDir, 'log.key')) && process.env.LOG_KEY === undefined) {
    return `The log's key is not in ${dataDir}: the server will show everything and record nothing until it is.`
  }
  if (guard === undefined) {
    return `There is no rollback guard in ${dataDir}, so the server cannot know whether this backup is the newest state and starts read-only. Give it the newest checkpoint that anyone kept, npm start -- --guard FILE; or, only if nobody has seen anything newer, npm start -- --trust-database.`
  }
  if (guard > signed) {
    return `This backup is older than what the log has signed: it was signed up to ${guard} leaves, the backup up to ${signed}. The server will show it and record nothing: going on from here would be a fork, and anyone who kept a checkpoint could prove it. Find the newer database. If it is lost, the record goes on in a new log that names this one: npm run succeed.`
  }
  return 'The rollback guard agrees: start the server.'
}

async function main(): Promise<number> {
  const file = fileAsked(HELP)
  if (file === undefined) return 0
  const { databaseUrl, dataDir } = parseEnv(process.env)
  try {
    const done = await restore({ file, to: databaseUrl }, printStep)
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    if (!done.ok) {
      console.error(`${REFUSED[done.code]} (${done.detail})`)
      return 1
    }
    const { leaves } = done.value
    console.log(`${leaves} leaves restored into ${shownUrl(databaseUrl)} and checked: nothing differs.`)
    console.log(adviceFor(done.value, dataDir))
    return 0
  } catch (error) {
    console.error(`Nothing was restored: ${error instanceof Error ? error.message : error}`)
    return 2
  }
}

await runCommand(main)
