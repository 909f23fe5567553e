import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseEnv } from '../env.ts'
import { paths } from '../paths.ts'
import { firstRunCode } from './first-run-code.ts'
import { Plain, runCommand, serve } from './serve.ts'

const USAGE = `npm start [-- --guard FILE | --trust-database | --clear-alarm]

Serves the log in DATA_DIR (settings: .env.example); where there is none yet, the page that founds one.
  --guard FILE      where this server has lost its own: the newest checkpoint that someone else kept
  --trust-database  start over from what the database says; this is logged and shown on /log
  --clear-alarm     forget the alarm that is kept in the database, once what raised it was dealt with; this is logged`

const OPTIONS = {
  guard: { type: 'string' },
  'trust-database': { type: 'boolean' },
  'clear-alarm': { type: 'boolean' },
} as const

function parseCommand() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    throw new Plain(`${(error as Error).message}\n\n${USAGE}`)
  }
}

async function main(): Promise<number> {
  const { guard, ...flags } = parseCommand()
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { port, dataDir, publicUrl } = parseEnv(process.env)
  const guardFile = guard === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', guard)
  if (guardFile !== undefined && !existsSync(guardFile)) throw new Plain(`${guardFile} is not there.`)
  const args = [
    ...(guardFile === undefined ? [] : ['--guard', guardFile]),
    ...Object.keys(flags).map(flag => `--${flag}`),
  ]
  const served = await serve({ port, env: {}, args })
  process.stderr.write(
    `Serving ${publicUrl} from port ${port}; everything is kept in ${resolve(dataDir)}. Ctrl+C ends it in order.\n`,
  )
  const code = firstRunCode(dataDir)
  // Behind the #, where the code reaches the page and no server's access log.
  if (code !== undefined) process.stderr.write(`Found it here: ${publicUrl}${paths.firstRun()}#${code}\n`)
  return served.ended
}

await runCommand(main)
