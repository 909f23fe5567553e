import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { utf8Encode } from '../core/bytes.ts'
import { openCheckpoint, treeSizeNumber } from '../core/ledger/checkpoint.ts'
import { parseVkey } from '../core/ledger/vkey.ts'
import { fail, pass, type Result } from '../core/result.ts'
import { backUp } from './backup.ts'
import { readCheckpoint } from './checkpoints.ts'
import { openSnapshot } from './connection.ts'
import { verifyNatively } from './ed25519.ts'
import { exportLog } from './export.ts'
import { createPrivateFile, readIfPresent, replaceFile } from './files.ts'
import { vkeyFrom } from './log-key.ts'
import type { LogSettings } from './log-state.ts'
import { readFounding } from './open-log.ts'
import { previousFolder } from './previous-log.ts'

/** What was prepared: the log that ends, the checkpoint that the new one will name, and how many leaves of it are here. */
export type Prepared = {
  readonly origin: string
  readonly vkey: string
  readonly size: number
  readonly leaves: number
}

/**
 * `not-founded`: there is no log to succeed · `folder-not-empty` · `vkey-missing`: neither the log's key is here nor was its verifier key given ·
 * `vkey-other`: the database's checkpoints are not signed with it · `checkpoint-missing`: nothing was ever signed · `checkpoint-not-by-log`: one that
 * was given is another log's.
 */
export type SuccessionCode =
  | 'not-founded'
  | 'folder-not-empty'
  | 'vkey-missing'
  | 'vkey-other'
  | 'checkpoint-missing'
  | 'checkpoint-not-by-log'
  | 'database-unreadable'

/** Kept beside the database, and of use to the same people in the new log. */
const TAKEN_OVER = ['auth.secret', 'push-keys.json']

/**
 * Prepares the folder `into` for a log that succeeds the one of `settings`, which is only read and may be read-only, damaged or set back: its newest
 * checkpoint (of the guard file, the database, what was handed in, and `given`), its verifier key, its database and its tiles go into
 * `into/previous`. The log key stays behind. Nothing is founded: a server that is started there asks for it, and leaf 0 must name that checkpoint.
 */
export async function prepareSuccession(args: {
  settings: LogSettings
  into: string
  vkey?: string | undefined
  /** Paths of checkpoints that others kept. */
  given?: readonly string[]
}): Promise<Result<Prepared, SuccessionCode>> {
  const { settings, into, given = [] } = args
  if (existsSync(into) && readdirSync(into).length > 0) return fail('folder-not-empty', into)
  const read = await readOld(settings)
  if (!read) return fail('not-founded', settings.databaseUrl)
  const { origin, stored } = read
  const vkey = args.vkey ?? vkeyFrom(settings, origin)
  if (vkey === undefined) return fail('vkey-missing', settings.dataDir)
  if (stored !== undefined && !(await sizeIn(stored, { origin, vkey }))) return fail('vkey-other', vkey)
  const notes = [stored, ...['log.guard', 'log.shown'].map(name => readIfPresent(join(settings.dataDir, name)))]
  for (const path of given) {
    const note = readFileSync(path, 'utf8')
    if ((await sizeIn(note, { origin, vkey })) === undefined) return fail('checkpoint-not-by-log', path)
    notes.push(note)
  }
  const newest = await newestOf(notes, { origin, vkey })
  if (!newest) return fail('checkpoint-missing', settings.databaseUrl)

  const folder = previousFolder({ dataDir: into })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const backedUp = await backUp({ from: settings.databaseUrl, file: join(folder, 'throughline.db') })
  if (!backedUp.ok) return fail('database-unreadable', `${backedUp.code}: ${backedUp.detail}`)
  for await (const step of exportLog({ url: settings.databaseUrl, folder: join(folder, 'log') })) {
    if (step.step === 'refused') return fail('database-unreadable', step.code)
  }
  for (const name of TAKEN_OVER) {
    if (existsSync(join(settings.dataDir, name))) copyFileSync(join(settings.dataDir, name), join(into, name))
  }
  createPrivateFile(join(folder, 'vkey'), `${vkey}\n`)
  // Last: what reads this folder asks for the checkpoint first.
  replaceFile(join(folder, 'checkpoint'), newest.note)
  return pass({ origin, vkey, size: newest.size, leaves: backedUp.value.leaves })
}

async function readOld(settings: LogSettings): Promise<{ origin: string; stored: string | undefined } | undefined> {
  const adapter = await openSnapshot(settings.databaseUrl).catch(() => undefined)
  if (!adapter) return undefined
  try {
    const founding = await readFounding({ adapter })
    return founding && { origin: founding.origin, stored: (await readCheckpoint(adapter))?.note }
  } finally {
    await adapter.dispose()
  }
}

type Key = { readonly origin: string; readonly vkey: string }

async function newestOf(
  notes: readonly (string | undefined)[],
  key: Key,
): Promise<{ note: string; size: number } | undefined> {
  let newest: { note: string; size: number } | undefined
  for (const note of notes) {
    const size = note === undefined ? undefined : await sizeIn(note, key)
    if (note !== undefined && size !== undefined && size > (newest?.size ?? -1)) newest = { note, size }
  }
  return newest
}

/** Leaves that a checkpoint of this very log covers; undefined where it is another's. */
async function sizeIn(note: string, { origin, vkey }: Key): Promise<number | undefined> {
  const key = parseVkey(vkey)
  if (!key.ok) return undefined
  const opened = await openCheckpoint({ bytes: utf8Encode(note), keys: [key.value], verify: verifyNatively })
  if (!opened.ok || opened.value.checkpoint.origin !== origin) return undefined
  return treeSizeNumber(opened.value.checkpoint.size)
}
