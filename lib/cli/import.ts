import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseVkey } from '../core/ledger/vkey.ts'
import { parseEnv } from '../env.ts'
import { paths } from '../paths.ts'
import { enterImporter, findKeyFolder, importFolder } from './import-party.ts'
import { type ImportEntry, planImport } from './import-plan.ts'
import { type Imported, sendImport } from './import-send.ts'
import { type Problem, readTable } from './import-table.ts'
import { openJournal } from './journal.ts'
import { fetchVkey, postTo, Unreachable } from './post.ts'
import { startProgress } from './progress.ts'
import { Plain, runCommand } from './serve.ts'

const USAGE = `npm run import -- FILE.csv [--url URL] [--data FOLDER] [--party NAME]

Reports shipments that were made before, one consignment for each ASN/DN, to a running server.
  --url    its address; otherwise PUBLIC_URL, or http://localhost:PORT
  --data   folder with the keys and the journal; otherwise DATA_DIR, or the demo's
  --party  name of the party that reports, where it is registered by this import

A row that cannot be used is named and does not stop the rest (exit 1 at the end). A second run adds nothing; one that was
stopped is completed by the next. Exit 2: the file cannot be used at all.`

const count = (value: number) => value.toLocaleString('en')
const lots = (value: number, word: string) => `${count(value)} ${word}${value === 1 ? '' : 's'}`

function parseCommand() {
  const options = {
    url: { type: 'string' },
    data: { type: 'string' },
    party: { type: 'string', default: 'Importer of earlier shipments' },
  } as const
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true })
    const [file, ...more] = positionals
    if (file === undefined || more.length > 0) throw new Plain(USAGE)
    return { ...values, file: resolve(process.env.INIT_CWD ?? '.', file) }
  } catch (error) {
    throw error instanceof Plain ? error : new Plain(`${(error as Error).message}\n\n${USAGE}`)
  }
}

function summarise(imported: Imported, problems: readonly Problem[]): string {
  const { recorded, before, reports, refused } = imported
  const lines = [
    `Recorded now: ${lots(recorded, 'shipment')} (${lots(reports, 'report')}). Recorded before: ${count(before)}.`,
  ]
  if (problems.length > 0) lines.push('', `Not imported, ${lots(problems.length, 'row')}:`)
  lines.push(...problems.map(({ line, reason }) => `  line ${line}: ${reason}`))
  if (refused.length > 0) lines.push('', `Refused by the log, ${lots(refused.length, 'shipment')}:`)
  lines.push(...refused.map(({ shipment, fileLines, why }) => `  ${shipment} (line ${fileLines.join(', ')}): ${why}`))
  return lines.join('\n')
}

async function main(): Promise<number> {
  const { file, url: givenUrl, data, party } = parseCommand()
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { dataDir: defaultDir, publicUrl } = parseEnv(process.env)
  const url = (givenUrl ?? publicUrl).replace(/\/$/, '')
  if (!existsSync(file)) return unusable(`${file} is not there.`)
  const table = await readTable(createReadStream(file))
  if (!table.ok) return unusable(`${file} is not in the layout of the shipment history: ${table.detail}`)

  const vkey = await fetchVkey(url)
  const key = vkey === undefined ? undefined : parseVkey(vkey)
  if (!key?.ok) throw new Plain(`There is no log at ${url} yet.`)
  const origin = key.value.name
  const dataDir = findKeyFolder(data === undefined ? [defaultDir, '.data/demo'] : [data], origin)
  const post = postTo({ url, onWaiting: why => process.stderr.write(`\nstill trying: ${why}\n`) })
  const actor = await enterImporter({ dataDir, origin, name: party, post })

  const journal = openJournal<ImportEntry>(join(dataDir, importFolder(origin), 'shipments.jsonl'))
  const { plans, problems, lines } = planImport(table.value, journal.entries)
  console.log(`${lots(plans.length, 'shipment')} with ${lots(lines, 'line')} in ${file}, for ${origin} at ${url}`)
  if (table.value.ignored.length > 0) console.log(`Columns that are not imported: ${table.value.ignored.join(', ')}`)
  const progress = startProgress({ title: 'shipments', total: plans.length })
  const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
  const desk = { origin, clock: Date.now, random, post }
  const imported = await sendImport({ plans, actor, desk, journal, onShipment: progress.at }).finally(() => {
    progress.end()
    journal.close()
  })
  console.log(summarise(imported, problems))
  const first = journal.entries.find(entry => 'standing' in entry)
  if (first && 'standing' in first)
    console.log(`For one, ${first.shipment}: ${url}${paths.track(first.standing.consignment)}`)
  return problems.length + imported.refused.length > 0 ? 1 : 0
}

function unusable(sentence: string): number {
  process.stderr.write(`${sentence}\n`)
  return 2
}

await runCommand(() =>
  main().catch(error => {
    if (!(error instanceof Unreachable)) throw error
    throw new Plain(`${error.message}\nWhat was recorded stays; run the same command again to go on.`)
  }),
)
