import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { holdsLeaves } from '../data/peek.ts'
import { parseEnv } from '../env.ts'
import { Plain, runCommand, serve } from './serve.ts'

const USAGE = `npm start [-- --guard FILE | --trust-database]

Serves the log in DATA_DIR (settings: .env.example).
  --guard FILE      where this server has lost its own: the newest checkpoint that someone else kept
  --trust-database  start over from what the database says; this is logged and shown on /log`

function parseCommand() {
  try {
    return parseArgs({ options: { guard: { type: 'string' }, 'trust-database': { type: 'boolean' } } }).values
  } catch (error) {
    throw new Plain(`${(error as Error).message}\n\n${USAGE}`)
  }
}

async function main(): Promise<number> {
  const { guard, 'trust-database': trustDatabase } = parseCommand()
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { port, dataDir, databaseUrl } = parseEnv(process.env)
  if (!holdsLeaves(databaseUrl)) {
    throw new Plain(
      `There is no log in ${dataDir} yet, and founding one for production (the first run) comes with the next release.\nTo see how it works: npm run demo`,
    )
  }
  const guardFile = guard === undefined ? undefined : resolve(process.env.INIT_CWD ?? '.', guard)
  if (guardFile !== undefined && !existsSync(guardFile)) throw new Plain(`${guardFile} is not there.`)
  const args = [
    ...(guardFile === undefined ? [] : ['--guard', guardFile]),
    ...(trustDatabase ? ['--trust-database'] : []),
  ]
  const served = await serve({ port, env: {}, args })
  return served.ended
}

await runCommand(main)
