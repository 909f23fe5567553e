import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { prepareSuccession, type SuccessionCode } from '../data/succession.ts'
import { parseEnv } from '../env.ts'
import { Plain, runCommand } from './serve.ts'

const HELP = `npm run succeed -- DIR [--guard FILE …] [--vkey VKEY]

For a log that cannot go on: its database was set back or lost records, or its key is lost or stolen. Prepares the empty folder DIR for a new log,
whose first record names the old one's last checkpoint; people, parties and labels are carried over from there. The old log, in DATA_DIR and
DATABASE_URL, is only read: stop its server first.
  --guard  a checkpoint of the old log that someone else kept, more than one if you have them: the newest counts
  --vkey   the old log's verifier key, where its log key is gone
Exit: 0 prepared, 1 refused, 2 the old log cannot be read.`

const REFUSED: Readonly<Record<SuccessionCode, string>> = {
  'not-founded': 'There is no founded log to succeed.',
  'folder-not-empty': 'DIR is not empty. Name a folder that is, or that does not exist yet.',
  'vkey-missing':
    'The old log’s key is not in DATA_DIR. Give its verifier key with --vkey: a label, a letter or a visitor has it.',
  'vkey-other': 'That key did not sign the old log’s checkpoints.',
  'checkpoint-missing': 'The old log never signed anything: there is nothing to succeed.',
  'checkpoint-not-by-log': 'A checkpoint that you gave is not the old log’s.',
  'database-unreadable': 'The old database cannot be copied.',
}

function parseCommand() {
  try {
    return parseArgs({
      options: {
        guard: { type: 'string', multiple: true },
        vkey: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    throw new Plain(`${(error as Error).message}\n\n${HELP}`)
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseCommand()
  const [folder, ...more] = positionals
  if (values.help) {
    console.log(HELP)
    return 0
  }
  if (folder === undefined || more.length > 0) throw new Plain(HELP)
  const pathOf = (path: string) => resolve(process.env.INIT_CWD ?? '.', path)
  const into = pathOf(folder)
  const given = (values.guard ?? []).map(pathOf)
  try {
    const done = await prepareSuccession({ settings: parseEnv(process.env), into, vkey: values.vkey, given })
    if (!done.ok) {
      console.error(`${REFUSED[done.code]} (${done.detail})`)
      return done.code === 'database-unreadable' ? 2 : 1
    }
    const { origin, size, leaves } = done.value
    const lost = size - leaves
    console.log(`${into} is ready. The new log will name ${origin} at ${size} leaves.`)
    if (lost > 0) {
      console.log(
        `${lost} of them are not in the old database: they are lost unless a phone still holds them or someone kept the old log’s tiles.`,
      )
    }
    console.log(`
Next, in this order:
  1. Keep ${resolve(parseEnv(process.env).dataDir)} as it is, offline: with its key nobody should sign again.
  2. Set DATA_DIR=${into}, and DATABASE_URL and LOG_ORIGIN to nothing or to new ones; PUBLIC_URL stays. npm start.
  3. Found the new log on its page, with the one-time code: leaf 0 names the old log by itself. A log never has an earlier one’s name.
  4. Sign in as the operator, open Parties: one signature brings each party and its people over. Each device then asks for its key, as a new one does.
Labels of the old log keep leading somewhere: their page hands out the old evidence, from ${join(into, 'previous')}.`)
    return 0
  } catch (error) {
    console.error(`Nothing can be prepared: ${error instanceof Error ? error.message : error}`)
    return 2
  }
}

await runCommand(main)
