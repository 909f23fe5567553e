import { existsSync, mkdirSync } from 'node:fs'
import webPush from 'web-push'
import { createPushKeys, readPushKeys } from '../data/push-keys.ts'
import { parseEnv } from '../env.ts'
import { Plain, runCommand } from './serve.ts'

const USAGE = `npm run push-keys

Makes the keys with which this server tells members' browsers what happened (web push), in the data folder; from its next start on it offers that to
them. Run it where the server runs, with its settings (.env.example). Delete the file to turn it off: every browser then has to be asked again.`

async function main(): Promise<number> {
  if (process.argv.length > 2) throw new Plain(USAGE)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { dataDir } = parseEnv(process.env)
  if (readPushKeys(dataDir))
    throw new Plain(`There are keys in ${dataDir}, and browsers know them. Nothing was changed.`)
  mkdirSync(dataDir, { recursive: true })
  console.log(`Made ${createPushKeys(dataDir, webPush.generateVAPIDKeys())}. Restart the server.`)
  return 0
}

await runCommand(main)
