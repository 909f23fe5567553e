import { existsSync } from 'node:fs'
import { createResetToken } from '../data/accounts.ts'
import { filePath, isPostgresql, shownUrl } from '../data/addresses.ts'
import { accountBy } from '../data/colleagues.ts'
import { parseEnv } from '../env.ts'
import { paths } from '../paths.ts'
import { Plain, runCommand } from './serve.ts'

const USAGE = `npm run reset-password -- EMAIL

Prints a link by which the person of this address sets a new password: once, within a day. For the operator whose only admin forgot it; whoever
has the link can sign in as that person. Run it where the server runs, with its settings (.env.example).`

async function main(): Promise<number> {
  const [email, ...more] = process.argv.slice(2)
  if (email === '--help' || email === '-h') {
    console.log(USAGE)
    return 0
  }
  if (email === undefined || more.length > 0) throw new Plain(USAGE)
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { databaseUrl, publicUrl } = parseEnv(process.env)
  // Opening would make one.
  if (!isPostgresql(databaseUrl) && !existsSync(filePath(databaseUrl)))
    throw new Plain(`There is no database at ${databaseUrl}.`)
  const account = await accountBy({ email })
  if (!account) throw new Plain(`There is no account with the address ${email} in ${shownUrl(databaseUrl)}.`)
  const link = `${publicUrl}${paths.resetPassword(await createResetToken(account.userId))}`
  console.log(`${account.name} sets a new password at:\n  ${link}`)
  return 0
}

await runCommand(main)
