import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type ExportStep, exportLog } from '../data/export.ts'
import { vkeyFrom } from '../data/log-key.ts'
import { policyText, readPolicy } from '../data/witness-policy.ts'
import { type Env, parseEnv } from '../env.ts'
import { runCommand } from './serve.ts'

const HELP = `npm run export -- DIR

Writes the log up to its newest checkpoint into DIR as plain files (checkpoint, tile/…, tile/entries/…, vkey, policy): the same tree that
the server has under /log. Any file server, object store or USB stick with it is the whole log, and can be checked as one. Run again, it adds
what is new. Reads the database of DATABASE_URL only; the server may go on running.
Exit: 0 written, 1 DIR holds something else or newer, 2 there is no log to write.`

const REFUSED: Readonly<Record<Extract<ExportStep, { step: 'refused' }>['code'], readonly [number, string]>> = {
  'nothing-sealed': [2, 'The log has no checkpoint yet.'],
  'other-log': [1, 'DIR holds another log; nothing was written.'],
  'folder-unreadable': [
    1,
    'DIR holds tiles and no checkpoint that can be read; nothing was written. Choose an empty folder.',
  ],
  'folder-ahead': [
    1,
    'DIR holds a newer state of this log than the database. Was the database set back? Nothing was written.',
  ],
  'folder-differs': [
    1,
    'The database does not lead on from what DIR holds: one of the two was changed. Nothing was written.',
  ],
}

/** Beside the tree, for whoever finds it without the server: whom it claims to be of. */
async function writeKey(folder: string, { settings, origin }: { settings: Env; origin: string }): Promise<void> {
  const vkey = vkeyFrom(settings, origin)
  if (vkey === undefined) return console.error('vkey and policy were not written: the log’s key is not here.')
  await writeFile(join(folder, 'vkey'), `${vkey}\n`)
  const policy = settings.witnessPolicy === undefined ? undefined : readPolicy(settings.witnessPolicy)
  await writeFile(join(folder, 'policy'), policyText({ vkey, url: `${settings.publicUrl}/log`, policy }))
}

async function main(): Promise<number> {
  const [given] = process.argv.slice(2)
  if (given === undefined || given === '--help' || given === '-h') {
    console.log(HELP)
    return given === undefined ? 2 : 0
  }
  const settings = parseEnv(process.env)
  const folder = resolve(process.env.INIT_CWD ?? '.', given)
  for await (const step of exportLog({ url: settings.databaseUrl, folder })) {
    if (step.step === 'refused') {
      const [code, text] = REFUSED[step.code]
      console.error(text)
      return code
    }
    if (step.step === 'progress' && process.stderr.isTTY) process.stderr.write(`\r${step.done} of ${step.of} files`)
    if (step.step === 'end') {
      if (process.stderr.isTTY) process.stderr.write('\r')
      console.log(`${step.size} leaves in ${step.files} files, ${step.kept} of them there already: ${folder}`)
      await writeKey(folder, { settings, origin: step.origin })
    }
  }
  return 0
}

await runCommand(main)
