import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { vkeyFingerprint } from '../core/ledger/vkey.ts'
import { parseEnv } from '../env.ts'
import { paths } from '../paths.ts'
import { firstRunCode } from './first-run-code.ts'
import { type FolderMemory, openFolderMemory } from './folder-memory.ts'
import { fetchVkey, postTo, Unreachable } from './post.ts'
import { Refused } from './scribe.ts'
import { Plain, runCommand, type Served, serve } from './serve.ts'
import { tellStory } from './story.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const random = (bytes: number) => new Uint8Array(randomBytes(bytes))

/** Founds the demo's log and tells its story, or what is left of it. */
async function seed({ url, dataDir, memory }: { url: string; dataDir: string; memory: FolderMemory }): Promise<void> {
  const founded = await fetchVkey(url)
  const origin = memory.origin ?? `demo.invalid/${randomBytes(5).toString('hex')}`
  if (founded !== undefined && !founded.startsWith(`${origin}+`)) {
    throw new Plain(
      `The log in ${dataDir} is not the one that its story.jsonl tells of. Move that folder away and start again.`,
    )
  }
  say(memory.origin === undefined ? 'Telling the story:' : 'Telling what is left of the story:')
  const post = postTo({
    url,
    firstRunCode: firstRunCode(dataDir),
    onWaiting: why => say(`  still trying: ${why}`),
  })
  const onChapter = (title: string, told: number, of: number) => say(`  ${told}/${of}  ${title}`)
  const { consignments } = await tellStory({ origin, post, clock: Date.now, random, memory, onChapter })
  memory.finish(consignments)
}

async function announce(url: string, dataDir: string, told: FolderMemory['told']): Promise<void> {
  const vkey = (await fetchVkey(url)) ?? ''
  const fingerprint = vkeyFingerprint(vkey)
  say(`\nThroughline, a demonstration: goods and people are invented, keys are kept on this server (${dataDir}).`)
  say(`\n  ${url}\n\nTo hand over and receive yourself, enter as donor, carrier, hospital, clinic or operator:`)
  say(`  ${url}${paths.enterDemo()}\n\nLabels, as they would be printed on parcels:`)
  for (const { title, reference } of told ?? []) say(`  ${url}${paths.label({ reference, fingerprint })}  ${title}`)
  say(`\nThe log's key, to check a downloaded file with:\n  npm run verify -- FILE --vkey '${vkey}'\n\nCtrl+C stops.`)
}

async function main(): Promise<number> {
  const { PORT, DATA_DIR, PUBLIC_URL } = process.env
  const { port, dataDir: given } = parseEnv({ PORT, DATA_DIR: DATA_DIR || '.data/demo', PUBLIC_URL })
  const dataDir = resolve(given)
  say('Starting the server …')
  const served = await serve({
    port,
    isQuiet: true,
    // All of them, so that a .env for production does not reach into the demo.
    env: {
      DEMO: '1',
      DATA_DIR: dataDir,
      DATABASE_URL: `file:${join(dataDir, 'throughline.db')}`,
      PUBLIC_URL: PUBLIC_URL || `http://localhost:${port}`,
      LOG_ORIGIN: '',
      LOG_KEY: '',
    },
  })
  const seeding = open(served, dataDir).catch(async error => {
    await served.stop()
    const isOurs = !(error instanceof Refused || error instanceof Unreachable)
    throw isOurs ? error : new Plain(`${error.message}\nWhat was recorded and signed so far is kept in ${dataDir}.`)
  })
  await Promise.race([seeding, served.ended])
  const code = await served.ended
  say(code === 0 ? 'Stopped.' : `The server ended by itself (exit ${code}). Start again to go on.`)
  return code
}

async function open(served: Served, dataDir: string): Promise<void> {
  const memory = openFolderMemory(dataDir)
  if (memory.told === undefined) await seed({ url: served.url, dataDir, memory })
  memory.close()
  await announce(served.url, dataDir, openFolderMemory(dataDir).told)
}

await runCommand(main)
